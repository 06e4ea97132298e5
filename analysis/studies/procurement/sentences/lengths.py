"""What it means for a brief that its lengths, or its mix of input and output, were measured by nobody."""

from typing import Any

from analysis.comparison.requests import asked, request_of
from analysis.exhibits.statements import Shown, say
from analysis.library.values import ROUNDING, Status, Value
from analysis.studies.procurement.brief import Brief
from analysis.studies.procurement.horizon import best, sample


def modeled(brief: Brief) -> Shown | None:
    """Return that the answer is modeled at the buyer's own lengths, and between which ends; None where measured."""
    fleet = sample(brief)
    if fleet is None or fleet.point["throughput_per_gpu"].status is not Status.MODELED:
        return None
    few, many = sorted(fleet.ends, key=lambda end: end.gpus.number)
    contents: dict[str, Any] = {"low": few.gpus, "high": many.gpus}
    costs = ""
    if answer := best(brief):
        costs = ", {cheap} to {dear} a month"
        contents |= {"cheap": few.cost(answer.price), "dear": many.cost(answer.price)}
    request = asked(request_of(brief.conditions))
    cached = " A cache holds {share} of the input, which is taken to cost no GPU time." if _cached(request) else ""
    return say(
        "Modeled, not measured: nobody ran {lengths} on {platform}. By the lengths that were measured, and the "
        f"typical error of that, it takes {{low}} to {{high}} GPUs{costs}; waits for the first token grow with the "
        f"prompt.{cached}",
        role="caution",
        lengths=brief.lengths,
        platform=fleet.platform.name,
        share=request["cache_hit_rate"],
        **contents,
    )


def other_mix(brief: Brief) -> Shown | None:
    """Return how a load is sized whose input and output tokens are not as they were measured; None where they are."""
    load = brief.load
    if load.as_measured.number <= load.tokens_per_day.number * (1 + ROUNDING):
        return None
    return say(
        "Input and output tokens stand in another ratio than in requests of {lengths}. The fleets are sized for "
        "{sized} tokens a day in that ratio, among which are all {total} of the load: more than needed, rather than "
        "less. State the lengths of your own requests as input_tokens and output_tokens to size for them.",
        role="caution",
        lengths=brief.lengths,
        sized=load.as_measured,
        total=load.tokens_per_day,
    )


def _cached(request: dict[str, Value]) -> bool:
    return request["cache_hit_rate"].number > 0
