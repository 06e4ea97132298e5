"""The wording for a request for proposal, and what to measure before signing."""

from analysis.exhibits.statements import Shown, points, say
from analysis.library.choices import choice
from analysis.studies.procurement.brief import Brief
from analysis.studies.procurement.horizon import sample
from analysis.studies.procurement.sentences.asked import limits_in_words


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
