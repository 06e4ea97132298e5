"""What a growing load takes month by month, what that totals over the horizon, and who then asks least."""

from dataclasses import dataclass

import numpy as np

from analysis.formulas.ownership import MONTHS_PER_YEAR
from analysis.library.quantities import quantity
from analysis.library.values import ROUNDING, Status, Value
from analysis.scenario import Parameters
from analysis.studies.procurement.brief import Brief
from analysis.studies.procurement.growth import gpus_later
from analysis.studies.procurement.load import SUBJECT
from analysis.studies.procurement.options import Option
from analysis.studies.procurement.packing import counted_up


@dataclass(frozen=True, eq=False)
class Path:
    """What an offer takes while the load grows, bought month by month.

    Attributes:
        option: Fleet and price of today.
        gpus: GPUs of the last month.
        cost: Of the last month, in USD/month.
        total: Of all months, in USD.
        ends: The limits that are too small before the horizon ends, the first one first.
    """

    option: Option
    gpus: Value
    cost: Value
    total: Value
    ends: tuple[str, ...]


def path(option: Option, brief: Brief) -> Path:
    """Return what an offer takes over the horizon; each month has the whole purchases that carry the load at its end.

    The price and the configuration stay those of today.

    Args:
        option: Fleet and price of today.
        brief: Its load, growth and horizon.
    """
    fleet, conditions, growth = option.fleet, brief.conditions, brief.load.growth
    later = gpus_later(fleet, brief.load, conditions)
    cost_of = {"cost today": option.cost_per_month, "GPUs today": fleet.gpus}
    last = counted_up(
        option.cost_per_month.number * later.number / fleet.gpus.number,
        "cost_per_month",
        option.cost_per_month.subject,
        "cost today x GPUs of the last month / GPUs today",
        {**cost_of, "GPUs of the last month": later},
    )
    total = counted_up(
        option.cost_per_month.number * _gpu_months(option, growth.number, conditions) / fleet.gpus.number,
        "horizon_cost",
        option.cost_per_month.subject,
        "sum over the months of cost today x GPUs of the month / GPUs today",
        {**cost_of, "needed": fleet.needed, "growth": growth, "horizon": months(conditions)},
    )
    ending = sorted(
        (limit for limit in option.limits if limit.months.number < conditions.horizon),
        key=lambda limit: limit.months.number,
    )
    return Path(
        option, later, last, total, tuple(f"{limit.name}, month {limit.months.number + 1:.0f}" for limit in ending)
    )


def paths(brief: Brief) -> list[Path]:
    """Return the offer of the least cost on each platform over the horizon, the least total first."""
    cheapest = [option for key in brief.fleets if (option := brief.cheapest(key))]
    return sorted((path(option, brief) for option in cheapest), key=lambda each: each.total.number)


def months(conditions: Parameters) -> Value:
    """Return the horizon that a scenario states or leaves to its default, in months."""
    return Value(float(conditions.horizon), quantity("horizon"), SUBJECT, Status.CHOSEN, place="parameter horizon")


def _gpu_months(option: Option, growth: float, conditions: Parameters) -> float:
    fleet = option.fleet
    ends = np.arange(1, conditions.horizon + 1) / MONTHS_PER_YEAR
    deployments = np.ceil(fleet.needed.number * (1 + growth) ** ends * (1 - ROUNDING))
    purchases = np.ceil(deployments / fleet.smallest.deployments.number * (1 - ROUNDING))
    return float(np.sum(purchases) * fleet.smallest.gpus.number)
