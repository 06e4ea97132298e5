"""The sheet of offers in the procurement workbook, a row each with its rank, and the answer that follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass

from analysis import formulas
from analysis.exhibits.workbook import Block, Line, Live, again, live
from analysis.studies.procurement.brief import Brief
from analysis.studies.procurement.options import Option, gpus_later
from analysis.studies.procurement.workbook import functions as of
from analysis.studies.procurement.workbook.months import Months

SHEET, SUMMARY = "Offers", "Summary"
COLUMNS = {
    "platform": "Platform",
    "firm": "Firm, measured enough",
    "price": "Price (USD/GPU/h)",
    "gpus": "GPUs today",
    "cost": "Today (USD/month)",
    "per_token": "Of the load today (USD/Mtok)",
    "gpus_later": "GPUs at the horizon",
    "power_later": "Power at the horizon (MW)",
    "cost_later": "At the horizon (USD/month)",
    "total": "Total over the horizon (USD)",
    "power_ends": "Power too small from month",
    "budget_ends": "Budget too small from month",
    "ranked": "Ranked",
    "rank": "Rank by total",
}
_ANSWER = {
    "offer": "Least total over the horizon",
    "total": "Its total over the horizon",
    "cost": "Its cost today",
    "cost_later": "Its cost at the horizon",
    "gpus": "GPUs today",
    "gpus_later": "GPUs at the horizon",
    "power_later": "Power at the horizon",
    "power_ends": "Power too small from month",
    "budget_ends": "Budget too small from month",
}
_MEASURES = {
    "total": "horizon_cost", "cost": "cost_per_month", "cost_later": "cost_per_month", "gpus": "fleet_gpus",
    "gpus_later": "fleet_gpus", "power_later": "fleet_power",
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Offers:
    """The priced offers."""

    rows: list[Mapping[str, Live]]

    @property
    def block(self) -> Block:
        """The sheet's block: an offer a row."""
        lines = [Line(row["offer"], [row[key] for key in COLUMNS]) for row in self.rows]
        return Block("Offers, each over the horizon", [*COLUMNS.values()], lines, SHEET)

    def break_even(self, brief: Brief, hardware: str) -> Live | None:
        """Return the price at which a platform costs as much as the least costly offer on another one.

        Where it is not measured enough, as if it did no more than the older one that outdoes it; None without one.
        """
        coverage = brief.coverage[hardware]
        fleet = coverage.better if coverage.doubts else brief.fleets[hardware]
        if fleet is None or not self.rows:
            return None
        keys = {"costs": "cost", "ranked": "ranked", "platforms": "platform"}
        runs = {name: [row[key] for row in self.rows] for name, key in keys.items()}
        return live(of.BREAK_EVEN, "break_even_quote", **runs, platform=str(fleet.platform.name), gpus=fleet.gpus)

    @property
    def answer(self) -> Block:
        """The offer of the first rank, as the summary shows it."""
        ranks = [row["rank"] for row in self.rows]
        lines = []
        for key, label in _ANSWER.items():
            amounts = [row[key] for row in self.rows]
            lines.append(Line(label, [live(of.FIRST_RANKED, _MEASURES.get(key, ""), ranks=ranks, amounts=amounts)]))
        return Block("The answer", ["Now"], lines, SUMMARY)


def offers_of(brief: Brief, months: Months, gpu_months: Mapping[str, Live]) -> Offers:
    """Return the offers of a brief."""
    rows = [_row(option, brief, months, gpu_months[option.fleet.platform.key]) for option in brief.options]
    totals, ranked = ([row[key] for row in rows] for key in ("total", "ranked"))
    for row in rows:
        row["rank"] = live(of.RANK, mine=row["ranked"], ranked=ranked, totals=totals, total=row["total"])
    return Offers([*rows])


def _row(option: Option, brief: Brief, months: Months, gpu_months: Live) -> dict[str, Live]:
    assert option.offer is not None
    fleet, price, limits = option.fleet, option.price, months.limits
    key = fleet.platform.key
    later = gpus_later(fleet, brief.load, brief.conditions)
    row: dict[str, Live] = {
        "offer": Live(entry=f"{option.offer.name}, {option.offer.terms}"),
        "platform": Live(entry=str(fleet.platform.name)),
        "firm": Live(entry=of.YES if option.ranks else of.NO),
        "price": again(price),
        "gpus": again(fleet.gpus),
        "cost": again(option.cost_per_month),
        "per_token": again(option.cost_per_million_tokens),
        "gpus_later": again(later),
        "power_later": live(formulas.fleet_power, fleet_gpus=later, power_per_gpu=fleet.power),
        "cost_later": live(formulas.cost_per_month, fleet_gpus=later, price_per_gpu_hour=price),
        "total": live(formulas.cost_per_month, "horizon_cost", fleet_gpus=gpu_months, price_per_gpu_hour=price),
        "power_ends": live(of.BEYOND_POWER, gpus=months.gpus[key], each=fleet.power, limit=limits["power_limit"]),
        "budget_ends": live(of.BEYOND_BUDGET, gpus=months.gpus[key], each=price, limit=limits["budget_per_month"]),
    }
    if terms := months.terms.get(id(option)):
        horizon, costs, numbers = months.horizon, terms.by_month, months.numbers
        row |= {
            "cost": (today := again(costs[0])),
            "per_token": live(
                formulas.delivered_cost_per_million_tokens, cost_per_month=today,
                tokens_per_day=brief.load.tokens_per_day,
            ),
            "cost_later": live(of.IN_LAST_MONTH, "cost_per_month", months=costs, horizon=horizon),
            "total": live(
                of.OVER_HORIZON_AND_ONCE, "horizon_cost", numbers=numbers, months=costs, horizon=horizon,
                once=terms.setup,
            ),
            "budget_ends": live(of.BEYOND, costs=costs, numbers=numbers, limit=limits["budget_per_month"]),
        }  # fmt: skip
    row["ranked"] = live(of.RANKED, firm=row["firm"], power=row["power_ends"], budget=row["budget_ends"])
    return row
