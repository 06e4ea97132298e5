"""The sheet of months in the procurement workbook: GPUs, power and cost as the load grows, against the limits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis import formulas
from analysis.exhibits.workbook import Block, Line, Live, again, live, measured
from analysis.library.quantities import quantity
from analysis.library.values import Value
from analysis.scenario import Parameters
from analysis.studies.procurement.brief import Brief
from analysis.studies.procurement.fleet import Fleet
from analysis.studies.procurement.growth import limit
from analysis.studies.procurement.load import months as horizon_of
from analysis.studies.procurement.workbook.functions import GPUS_IN_MONTH, STATED, SUM_OF_TWO
from analysis.studies.procurement.workbook.terms import Terms, terms_of

LIMITS = {"power_limit": "site_power", "budget_per_month": "budget_per_month"}
CHART = "GPUs by month until the horizon, platforms measured enough"
SHEET, SHOWN_AT_LEAST = "Months", 60
"""Months that the sheet holds, so that a longer horizon than the report's can be asked."""


@dataclass(frozen=True, eq=False)
class Months:
    """What the load takes in each month from today, which is month 0."""

    horizon: Value  # months that the buyer plans for
    numbers: Sequence[Live]
    gpus: Mapping[str, Sequence[Live]]  # of each platform by month, by its key
    power: Mapping[str, Sequence[Live]]  # all-in provisioned, likewise, in MW
    # At the least price that is asked, likewise, in USD/month; without platforms that have none.
    cost: Mapping[str, Sequence[Live]]
    spent: Mapping[str, Sequence[Live]]  # from the first month on, likewise, in USD
    # Of power, in MW, and of the budget, in USD/month: as stated, or an entry that waits.
    limits: Mapping[str, Value | Live]
    terms: Mapping[int, Terms]  # of the quotes that bill by more than their price, by the option's identity


def months_of(brief: Brief, limits: Mapping[str, Value | Live]) -> Months:
    """Return the months of a brief; the limits as in `Months`."""
    horizon = horizon_of(brief.conditions)
    numbers = [Live(entry=float(month)) for month in range(max(SHOWN_AT_LEAST, int(horizon)) + 1)]
    gpus = {key: _gpus(fleet, brief, numbers) for key, fleet in brief.fleets.items()}
    power = {
        key: [live(formulas.fleet_power, fleet_gpus=count, power_per_gpu=brief.fleets[key].power) for count in counts]
        for key, counts in gpus.items()
    }
    terms = terms_of(brief, gpus)
    cost = {
        key: [again(billed) for billed in terms[id(option)].by_month]
        if id(option) in terms
        else [live(formulas.cost_per_month, fleet_gpus=count, price_per_gpu_hour=option.price) for count in counts]
        for key, counts in gpus.items()
        if (option := brief.cheapest(key))
    }
    spent = {key: _spent(each) for key, each in cost.items()}
    return Months(horizon, numbers, gpus, power, cost, spent, limits, terms)


def blocks_of(months: Months, brief: Brief) -> list[Block]:
    """Return the blocks of the sheet."""
    heads = ["Today", *(f"Month {number.shown:.0f}" for number in months.numbers[1:])]
    count = len(heads)

    def block(title: str, rows: Mapping[str, Sequence[Live]], limit: Value | Live | None, chart: str = "") -> Block:
        lines = [Line(brief.fleets[key].platform.name, cells) for key, cells in rows.items()]
        if limit is not None:
            amount = measured(limit)
            lines.append(Line("Limit", [live(STATED, amount.key if amount else "", limit=limit)] * count))
        return Block(title, heads, lines, SHEET, chart, int(months.horizon) + 1, len(enough))

    enough = [key for key in months.gpus if not brief.coverage[key].doubts]
    of_chart = {key: months.gpus[key] for key in sorted(months.gpus, key=lambda key: key not in enough)}
    billed = [Line(again(each.name), each.by_month) for each in months.terms.values()]
    return [
        Block("Months from today", heads, [Line("Month", months.numbers)], SHEET),
        block("GPUs that are bought, whole purchases", of_chart, None, CHART),
        block("All-in provisioned power", months.power, months.limits["power_limit"]),
        block(
            "Cost of the month, by the offer that asks least today", months.cost, months.limits["budget_per_month"]
        ),
        block("Cost from month 1 on, set-up aside", months.spent, None),
        *([Block("Cost of the month as quotes with terms bill it", heads, billed, SHEET)] if billed else []),
    ]


def _gpus(fleet: Fleet, brief: Brief, numbers: Sequence[Live]) -> Sequence[Live]:
    size = fleet.smallest
    bought = {"held": size.deployments, "each": size.gpus, "spare": size.spare or 0.0}
    return [
        live(GPUS_IN_MONTH, "fleet_gpus", needed=fleet.needed, growth=brief.load.growth, month=month, **bought)
        for month in numbers
    ]


def _spent(cost: Sequence[Live]) -> Sequence[Live]:
    nothing = Live(entry=0.0, measures=None)
    spent = [nothing]
    for month in cost[1:]:
        spent.append(live(SUM_OF_TWO, "horizon_cost", before=spent[-1], now=month))
    return spent


def limits_of(conditions: Parameters) -> Mapping[str, Value | Live]:
    """Return the limits of power and budget: as stated, or else entries that wait for a number."""
    return {
        name: Live(measures=quantity(key), name=name)
        if (amount := getattr(conditions, name)) is None
        else limit(amount, key, name)
        for name, key in LIMITS.items()
    }
