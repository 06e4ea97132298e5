"""The sheet of months in the procurement workbook, against the limits, and the terms by which quotes are billed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis import formulas
from analysis.exhibits.workbook import Block, Line, Live, again, live, measured
from analysis.library.quantities import quantity
from analysis.library.values import Value
from analysis.scenario import Parameters
from analysis.studies.procurement.brief import Brief
from analysis.studies.procurement.fleet import Fleet
from analysis.studies.procurement.load import months as horizon_of
from analysis.studies.procurement.offers import Offer, in_dollars
from analysis.studies.procurement.options import Option, limit
from analysis.studies.procurement.workbook.functions import BILLED, GPUS_IN_MONTH, STATED, SUM_OF_TWO

OFFERS = "Offers"


@dataclass(frozen=True, eq=False)
class Terms:
    """What a quote bills by."""

    name: Live
    minimum: Live  # GPUs that are paid at least
    egress: Live  # in USD/month
    setup: Live  # in USD, once
    starts: Sequence[Live]  # GPUs from which each price holds, the first from none on
    prices: Sequence[Live]  # in USD/GPU/h
    by_month: Sequence[Live]  # what it bills in each month from today, in USD/month


def terms_of(brief: Brief, gpus: Mapping[str, Sequence[Live]]) -> dict[int, Terms]:
    """Return the terms of the quotes that bill otherwise than by price and GPUs, by the option's identity."""
    return {
        id(option): _terms(brief, option, option.offer, gpus[option.fleet.platform.key])
        for option in brief.options
        if option.offer and option.offer.bills_otherwise
    }


def _terms(brief: Brief, option: Option, offer: Offer, gpus: Sequence[Live]) -> Terms:
    quote, conditions = offer.quote, brief.conditions
    assert quote is not None
    assert offer.price is not None
    tiers = sorted(quote.discounts, key=lambda tier: tier.gpus)
    starts = [_entry(0.0, "fleet_gpus"), *(_entry(float(tier.gpus), "fleet_gpus") for tier in tiers)]
    lower = [_entry(in_dollars(conditions, quote, tier.price), "price_per_gpu_hour") for tier in tiers]
    prices = [again(offer.price), *lower]
    minimum = _entry(float(quote.minimum_gpus or 0), "fleet_gpus")
    egress, setup = (in_dollars(conditions, quote, amount or 0.0) for amount in (quote.egress, quote.setup))
    monthly = _entry(egress, "cost_per_month")
    by_month = [
        live(BILLED, "cost_per_month", gpus=count, minimum=minimum, starts=starts, prices=prices, egress=monthly)
        for count in gpus
    ]
    name = Live(entry=f"{offer.name}, {offer.terms}")
    return Terms(name, minimum, monthly, _entry(setup, "horizon_cost"), starts, prices, by_month)


def block_of(terms: Mapping[int, Terms]) -> Block:
    """Return the block of the terms, a quote a row."""
    most = max(len(each.starts) for each in terms.values())
    heads = [
        *("Minimum of GPUs", "Egress (USD/month)", "Set-up, once (USD)"),
        *(f"Price {place + 1} from GPUs" for place in range(most)),
        *(f"Price {place + 1} (USD/GPU/h)" for place in range(most)),
    ]
    lines = []
    for each in terms.values():
        empty = [None] * (most - len(each.starts))
        cells = [each.minimum, each.egress, each.setup, *each.starts, *empty, *each.prices, *empty]
        lines.append(Line(each.name, cells))
    return Block("Terms of the quotes, by which their costs are billed", heads, lines, OFFERS)


def _entry(amount: float, key: str) -> Live:
    return Live(entry=amount, measures=quantity(key))


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
