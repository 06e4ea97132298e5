"""What a growing load takes month by month, what that totals over the horizon, and who then asks least."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.formulas.ownership import MONTHS_PER_YEAR
from analysis.library.quantities import quantity
from analysis.library.sources import Library
from analysis.library.values import ROUNDING, Status, Value, counted_up
from analysis.scenario import Parameters
from analysis.studies.ownership.operating_costs import MODEL, operating_cost
from analysis.studies.procurement.brief import Brief
from analysis.studies.procurement.fleet import Fleet
from analysis.studies.procurement.load import SUBJECT, months
from analysis.studies.procurement.offers import billed, in_dollars
from analysis.studies.procurement.options import Option, gpus_later


@dataclass(frozen=True, eq=False)
class Path:
    """What an offer takes while the load grows, bought month by month."""

    option: Option  # fleet and price of today
    gpus: Value  # GPUs of the last month
    cost: Value  # of the last month, in USD/month
    total: Value  # of all months, in USD
    ends: tuple[str, ...]  # the limits that are too small before the horizon ends, the first one first
    by_month: NDArray[np.float64]  # GPUs of each month
    costs: NDArray[np.float64]  # of each month, in USD/month; set-up, paid once, aside
    present: Value  # of the total, at the cost of capital, in USD; of today's dollars


def path(option: Option, brief: Brief) -> Path:
    """Return what an offer takes over the horizon; each month has the whole purchases that carry the load at its end.

    The price and the configuration stay those of today. A quote is billed by its terms: the month's GPUs, its minimum
    at least, at the price of their tier, its egress, and its set-up in the first month.
    """
    fleet, conditions, growth = option.fleet, brief.conditions, brief.load.growth
    later, by_month = gpus_later(fleet, brief.load, conditions), gpus_by_month(fleet, brief)
    costs, once = option.cost_per_month.number / fleet.gpus.number * by_month, 0.0
    of_last, of_months = (f"cost today x GPUs of the {which}month / GPUs today" for which in ("last ", ""))
    if (offer := option.offer) and offer.quote and offer.bills_otherwise:
        costs = billed(conditions, offer, by_month)
        once = in_dollars(conditions, offer.quote, offer.quote.setup or 0.0)
        of_last = of_months = "what the quote bills: minimum, tier and egress"
    cost_of = {"cost today": option.cost_per_month, "GPUs today": fleet.gpus}
    subject, summed = option.cost_per_month.subject, f"sum over the months of {of_months}"
    last = counted_up(
        float(costs[-1]), "cost_per_month", subject, of_last, {**cost_of, "GPUs of the last month": later}
    )
    made_of = {**cost_of, "needed": fleet.needed, "growth": growth, "horizon": months(conditions)}
    how = f"{summed}, and set-up" if once else summed
    total = counted_up(float(costs.sum()) + once, "horizon_cost", subject, how, made_of)
    worth = present_value(costs + once * (np.arange(len(costs)) == 0), total, brief)
    return Path(option, later, last, total, _ends(option, costs, brief), by_month, costs, worth)


def _ends(option: Option, costs: NDArray[np.float64], brief: Brief) -> tuple[str, ...]:
    """The limits that are too small before the horizon ends with their month, the first one first."""
    conditions, budget = brief.conditions, brief.conditions.budget_per_month
    ends = {limit.name: limit.months.number + 1 for limit in option.limits}
    if budget and option.offer and option.offer.bills_otherwise:
        beyond = np.flatnonzero(costs > budget * (1 + ROUNDING))
        ends["budget"] = float(beyond[0] + 1) if beyond.size else np.inf
    ordered = sorted(ends.items(), key=lambda end: end[1])
    return tuple(f"{name}, month {month:.0f}" for name, month in ordered if month <= conditions.horizon)


def paths(brief: Brief) -> list[Path]:
    """Return the offer of the least total on each platform, within today's limits where one is; least first.

    Platforms that were not measured enough to be ranked come last.
    """
    offered: dict[str, list[Path]] = {}
    for option in brief.firm:
        offered.setdefault(option.fleet.platform.key, []).append(path(option, brief))
    best = (min(each, key=lambda one: (not one.option.fits, one.total.number)) for each in offered.values())
    return sorted(best, key=lambda each: (not each.option.enough, each.total.number))


def answer(brief: Brief) -> Path | None:
    """Return the firm offer of the least total that carries the load within power and budget; None without one."""
    return next((each for each in paths(brief) if each.option.ranks and each.option.fits), None)


def best(brief: Brief) -> Option | None:
    """Return fleet and price of the answer; None without one."""
    taken = answer(brief)
    return taken.option if taken else None


def sample(brief: Brief) -> Fleet | None:
    """Return the fleet to be measured before signing: the answer's, or else the first; None without any."""
    taken = best(brief)
    return taken.fleet if taken else next(iter(brief.fleets.values()), None)


def gpus_by_month(fleet: Fleet, brief: Brief) -> NDArray[np.float64]:
    """Return the GPUs of each month: the whole purchases that carry the load at its end, in GPU."""
    return fleet.smallest.gpus_for(fleet.needed.number * growing(brief))


def growing(brief: Brief) -> NDArray[np.float64]:
    """Return the load at the end of each month over that of today."""
    ends = np.arange(1, brief.conditions.horizon + 1) / MONTHS_PER_YEAR
    return np.asarray((1 + brief.load.growth.number) ** ends)


def present_value(costs: NDArray[np.float64], total: Value, brief: Brief) -> Value:
    """Return what costs are worth today, each paid at the end of its month, in USD."""
    rate = cost_of_capital(brief.library, brief.conditions)
    ends = np.arange(1, len(costs) + 1) / MONTHS_PER_YEAR
    note = "sum over the months of their cost / (1 + cost of capital) ^ (month / 12)"
    worth = float(np.sum(costs * (1 + rate.number) ** -ends))
    return counted_up(worth, "horizon_cost", total.subject, note, {"total": total, "cost of capital": rate})


def cost_of_capital(library: Library, conditions: Parameters) -> Value:
    """Return what the buyer's money costs in a year, in 1/year: as `finance` states it, else a published one."""
    stated = conditions.finance.get("cost_of_capital")
    if stated is None:
        return operating_cost(library, "cost_of_capital", MODEL, SUBJECT).value
    place = "parameter finance"
    return Value(float(stated), quantity("cost_of_capital"), SUBJECT, Status.CHOSEN, place=place)
