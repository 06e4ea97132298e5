"""A buyer's load and limits in words, what the answer of a procurement brief rests on, and what is in doubt."""

from analysis.comparison.requests import asked, request_of
from analysis.exhibits.statements import Phrase, Shown, listed, note, phrase, warn
from analysis.formulas.lifecycle import PERCENT
from analysis.library.choices import choice
from analysis.library.values import ROUNDING, Status, counted
from analysis.scenario import Parameters
from analysis.studies.procurement.brief import Brief
from analysis.studies.procurement.horizon import best, sample
from analysis.studies.procurement.load import Load
from analysis.studies.procurement.service import asked as limits_of
from analysis.studies.procurement.sizing import falling_short

LIMITS = {
    "minimum_interactivity": "at least {minimum_interactivity} tok/s/user",
    "minimum_interactivity_p99": "at least {minimum_interactivity_p99} tok/s/user for all but the slowest hundredth",
    "maximum_ttft_median": "a median time to first token of at most {maximum_ttft_median} s",
    "maximum_ttft_p99": "a time to first token of at most {maximum_ttft_p99} s for all but the slowest hundredth",
    "minimum_accuracy": "a GSM8K accuracy of at least {minimum_accuracy}",
}


def limits_in_words(conditions: Parameters) -> Phrase:
    """Return all limits that a buyer states, as a list in a sentence."""
    return listed(phrase(LIMITS[name], **{name: limit}) for name, limit in limits_of(conditions).items())


def load_in_words(load: Load) -> Phrase:
    """Return a buyer's load: its tokens, and its users where those are counted."""
    tokens, requests = load.tokens_per_day, load.requests
    if requests is None:
        return phrase("{tokens} tokens a day", tokens=tokens)
    return phrase("{requests} users at once at the peak ({tokens} tokens a day)", requests=requests, tokens=tokens)


def prices_in_words(conditions: Parameters) -> str:
    """Return what the prices that are ranked are: lists that anybody can read, and quotes where there are some."""
    return "public list prices and quotes" if conditions.quotes else "public list prices"


def basis(brief: Brief) -> Shown | None:
    """Return how many rows, prices and assumptions the answer rests on; None where nothing serves the load."""
    if not brief.fleets:
        return None
    rows = [fleet.row for fleet in brief.fleets.values()]
    prices = [option.price for option in brief.firm]
    days = [price.as_of for price in prices if price.as_of]
    doubted = [fleet for fleet in brief.fleets.values() if fleet.doubts]
    restated = [price for price in prices if price.status is Status.THIRD_PARTY]
    return note(
        "What this rests on: {rows} configurations measured by {publishers} from {first} to {last}, {doubts} of them "
        "at odds with themselves; {prices} {kinds} of {oldest} to {newest}, {restated} of them restated by a third "
        "party; power of the vintage {vintage}; and assumptions about the load: a peak of {peak} times the mean, "
        "{full} utilization at that peak, growth of {growth} a year.",
        rows=counted(len(rows), "configurations, one a platform"),
        publishers=" and ".join(sorted({row["publisher"] for row in rows})),
        first=min(row["date"] for row in rows).strftime("%Y-%m-%d"),
        last=max(row["date"] for row in rows).strftime("%Y-%m-%d"),
        doubts=counted(len(doubted), "configurations with a doubt"),
        prices=counted(len(prices), "prices"),
        kinds=prices_in_words(brief.conditions),
        oldest=min(days, default="no day"),
        newest=max(days, default="no day"),
        vintage=brief.conditions.vintage,
        restated=counted(len(restated), "prices restated"),
        peak=brief.load.peak_factor,
        full=brief.load.peak_utilization,
        growth=brief.load.growth,
    )


def cautions(brief: Brief) -> list[Shown]:
    """Return which stacks answer worse than the best, but for that of the answer, and which rows are doubted."""
    answer = best(brief)
    named = answer.fleet.platform.key if answer else ""
    told = "The row of {platform} contradicts itself: {doubts}."
    return [
        *(caution for platform, caution in unequal(brief).items() if platform != named),
        *(
            warn(told, platform=fleet.platform.name, doubts=fleet.doubts)
            for fleet in brief.fleets.values()
            if fleet.doubts
        ),
    ]


def unequal(brief: Brief) -> dict[str, Shown]:
    """Return by platform that its stack answers fewer questions rightly than the best one's."""
    margin, confidence = choice("equivalence_margin", "accuracy"), choice("confidence", "accuracy")
    fleets = brief.fleets.values()
    return {
        fleet.platform.key: warn(
            "The stack of {platform} answered {accuracy} of the questions of GSM8K rightly, the best of these stacks "
            "{highest}: their tokens are not the same work.",
            platform=fleet.platform.name,
            accuracy=fleet.accuracy,
            highest=best.accuracy,
        )
        for fleet, best in falling_short(brief.library, fleets, margin.number / PERCENT, confidence.number)
        if fleet.accuracy and best.accuracy
    }


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
