"""A reserved base with the peak on demand: how much to reserve by the hours of the day, and what that costs."""

import numpy as np

from analysis.comparison.day import day_load
from analysis.formulas.fleet import HOURS_PER_DAY
from analysis.formulas.ownership import HOURS_PER_YEAR, MONTHS_PER_YEAR
from analysis.frontier.curves import Floats
from analysis.library.values import counted_up
from analysis.studies.procurement.brief import Brief
from analysis.studies.procurement.horizon import growing, present_value
from analysis.studies.procurement.way import MIXED, Way

DAY = "state day_shape or hourly_load"
NO_OFFER = "no such price on a platform that is measured enough here"


def split(brief: Brief) -> Way:
    """Return the base reserved, and what the peak takes beyond it on demand, on the platform of its least cost."""
    conditions = brief.conditions
    if not conditions.day_shape and not conditions.hourly_load:
        return Way(MIXED, DAY)
    hours = day_load(conditions, brief.load.as_measured).hours / brief.load.peak.number
    known = [way for key in brief.fleets if (way := _on_platform(brief, key, hours))]
    return min(known, key=lambda way: way.amount) if known else Way(MIXED, NO_OFFER)


def _on_platform(brief: Brief, key: str, hours: Floats) -> Way | None:
    """A platform's base at its least reserved price, the rest at its least price on demand; None without both."""
    offered = [
        option
        for option in brief.firm
        if option.enough and option.fleet.platform.key == key and option.offer and not option.offer.bills_otherwise
    ]
    reserved, on_demand = (
        min(
            (option for option in offered if option.offer and option.offer.on_demand is demanded),
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
        "the GPUs of the peak must be free by the hour every day, which nobody promises",
        f"Ask {on_demand.offer.provider} to promise them for the hours of your peak",
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
