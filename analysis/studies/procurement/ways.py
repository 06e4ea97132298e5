"""The ways to serve a load, by the token too, each with its cost, and which of them total less than the advice."""

from collections.abc import Callable, Iterator
from math import inf

from analysis.comparison.requests import request_of
from analysis.comparison.token_prices import Offer, offers
from analysis.formulas.fleet import HOURS_PER_DAY
from analysis.formulas.ownership import HOURS_PER_YEAR, MONTHS_PER_YEAR
from analysis.formulas.serving import TOKENS_PER_MILLION
from analysis.library.quantities import TIERS
from analysis.library.values import Value, counted_up
from analysis.studies.procurement.brief import Brief
from analysis.studies.procurement.horizon import Path, growing, path, paths, present_value
from analysis.studies.procurement.offers import AVERAGE
from analysis.studies.procurement.options import Option
from analysis.studies.procurement.owning import owned, owned_ways
from analysis.studies.procurement.split import NO_OFFER, split
from analysis.studies.procurement.way import API, MODELED, NOT_FIRM, RENTED, RESERVED, UNMEASURED, Way, rented

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


_OWNERSHIP = ("hyperscaler", "neocloud")  # the price tiers that are what an owner pays


def ways(brief: Brief) -> list[Way]:
    """Return the ways to serve a load, each at its least total over the horizon; those without figures say why.

    What nobody can sign as it stands (prices that may be taken back, platforms measured too little, modeled prices)
    is among them where it would total less than the rent that is advised, or where none is.
    """
    lead = least(brief)
    rent = lead.total.number if lead else inf
    unsigned = (*_not_firm(brief), *_unmeasured(brief), *_modeled(brief))
    return [
        *by_token(brief, rent),
        _offered(RENTED, brief, lambda option: _on_demand(option), "none; may be sold out",
                 "GPUs are there when the peak comes"),
        _offered(RESERVED, brief, lambda option: not _on_demand(option), "the term is paid",
                 "the load comes as planned; idle GPUs are paid"),
        split(brief),
        *owned_ways(brief),
        *(way for way in unsigned if way.amount < rent),
    ]  # fmt: skip


def least(brief: Brief) -> Path | None:
    """Return what to sign: of the offers measured enough the least total, within today's limits where one is."""
    known = [each for each in paths(brief) if each.option.enough]
    return next((each for each in known if each.option.fits), known[0] if known else None)


def cheaper(brief: Brief) -> list[Way]:
    """Return the ways that total less than the rent that is advised, the least first; all with a total if none is."""
    lead = least(brief)
    rent = lead.total.number if lead else inf
    return sorted((way for way in ways(brief) if way.amount < rent), key=lambda way: way.amount)


def _on_demand(option: Option) -> bool:
    return bool(option.offer and option.offer.on_demand)


def _least(brief: Brief, options: list[Option]) -> Path | None:
    return min((path(option, brief) for option in options), key=lambda each: each.total.number, default=None)


def _offered(name: str, brief: Brief, suits: Callable[[Option], bool], notice: str, believed: str) -> Way:
    taken = _least(brief, [option for option in brief.firm if option.enough and suits(option)])
    return rented(name, taken, notice, believed) if taken else Way(name, NO_OFFER)


def _not_firm(brief: Brief) -> Iterator[Way]:
    """Of each reason why a price is not firm, the least total."""
    loose = [option for option in brief.options if option.enough and option.offer and not option.firm]
    reasons: dict[tuple[str, str], list[Option]] = {}
    for option in loose:
        reasons.setdefault(_reason(option), []).append(option)
    for (hangs_on, ask), options in reasons.items():
        if taken := _least(brief, options):
            offer = taken.option.offer
            asked = ask.format(provider=offer.provider if offer else "", platform=taken.option.fleet.platform.name)
            yield rented(NOT_FIRM, taken, "any time", "nobody takes the GPUs back", hangs_on, asked)


def _reason(option: Option) -> tuple[str, str]:
    offer = option.offer
    assert offer is not None
    if offer.expired:
        return "the last day to sign it is past", "Ask {provider} to renew it"
    if AVERAGE in offer.terms.lower():
        return (
            "it is the average of a market, which nobody offers",
            "Ask providers of {platform} for offers near it",
        )
    return "its GPUs may be taken back while they serve", "Ask {provider} how often it takes them, and at what notice"


def _unmeasured(brief: Brief) -> Iterator[Way]:
    taken = _least(brief, [option for option in brief.firm if not option.enough])
    if taken and taken.option.offer:
        platform = taken.option.fleet.platform
        yield rented(
            UNMEASURED, taken, "the term is paid", "the platform carries the load as its few rows say",
            f"{platform.name} is not measured enough here: it {brief.coverage[platform.key].doubts}",
            f"Ask {taken.option.offer.provider} to run your load on it first",
        )  # fmt: skip


def _modeled(brief: Brief) -> Iterator[Way]:
    """The least total at the prices of the vintage's model; an owner's not where they are told by their parts."""
    conditions = brief.conditions
    of_owner, vintage = conditions.price_tier in _OWNERSHIP, conditions.vintage
    unoffered = [
        option
        for key, option in brief.modeled.items()
        if not brief.coverage[key].doubts and not (of_owner and owned(brief, key))
    ]
    if taken := _least(brief, unoffered):
        price = taken.option.price.show()
        payer, ask = "a long renter pay", f"Ask for an offer near {price} per GPU-hour"
        if of_owner:
            payer = "an owner pay, without the capital that is not recovered at the end"
            ask = "Ask a vendor what these GPUs cost, and state it in finance"
        yield rented(
            MODELED, taken, "unknown", "the model is right",
            f"no firm offer known here asks as little as {price} per GPU-hour, which a model of the vintage "
            f"{vintage} has {payer}",
            ask, TIERS[conditions.price_tier],
        )  # fmt: skip
