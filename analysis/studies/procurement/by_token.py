"""What the same load costs by the token, at the public prices of an API."""

from collections.abc import Iterator

from analysis.comparison.requests import request_of
from analysis.comparison.token_prices import Offer, offers
from analysis.formulas.fleet import HOURS_PER_DAY
from analysis.formulas.ownership import HOURS_PER_YEAR, MONTHS_PER_YEAR
from analysis.formulas.serving import TOKENS_PER_MILLION
from analysis.library.values import Value, counted_up
from analysis.studies.procurement.brief import Brief
from analysis.studies.procurement.horizon import growing, present_value
from analysis.studies.procurement.way import API, Way

NO_SPEED = "no public price of this model's tokens is stated with the speed asked"


def by_token(brief: Brief, rent: float) -> Iterator[Way]:
    """Yield the public prices of the model's tokens at the speed asked, then those that state no speed.

    Of the latter those that total less than a rent, in USD, or else the least of them.
    """
    asked = brief.conditions.minimum_interactivity
    every = sorted(offers(brief.library, brief.conditions.as_of), key=lambda offer: _cost(brief, offer).number)
    fast = [offer for offer in every if offer.interactivity and offer.interactivity.number >= asked]
    for offer in fast:
        yield _way(brief, offer, "price and speed hold; the first token is in time", *_promised(brief, offer))
    unknown = [
        _way(
            brief, offer, "it is fast enough, which nobody states",
            f"its list states no speed, and you ask for {asked:g} tok/s/user",
            f"Ask {offer.provider} for it in writing, and measure it",
        )
        for offer in every
        if not offer.interactivity
    ]  # fmt: skip
    yield from [way for way in unknown if way.amount < rent] or unknown[:1]
    if not fast:
        yield Way(API, NO_SPEED)


def _promised(brief: Brief, offer: Offer) -> tuple[str, str]:
    """What a price with a speed hangs on, and what to ask."""
    conditions, speed = brief.conditions, offer.interactivity
    wait = conditions.maximum_ttft_p99 or conditions.maximum_ttft_median
    first = f"neither that nor the first token within {wait:g} s" if wait else "not that"
    budget = conditions.budget_per_month
    beyond = "it is beyond your budget; " if budget and _cost(brief, offer).number > budget else ""
    hangs_on = (
        f"{beyond}its list states {speed.show() if speed else ''} tok/s/user, but promises {first} at your load"
    )
    return hangs_on, f"Ask {offer.provider} to promise {'both' if wait else 'it'} in writing"


def _way(brief: Brief, offer: Offer, believed: str, hangs_on: str, ask: str) -> Way:
    cost = _cost(brief, offer)
    by_month = cost.number * growing(brief)
    total = counted_up(
        float(by_month.sum()), "horizon_cost", offer.name, "sum over the months of cost today x load over load today",
        {"cost today": cost, "growth": brief.load.growth},
    )  # fmt: skip
    present = present_value(by_month, total, brief)
    other = "" if offer.model == brief.library.model else f" for {offer.model}"
    what = f"{offer.provider}, list of {offer.prices['output_token_price'].as_of}{other}"
    return Way(API, what, None, cost, total, present, None, "none needed", believed, hangs_on, ask)


def _cost(brief: Brief, offer: Offer) -> Value:
    """What the load of today costs by the token, in USD/month; its cached input at the price of a hit."""
    conditions, request = brief.conditions, request_of(brief.conditions)
    inputs, outputs = request.input_tokens, request.output_tokens
    if conditions.input_tokens_per_day and conditions.output_tokens_per_day:
        inputs = outputs * conditions.input_tokens_per_day / conditions.output_tokens_per_day
    mean = offer.blended(max(1, round(inputs)), max(1, round(outputs)), request.cache_hit_rate)
    tokens = brief.load.tokens_per_day
    days = HOURS_PER_YEAR / HOURS_PER_DAY / MONTHS_PER_YEAR
    return counted_up(
        mean.number * tokens.number / TOKENS_PER_MILLION * days, "cost_per_month", offer.name,
        "tokens per day x mean price of a token x days of a month, a twelfth of a year",
        {"tokens per day": tokens, "mean price": mean},
    )  # fmt: skip
