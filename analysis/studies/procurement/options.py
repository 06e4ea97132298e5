"""When a growing load outgrows a fleet and what limits it, what each offer costs, and at which price others would."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from analysis import formulas
from analysis.formulas.ownership import MONTHS_PER_YEAR
from analysis.library.quantities import quantity
from analysis.library.values import ROUNDING, Status, Value, counted_up, made
from analysis.scenario import Parameters
from analysis.studies.procurement.fleet import Fleet
from analysis.studies.procurement.load import SUBJECT, Load, months
from analysis.studies.procurement.offers import Offer, billed

THROUGHPUT, SMALLEST = "throughput", "smallest purchase"


@dataclass(frozen=True)
class Ceiling:
    """The largest fleet within one limit."""

    name: str  # "power" or "budget"
    room: Value  # deployments within the limit
    served: Value  # what they carry as a share of the load of today
    months: Value  # when growth exhausts them


def months_until(room: Value, needed: Value, growth: Value, subject: str) -> Value:
    """Return the full months before a growing load needs more deployments than there is room for.

    They are 12 ln(room / needed) / ln(1 + growth per year), without the fraction of a month: 0 where there is no room
    today, infinite without growth.
    """
    ratio = room.number / needed.number
    if ratio <= 1:
        until = 0.0
    else:
        until = math.inf if growth.number == 0 else MONTHS_PER_YEAR * math.log(ratio) / math.log1p(growth.number)
    return counted_up(
        until if math.isinf(until) else math.floor(until * (1 + ROUNDING)),
        "months_until_exhausted",
        subject,
        "full months of 12 ln(room / needed) / ln(1 + growth per year)",
        {"room": room, "needed": needed, "growth": growth},
    )


def ceilings(fleet: Fleet, load: Load, conditions: Parameters, price: Value | None) -> tuple[Ceiling, ...]:
    """Return what the buyer's limits of power and budget leave room for; a budget means nothing without a price."""
    name = fleet.platform.name
    limits = []
    if conditions.power_limit is not None:
        stated = limit(conditions.power_limit, "site_power", "power_limit")
        within = made(name, formulas.gpus_within_power, site_power=stated, facility_power_per_gpu=fleet.power)
        limits.append(_ceiling("power", fleet, load, within))
    if conditions.budget_per_month is not None and price is not None:
        stated = limit(conditions.budget_per_month, "budget_per_month", "budget_per_month")
        within = made(name, formulas.gpus_within_budget, budget_per_month=stated, price_per_gpu_hour=price)
        limits.append(_ceiling("budget", fleet, load, within))
    return tuple(limits)


def budget(conditions: Parameters) -> Value | None:
    """Return the buyer's budget, in USD/month; None where none is stated."""
    amount = conditions.budget_per_month
    return None if amount is None else limit(amount, "budget_per_month", "budget_per_month")


def binding(fleet: Fleet, load: Load, conditions: Parameters, limits: tuple[Ceiling, ...]) -> str:
    """Return what decides the size of a fleet, in a word.

    The limit that is too small for the load of today or, growing, before the horizon ends; of two the smaller. Else
    the smallest purchase, where it lasts until the horizon ends. Else throughput: more load means
    more systems, and nothing stops them.
    """
    later = needed_later(fleet, load, conditions)
    tightest = min(limits, key=lambda limit: limit.room.number, default=None)
    if tightest is not None and (
        tightest.room.number < fleet.deployments.number or tightest.room.number < later.number
    ):
        return tightest.name
    spare = fleet.smallest.spare.number if fleet.smallest.spare else 0
    return SMALLEST if later.number <= fleet.smallest.deployments.number - spare else THROUGHPUT


def needed_later(fleet: Fleet, load: Load, conditions: Parameters) -> Value:
    """Return the deployments that carry the load at the end of the horizon, not rounded."""
    return counted_up(
        fleet.needed.number * (1 + load.growth.number) ** (conditions.horizon / MONTHS_PER_YEAR),
        "deployments_needed",
        fleet.platform.name,
        "needed x (1 + growth per year) ^ (horizon / 12)",
        {"needed": fleet.needed, "growth": load.growth, "horizon": months(conditions)},
    )


def gpus_later(fleet: Fleet, load: Load, conditions: Parameters) -> Value:
    """Return the GPUs to be bought by the end of the horizon, in the configuration of today."""
    _, purchases = fleet.smallest.for_need(needed_later(fleet, load, conditions))
    return fleet.smallest.total(purchases)


def _ceiling(name: str, fleet: Fleet, load: Load, within: Value) -> Ceiling:
    room = fleet.smallest.room(fleet.smallest.within(within))
    served = made(fleet.platform.name, formulas.served_share, fleet_deployments=room, deployments_needed=fleet.needed)
    return Ceiling(name, room, served, months_until(room, fleet.needed, load.growth, fleet.platform.name))


def limit(amount: float, key: str, name: str) -> Value:
    """Return a limit that the buyer states, as a value."""
    return Value(amount, quantity(key), SUBJECT, Status.CHOSEN, place=f"parameter {name}")


@dataclass(frozen=True, eq=False)
class Option:
    """A fleet at a price."""

    fleet: Fleet
    offer: Offer | None  # from whom; None where the price is a model's and nobody offers it
    price: Value  # of a GPU-hour, in USD/GPU/h
    cost_per_month: Value  # of the fleet, in USD/month
    cost_per_million_tokens: Value  # of the buyer's tokens, idle capacity included, in USD/Mtok
    limits: tuple[Ceiling, ...]  # what power and budget leave room for
    binding: str  # what decides the size of the fleet, in a word
    enough: bool = True  # whether the platform was measured well enough within the limits to be ranked

    @property
    def fits(self) -> bool:
        """Whether the fleet stays within power and budget."""
        return all(limit.room.number >= self.fleet.deployments.number for limit in self.limits)

    @property
    def firm(self) -> bool:
        """Whether somebody offers it and may not take it back."""
        return self.offer is not None and self.offer.firm

    @property
    def ranks(self) -> bool:
        """Whether it is ranked: a firm offer of what was measured enough."""
        return self.firm and self.enough


def option(
    fleet: Fleet, offer: Offer | None, price: Value, load: Load, conditions: Parameters, enough: bool = True
) -> Option:
    """Return a fleet at a price."""
    subject = offer.name if offer else fleet.platform.name
    cost, effective = fleet.cost(price, subject), price
    if offer and offer.bills_otherwise:
        note = "as the quote bills: its minimum of GPUs at least, and its egress"
        month = float(billed(conditions, offer, np.array([fleet.gpus.number]))[0])
        cost = counted_up(month, "cost_per_month", subject, note, {"price": price, "GPUs": fleet.gpus})
        effective = fleet.price_for(cost, subject)
    per_token = made(
        subject, formulas.delivered_cost_per_million_tokens, cost_per_month=cost, tokens_per_day=load.tokens_per_day
    )
    limits = ceilings(fleet, load, conditions, effective)
    return Option(fleet, offer, price, cost, per_token, limits, binding(fleet, load, conditions, limits), enough)


def ranked(options: Iterable[Option]) -> list[Option]:
    """Return the firm offers of what was measured enough that keep the limits, the least costly first."""
    within = [option for option in options if option.ranks and option.fits]
    return sorted(within, key=lambda option: option.cost_per_month.number)


def rival(fleet: Fleet, options: Iterable[Option]) -> Option | None:
    """Return the least costly firm offer on another platform that carries the load; None where there is none."""
    others = (option for option in ranked(options) if option.fleet.platform != fleet.platform)
    return next(others, None)


def break_even(fleet: Fleet, options: Iterable[Option]) -> Value | None:
    """Return the price at which a platform costs as much as the best offer on another one, in USD/GPU/h.

    Whole systems are in it on both sides. None where no other platform is offered.
    """
    other = rival(fleet, options)
    return fleet.price_for(other.cost_per_month) if other else None
