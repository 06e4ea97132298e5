"""What the published comparison comes to, in sentences."""

from collections.abc import Mapping, Sequence

from analysis import formulas
from analysis.comparison.head_to_head import HeadToHead
from analysis.exhibits.statements import Phrase, Shown, conclude, listed, phrase, points, say
from analysis.library.quantities import TIERS, Quoted
from analysis.library.values import calculate, counted
from analysis.studies.claims.claim import independent
from analysis.studies.claims.consistency import Joint
from analysis.studies.claims.implied import Implied
from analysis.studies.claims.judgment import HOLDS, Judgment, Verdict, count


def reproduced(judgments: Sequence[Judgment], pair: HeadToHead) -> Shown:
    """Say how many of the printed figures the two measured rows give, or that they are of other platforms."""
    asked = [judgment for judgment in judgments if judgment.verdict != Verdict.NOT_ASKED]
    if not asked:
        return conclude(
            "The {all} published figures are {stated}, and others are asked about here: none of them is judged.",
            all=counted(len(judgments), "published figures"),
            stated=Quoted(judgments[-1].remark.partition(";")[0]),
        )
    near = [judgment.finding for judgment in asked if judgment.verdict == Verdict.WITHIN_REPEATABILITY]
    spread = next((finding.spread for finding in near if finding.spread), None)
    told = (
        "{near} lie outside of them, but by less than the {spread} within which {share:2} of the repeated runs of "
        "one configuration agree, "
    )
    unjudged = [judgment for judgment in asked if judgment.verdict == Verdict.NOT_CHECKABLE]
    failing = [judgment for judgment in asked if judgment.verdict not in (*HOLDS, Verdict.NOT_CHECKABLE)]
    off = failing[0].share if len(failing) == 1 else None
    fails = "{failing} ({which}) is off by {off}" if off else "{failing} do not hold"
    ending = f" {{unjudged}} {'is' if len(unjudged) == 1 else 'are'} not judged: {{why}}." if unjudged else ""
    return conclude(
        "The {all} published figures follow from {inputs} inputs. With two measured rows and the prices and power of "
        "the vintage {vintage}, {reproduced} of them are reproduced within their printed digits, "
        f"{told if near else ''}and {fails}.{ending}",
        vintage=pair.conditions.vintage,
        all=counted(len(asked), "published figures"),
        inputs=counted(len(independent(judgment.claim for judgment in asked)), "independent inputs"),
        reproduced=counted(count(asked, Verdict.REPRODUCED), "figures reproduced"),
        near=counted(len(near), "figures within repeatability"),
        spread=spread or "",
        share=spread.inputs["band_share"] if spread else "",
        failing=counted(len(failing), "figures that do not hold"),
        which=Quoted(failing[0].claim.statement) if failing else "",
        off=off or "",
        unjudged=counted(len(unjudged), "figures that are not judged"),
        why=Quoted(unjudged[0].remark if unjudged else ""),
    )


def one_point(judgments: Sequence[Judgment]) -> Shown:
    """Say that the ratios are of one operating point, and how it is known that the printed ones are of it, too."""
    told = "These ratios hold at one operating point."
    if all(judgment.verdict == Verdict.NOT_ASKED for judgment in judgments):
        return say(told)
    return say(
        told + " The publication names neither interactivity nor sequence lengths; that it stands on rows such as "
        "these is inferred from how near its figures come to theirs."
    )


def ratios(pair: HeadToHead) -> Shown:
    """Say how many times the subject costs, delivers and saves what the baseline does."""
    return conclude(
        "At {lengths} and at least {floor} tok/s/user, {subject} costs {price} as much per GPU-hour as {baseline}, "
        "delivers {throughput} the tokens per GPU, and a million tokens on {baseline} cost {cost} as much.",
        lengths=pair.lengths,
        floor=pair.floor,
        price=pair.ratio("price_per_gpu_hour"),
        throughput=pair.ratio("throughput_per_gpu"),
        cost=pair.ratio("cost_per_million_tokens"),
        **pair.names,
    )


def together(alone: Joint, with_constants: Joint, vintage: str, judgments: Sequence[Judgment]) -> Shown:
    """Say whether the printed figures can all be true at once, alone and with prices and power of a vintage.

    Where they are of other platforms than those asked about, nothing is said of these platforms' prices and power.
    """
    told = "Taken alone, the printed figures {alone} all be true at once."
    if any(judgment.verdict != Verdict.NOT_ASKED for judgment in judgments):
        told += " Together with the prices and power of the vintage {vintage}, they {together}."
    return conclude(
        told,
        alone="can" if alone.feasible else "cannot",
        together="can" if with_constants.feasible else "cannot",
        vintage=vintage,
    )


def outside(bounds: Sequence[Implied]) -> list[Shown]:
    """Say of each input whose value in the data the printed table rules out what it asks for instead."""
    return [
        say(
            "The data hold {in_data:4} {unit} for the {what} of {platform}; the printed table as a whole asks for "
            "{low} to {high}.",
            in_data=bound.in_data,
            unit=bound.in_data.quantity.unit,
            what=bound.in_data.quantity.name,
            platform=bound.in_data.subject,
            low=bound.low,
            high=bound.high,
        )
        for bound in bounds
        if not bound.agrees
    ]


def remarks(judgments: Sequence[Judgment], pair: HeadToHead) -> Shown:
    """Say what a reader of the printed table is not told: placeholders, how the cost was made, and the load."""
    asked = [judgment for judgment in judgments if judgment.verdict != Verdict.NOT_ASKED]
    return points([*_placeholders(pair), *_printed_cost(asked), *_deployments(pair)])


def from_first_to_last(comparisons: Mapping[str, HeadToHead]) -> Shown | None:
    """Say what the corrections between the first and the last vintage do to the ratios.

    Of the vintages that have prices and power of both platforms; None where there are not two.
    """
    stated = {"throughput_per_megawatt", "cost_per_million_tokens"}
    complete = [(vintage, pair) for vintage, pair in comparisons.items() if stated <= {*pair.metrics}]
    if len(complete) < 2:
        return None
    (first, before), *_, (last, after) = complete
    others = _in_other_tiers(before, after)
    return conclude(
        "From the vintage {first} to {last} the ratio of throughput per megawatt goes from {power_before} to "
        "{power_after}, the ratio of cost per million tokens from {cost_before} to {cost_after}{others}.",
        first=first,
        last=last,
        power_before=before.ratio("throughput_per_megawatt"),
        power_after=after.ratio("throughput_per_megawatt"),
        cost_before=before.ratio("cost_per_million_tokens"),
        cost_after=after.ratio("cost_per_million_tokens"),
        others=phrase("; {others}", others=listed(others, "; ")) if others else "",
    )


def _in_other_tiers(before: HeadToHead, after: HeadToHead) -> list[Phrase]:
    """What the ratio of costs is before and after in the tiers that are not asked, where both vintages have them."""
    asked = before.conditions
    if asked.baseline_price is not None or asked.subject_price is not None:
        return []
    told = []
    for tier in (tier for tier in TIERS if tier != asked.price_tier):
        pairs = [pair.repriced(pair.conditions.model_copy(update={"price_tier": tier})) for pair in (before, after)]
        if all("cost_per_million_tokens" in pair.metrics for pair in pairs):
            old, new = (pair.ratio("cost_per_million_tokens") for pair in pairs)
            told.append(phrase("at {tier} it goes from {old} to {new}", tier=TIERS[tier], old=old, new=new))
    return told


def _placeholders(pair: HeadToHead) -> list[Shown]:
    prices = {side.platform.name: side.given["price_per_gpu_hour"] for side in pair.sides}
    held = {platform: price for platform, price in prices.items() if price.status == "placeholder"}
    told = "The price of {platform}, {price:4} per GPU-hour, is a placeholder of its source: {note}."
    return [say(told, platform=name, price=price, note=Quoted(price.note)) for name, price in held.items()]


def _printed_cost(judgments: Sequence[Judgment]) -> list[Shown]:
    printed = {judgment.claim.id: judgment.claim.value for judgment in judgments}
    if not {"price-h200", "throughput-h200", "cost-h200"} <= printed.keys():
        return []
    price, throughput = printed["price-h200"], printed["throughput-h200"]
    return [
        say(
            "The printed {price} and {throughput} tok/s per GPU do not give the printed {cost} per million tokens "
            "but {made}: the cost was not computed from the throughput as printed.",
            price=price,
            throughput=throughput,
            cost=printed["cost-h200"],
            made=calculate(formulas.cost_per_million_tokens, price_per_gpu_hour=price, throughput_per_gpu=throughput),
        )
    ]


def _deployments(pair: HeadToHead) -> list[Shown]:
    told = "The {platform} deployment serves {requests} requests at a time on {gpus} GPUs."
    return [
        say(told, platform=side.platform.name, requests=side.given["concurrency"], gpus=side.given["gpus"])
        for side in pair.sides
    ]
