"""What ends or changes the answer of a procurement brief, what to ask providers, and what to measure first."""

from collections.abc import Sequence

from analysis.exhibits.statements import Shown, note, points, say
from analysis.library.choices import choice
from analysis.library.values import counted
from analysis.studies.procurement.brief import Brief, Variation
from analysis.studies.procurement.horizon import best, sample
from analysis.studies.procurement.options import budget
from analysis.studies.procurement.sentences.basis import limits_in_words


def questions(brief: Brief) -> Shown:
    """Return five questions to a provider, in the words of a request for proposal."""
    return points(
        [
            say(
                "Precision. “State the precision of weights, activations and KV cache. On our own questions the "
                "served model answers as many rightly as the same model in FP8 (in percentage points, give or take "
                "{margin:1}).”",
                margin=choice("equivalence_margin", "accuracy"),
            ),
            say(
                "Speculative decoding. “State draft length and acceptance rate on our traffic, and the throughput "
                "with and without it. The limits hold with the acceptance that our traffic has.”"
            ),
            say(
                "Disaggregated serving, KV-aware routing, KV offloading. “State prefill and decode GPUs, how a "
                "request finds its cache, where the cache spills to, and the hit rate that the price supposes. State "
                "throughput at {lengths} with all caches cold.”",
                lengths=brief.lengths,
            ),
            say(
                "Agents. “Replay our recorded sessions, with their growing context, at {peak} tok/s: {limits} in "
                "every turn, not in the mean of a session.”",
                peak=brief.load.peak,
                limits=limits_in_words(brief.conditions),
            ),
            say(
                "Life and utilization. “State who updates the serving software, how often, and who keeps the gain. "
                "We measure again each quarter. Our peak is {factor} times our mean load: state what an idle hour "
                "costs, and the terms for growth of {growth} a year.”",
                factor=brief.load.peak_factor,
                growth=brief.load.growth,
            ),
        ],
        ordered=True,
    )


def checks(brief: Brief) -> Shown:
    """Return what to measure before signing, on the platform of the answer or the first that serves the load."""
    accuracy, caches, failure = (
        say(text)
        for text in (
            "Accuracy of the served model on your own questions, with precision and speculative decoding as they "
            "will be sold.",
            "Cache hits: the same traffic with warm and with cold caches, so that a price does not rest on reuse "
            "that you lack.",
            "A failure: the limits while one node, or one tray of a rack, is out, and the time until a new "
            "deployment serves.",
        )
    )
    fleet = sample(brief)
    if fleet is None:
        return points([accuracy, caches, failure])
    throughput = say(
        "Throughput, on your own prompts and lengths: one deployment of {gpus} GPUs on {platform}, {requests} "
        "requests in flight; the benchmark has {throughput} tok/s/GPU.",
        gpus=fleet.deployment_gpus,
        platform=fleet.platform.name,
        requests=fleet.point["concurrency"],
        throughput=fleet.point["throughput_per_gpu"],
    )
    of_a_day = "The limits, over a whole day with its peak of {peak} tok/s: {limits}."
    all_day = say(of_a_day, peak=brief.load.peak, limits=limits_in_words(brief.conditions))
    power = say(
        "Power at the meter, under that load, beside the {power} kW per GPU that are provisioned here.",
        power=fleet.power,
    )
    return points([throughput, all_day, accuracy, caches, failure, power])


def ends(brief: Brief) -> Shown | None:
    """Return which limit ends the growth of the answer, and which price the budget would pay; None where neither."""
    answer, spend = best(brief), budget(brief.conditions)
    if answer is None or answer.offer is None:
        return None
    platform, provider = answer.fleet.platform.name, answer.offer.provider
    sentences = [
        say(
            "The limit of {limit} ends the growth of {platform} from {provider} after {months} full months, before "
            "the horizon.",
            limit=limit.name,
            months=limit.months,
            platform=platform,
            provider=provider,
        )
        for limit in answer.limits
        if limit.months.number < brief.conditions.horizon
    ]
    if spend:
        sentences.append(
            say(
                "The budget pays for the GPUs of today on {platform} at up to {price} per GPU-hour.",
                platform=platform,
                price=answer.fleet.price_for(spend),
            )
        )
    return points(sentences) if sentences else None


def no_quotes(brief: Brief) -> Shown | None:
    """Return that the offers are public prices alone; None where the buyer received quotes."""
    if brief.conditions.quotes:
        return None
    return note("The scenario states no quotes received; the offers are public prices.")


def changes(brief: Brief, others: Sequence[Variation]) -> Shown | None:
    """Return under how many other conditions another platform totals least, or that no offer carries the load in any.

    None where only other conditions have an answer: their table says it.
    """
    answered = [answer for variation in others if (answer := best(variation.brief))]
    if here := best(brief):
        changed = [answer for answer in answered if answer.fleet.platform != here.fleet.platform]
        return say(
            "Under {changed} of these {all} changes another platform totals least over the horizon.",
            changed=counted(len(changed), "changes under which another platform totals least"),
            all=counted(len(others), "changes"),
        )
    if answered:
        return None
    return say(
        "Under none of these changes is the load carried at a price that is public or quoted: {changes}.",
        changes="; ".join(variation.change for variation in others),
    )
