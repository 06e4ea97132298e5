"""The ways to serve a load, each with its cost today and over the horizon: by API, rented, owned."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from analysis.comparison.day import day_load
from analysis.comparison.requests import request_of
from analysis.comparison.token_prices import Offer as TokenOffer
from analysis.comparison.token_prices import offers as token_offers
from analysis.formulas.ownership import HOURS_PER_YEAR, MONTHS_PER_YEAR
from analysis.formulas.procurement import HOURS_PER_DAY
from analysis.formulas.serving import TOKENS_PER_MILLION
from analysis.frontier.curves import Floats
from analysis.library.values import Value
from analysis.studies.procurement.brief import Brief
from analysis.studies.procurement.horizon import Path, growing, path, paths, present_value
from analysis.studies.procurement.options import Option
from analysis.studies.procurement.owning import Owned, owned, unrecovered
from analysis.studies.procurement.packing import counted_up

ON_DEMAND = "on-demand"
API, RENTED, RESERVED, MIXED, OWNED = (
    "By API, per token",
    "Rented on demand",
    "Reserved",
    "Reserved base, peak on demand",
    "Owned",
)
DAY = "state day_shape or hourly_load: without the hours of the day nobody knows how long the peak lasts"
NO_SPEED = "no public price of this model's tokens is stated with the speed asked"
NO_OFFER = "no such price on a platform that is measured enough here"


@dataclass(frozen=True, eq=False)
class Way:
    """One way to serve the load.

    Attributes:
        name: Which way.
        what: From whom and on what, in words; or why it has no figures.
        gpus: Of today; None where tokens are bought.
        cost: Of today's load, in USD/month; None where it has no figures.
        total: Over the horizon, in USD.
        present: The same at the cost of capital, in USD.
        power: Of today, in MW; None where somebody else has it.
        notice: How soon it can be left, in words.
        believed: What must be believed, in words.
        path: The fleet over the horizon, where there is one.
        assumed: What an owner is taken to pay, in words.
    """

    name: str
    what: str
    gpus: Value | None = None
    cost: Value | None = None
    total: Value | None = None
    present: Value | None = None
    power: Value | None = None
    notice: str = ""
    believed: str = ""
    path: Path | None = None
    assumed: str = ""


def ways(brief: Brief) -> list[Way]:
    """Return the ways to serve a load, each at its least total over the horizon; those without figures say why."""
    on_demand = _least(brief, lambda option: ON_DEMAND in _terms(option))
    reserved = _least(brief, lambda option: ON_DEMAND not in _terms(option))
    return [
        *_by_api(brief),
        _rented(RENTED, on_demand, "none; may be sold out", "GPUs are there when the peak comes"),
        _rented(RESERVED, reserved, "the term is paid", "the load comes as planned: idle GPUs are paid"),
        _mixed(brief),
        *_owned(brief),
    ]


def least(brief: Brief) -> Path | None:
    """Return what to sign: of the offers measured enough the least total, within today's limits where one is."""
    known = [each for each in paths(brief) if each.option.enough]
    return next((each for each in known if each.option.fits), known[0] if known else None)


def _terms(option: Option) -> str:
    return option.offer.terms.lower() if option.offer else ""


def _least(brief: Brief, suits: Callable[[Option], bool]) -> Path | None:
    suitable = [option for option in brief.firm if option.enough and suits(option)]
    return min((path(option, brief) for option in suitable), key=lambda each: each.total.number, default=None)


def _rented(name: str, found: Path | None, notice: str, believed: str) -> Way:
    if found is None or found.option.offer is None:
        return Way(name, NO_OFFER)
    chosen = found.option
    what = f"{chosen.fleet.platform.name}, {found.option.offer.provider}, {found.option.offer.terms}"
    return Way(
        name, what, chosen.fleet.gpus, chosen.cost_per_month, found.total, found.present, chosen.fleet.megawatts(),
        notice, believed, found,
    )  # fmt: skip


def _by_api(brief: Brief) -> Iterator[Way]:
    """The public prices of the model's tokens at the speed asked, else the least of those that state no speed."""
    asked = brief.conditions.minimum_interactivity
    offers = token_offers(brief.library, brief.conditions.as_of)
    fast = [offer for offer in offers if offer.interactivity and offer.interactivity.number >= asked]
    for offer in sorted(fast, key=lambda offer: _token_cost(brief, offer).number):
        yield _api(brief, offer, "list price and speed hold; the first token comes in time")
    unknown = [offer for offer in offers if not offer.interactivity]
    if unknown:
        cheapest = min(unknown, key=lambda offer: _token_cost(brief, offer).number)
        yield _api(brief, cheapest, "it is fast enough: its speed is not stated")
    if not fast:
        yield Way(API, NO_SPEED)


def _api(brief: Brief, offer: TokenOffer, believed: str) -> Way:
    cost = _token_cost(brief, offer)
    by_month = cost.number * growing(brief)
    total = counted_up(
        float(by_month.sum()), "horizon_cost", offer.name, "sum over the months of cost today x load over load today",
        {"cost today": cost, "growth": brief.load.growth},
    )  # fmt: skip
    present = present_value(by_month, total, brief)
    day = offer.prices["output_token_price"].as_of
    return Way(API, f"{offer.name}, list of {day}", None, cost, total, present, None, "none needed", believed)


def _token_cost(brief: Brief, offer: TokenOffer) -> Value:
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


def _mixed(brief: Brief) -> Way:
    """The base reserved and what the peak takes beyond it on demand, by the hours of the day; at its least cost."""
    conditions = brief.conditions
    if not conditions.day_shape and not conditions.hourly_load:
        return Way(MIXED, DAY)
    hours = day_load(conditions, brief.load.as_measured).hours / brief.load.peak.number
    found = [pair for key in brief.fleets if (pair := _split(brief, key, hours))]
    return min(found, key=_total) if found else Way(MIXED, NO_OFFER)


def _split(brief: Brief, key: str, hours: Floats) -> Way | None:
    """A platform's base at its least reserved price, the rest at its least price on demand; None without both."""
    on_platform = [
        option
        for option in brief.firm
        if option.enough and option.fleet.platform.key == key and not (option.offer and option.offer.bills_otherwise)
    ]
    reserved, on_demand = (
        min(
            (option for option in on_platform if (ON_DEMAND in _terms(option)) is demanded),
            key=lambda option: option.price.number,
            default=None,
        )
        for demanded in (False, True)
    )
    if reserved is None or on_demand is None or reserved.offer is None or on_demand.offer is None:
        return None
    fleet = reserved.fleet
    gpus = fleet.smallest.gpus_for(fleet.needed.number * growing(brief)[:, None] * hours[None, :])
    prices = reserved.price.number, on_demand.price.number
    costs = np.array([_cheapest_split(day, *prices) for day in gpus])
    now = fleet.smallest.gpus_for(fleet.needed.number * hours)
    base, cost = _cheapest_base(now, *prices), _cheapest_split(now, *prices)
    given = {"reserved": reserved.price, "on demand": on_demand.price, "needed": fleet.needed}
    subject, note = reserved.offer.name, "the base at which base and peak hours together cost least"
    total = counted_up(float(costs.sum()), "horizon_cost", subject, note, given)
    words = (
        f"{fleet.platform.name}: base {reserved.offer.provider}, {reserved.offer.terms}; "
        f"peak {on_demand.offer.provider}, {on_demand.offer.terms}"
    )
    return Way(
        MIXED, words, counted_up(base, "fleet_gpus", subject, "GPUs of the base", given),
        counted_up(cost, "cost_per_month", subject, note, given), total, present_value(costs, total, brief),
        fleet.megawatts(), "the term of the base is paid",
        "the GPUs of the peak can be had by the hour, every day",
    )  # fmt: skip


def _cheapest_base(gpus: Floats, reserved: float, on_demand: float) -> float:
    """The GPUs to reserve, of those that the hours of a day take, at which the day costs least."""
    return float(min(np.unique(gpus), key=lambda base: _day_cost(base, gpus, reserved, on_demand)))


def _cheapest_split(gpus: Floats, reserved: float, on_demand: float) -> float:
    """What a month costs then, in USD."""
    base = _cheapest_base(gpus, reserved, on_demand)
    return _day_cost(base, gpus, reserved, on_demand) * HOURS_PER_YEAR / HOURS_PER_DAY / MONTHS_PER_YEAR


def _day_cost(base: float, gpus: Floats, reserved: float, on_demand: float) -> float:
    return float(base * reserved * HOURS_PER_DAY + np.maximum(gpus - base, 0).sum() * on_demand)


def _owned(brief: Brief) -> Iterator[Way]:
    """What an owner pays where the capital is known, at the least total; and which capitals are asked for."""
    known = [one for key in brief.fleets if (one := owned(brief, key)) and not brief.coverage[key].doubts]
    if known:
        found = min(
            ((_whole(path(one.option, brief), one, brief), one) for one in known),
            key=lambda pair: pair[0].total.number,
        )
        chosen, one = found
        fleet = chosen.option.fleet
        outlay = counted_up(
            fleet.gpus.number * one.capital.number, "horizon_cost", fleet.platform.name, "GPUs x capital per GPU",
            {"GPUs": fleet.gpus, "capital per GPU": one.capital},
        )  # fmt: skip
        what = f"{fleet.platform.name}, {outlay.show()} up front for today's GPUs"
        yield Way(
            OWNED, what, fleet.gpus, chosen.option.cost_per_month, chosen.total, chosen.present, fleet.megawatts(),
            f"{one.life.number:g} years to recover it",
            "power, interest and life are as told below, and the load comes as planned", chosen, one.believed,
        )  # fmt: skip
    missing = [key for key in brief.fleets if not brief.coverage[key].doubts and not owned(brief, key)]
    if missing:
        names = ", ".join(f"{key}.capital_per_gpu" for key in missing)
        yield Way(OWNED, f"state in finance what a GPU costs: {names}")


def _whole(paid: Path, one: Owned, brief: Brief) -> Path:
    """What an owner pays month by month, and at the end the capital that is not recovered then."""
    bought = np.diff(paid.by_month, prepend=0.0).clip(0)
    ages = np.arange(len(bought), 0, -1) / MONTHS_PER_YEAR
    left = float(bought @ unrecovered(ages, one)) * one.capital.number
    given = {"months": paid.total, "capital per GPU": one.capital, "interest": one.interest, "life": one.life}
    total = counted_up(
        paid.total.number + left, "horizon_cost", paid.total.subject,
        "sum over the months, and the capital of all GPUs bought that is not recovered at the end", given,
    )  # fmt: skip
    worth = present_value(np.append(np.zeros(len(bought) - 1), left), total, brief).number
    present = counted_up(
        paid.present.number + worth, "horizon_cost", paid.total.subject, "the same in money of today",
        {"months": paid.present, "total": total},
    )  # fmt: skip
    return replace(paid, total=total, present=present)


def _total(way: Way) -> float:
    return way.total.number if way.total else np.inf
