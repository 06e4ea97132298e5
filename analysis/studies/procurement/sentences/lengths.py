"""What it means for a brief that its lengths, or its mix of input and output, were measured by nobody."""

from analysis.comparison.requests import asked, request_of
from analysis.exhibits.statements import Shown, phrase, warn
from analysis.library.values import ROUNDING, Status
from analysis.studies.procurement.brief import Brief
from analysis.studies.procurement.horizon import best, sample


def modeled(brief: Brief) -> Shown | None:
    """Return that the answer is modeled at the buyer's own lengths, and between which ends; None where measured."""
    fleet = sample(brief)
    if fleet is None or fleet.point["throughput_per_gpu"].status is not Status.MODELED:
        return None
    few, many = sorted(fleet.ends, key=lambda end: end.gpus.number)
    answer, share = best(brief), asked(request_of(brief.conditions))["cache_hit_rate"]
    monthly = ", {low} to {high} a month"
    held = " A cache holds {share} of the input, which is taken to cost no GPU time."
    return warn(
        "Modeled, not measured: nobody ran {lengths} on {platform}. By the lengths that were measured, and the "
        "typical error of that, it takes {low} to {high} GPUs{costs}; waits for the first token grow with the "
        "prompt.{cached}",
        lengths=brief.lengths,
        platform=fleet.platform.name,
        low=few.gpus,
        high=many.gpus,
        costs=phrase(monthly, low=few.cost(answer.price), high=many.cost(answer.price)) if answer else "",
        cached=phrase(held, share=share) if share.number > 0 else "",
    )


def other_mix(brief: Brief) -> Shown | None:
    """Return how a load is sized whose input and output tokens are not as they were measured; None where they are."""
    load = brief.load
    if load.as_measured.number <= load.tokens_per_day.number * (1 + ROUNDING):
        return None
    return warn(
        "Input and output tokens stand in another ratio than in requests of {lengths}. The fleets are sized for "
        "{sized} tokens a day in that ratio, among which are all {total} of the load: more than needed, rather than "
        "less. State the lengths of your own requests as input_tokens and output_tokens to size for them.",
        lengths=brief.lengths,
        sized=load.as_measured,
        total=load.tokens_per_day,
    )
