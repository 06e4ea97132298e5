"""The workbook beside the procurement brief: load, fleets, months, offers, checks, all formulas of their inputs."""

from collections.abc import Mapping, Sequence

from analysis import formulas
from analysis.exhibits.statements import Cell, Shown, answering
from analysis.exhibits.workbook import Block, Line, Live, attached, live, measured
from analysis.library.quantities import DISCLAIMER, Quoted, quantity
from analysis.library.values import Value, made
from analysis.studies.procurement.brief import Brief
from analysis.studies.procurement.fleet import Fleet
from analysis.studies.procurement.horizon import paths
from analysis.studies.procurement.options import gpus_later, months_until
from analysis.studies.procurement.workbook import functions as of
from analysis.studies.procurement.workbook.months import Months, block_of, blocks_of, limits_of, months_of
from analysis.studies.procurement.workbook.offers import SUMMARY, Offers, offers_of

NOTES = (
    "Change a figure on the sheets Inputs and Assumptions: the load, its peak and growth, the horizon, power and "
    "budget, a price; spare deployments and sites where the scenario states them. All follows to the last cell: "
    "whole systems, months, totals, ranks, checks and the chart.",
    "A power limit or a budget that was not stated is an empty cell on the sheet Summary, waiting for a number.",
    "A quote with a minimum of GPUs, tiers, set-up or egress is billed by its terms, which the sheet Offers holds: "
    "change them there.",
    "The measured configuration that each platform stands on does not follow. It was chosen for the load and limits "
    "of the report; for another load, another one may take fewer GPUs. Build the report anew to have it chosen anew.",
)
_HEADS = {
    "gpus": "GPUs of a deployment",
    "needed": "Deployments needed",
    "later": "GPUs at the end of the horizon",
    "megawatts": "All-in provisioned power",
    "gpu_months": "GPUs, summed over the months until the horizon",
}
"""How rows are headed whose values have a name that says too little."""
FLEETS, CHECKS = "Fleets", "Checks"


def workbook(brief: Brief) -> Shown:
    """Return a link to the workbook, and with it the workbook and what the brief answers by name."""
    title = "What a load needs, from whom, at which price"
    return answering(attached("procurement", title, blocks(brief), [*NOTES, DISCLAIMER]), answers(brief))


def blocks(brief: Brief) -> list[Block]:
    """Return the results, each computed from the one before it where it rests on it."""
    limits = limits_of(brief.conditions)
    months = months_of(brief, limits)
    stated = Block("The load and its limits", ["Now"], _load(brief, months), SUMMARY)
    if not brief.fleets:
        return [stated]
    gpu_months = {
        key: live(of.OVER_HORIZON, "fleet_gpus", numbers=months.numbers, months=counts, horizon=months.horizon)
        for key, counts in months.gpus.items()
    }
    offers = offers_of(brief, months, gpu_months)
    checks = _checks(brief, months, offers)
    answer = [offers.answer] if brief.options else []
    look = live(of.COUNT_LOOK, checks=[line.cells[0] for line in checks.lines if line.cells[0] is not None])
    found = Block("Checks", ["Now"], [Line("Checks to look at", [look])], SUMMARY)
    return [
        *answer, found, stated, _fleets(brief, gpu_months, offers), *blocks_of(months, brief),
        *([offers.block] if brief.options else []), *([block_of(months.terms)] if months.terms else []), checks,
    ]  # fmt: skip


def _load(brief: Brief, months: Months) -> list[Line]:
    load = brief.load
    values = [load.tokens_per_day, load.as_measured, load.peak_factor, load.peak, load.peak_utilization, load.growth]
    if load.requests is not None:
        values.append(load.requests)
    cells = [*{value.id: value for value in [*values, months.horizon]}.values(), *months.limits.values()]
    return [Line(amount.title, [cell]) for cell in cells if (amount := measured(cell))]


def _fleets(brief: Brief, gpu_months: Mapping[str, Live], offers: Offers) -> Block:
    fleets = list(brief.fleets.values())
    rows: dict[str, Sequence[Value | Live | None]] = {
        "throughput_per_gpu": [fleet.point["throughput_per_gpu"] for fleet in fleets],
        "interactivity": [fleet.point["interactivity"] for fleet in fleets],
        "gpus": [fleet.deployment_gpus for fleet in fleets],
        "needed": [fleet.needed for fleet in fleets],
        "deployments": [fleet.deployments for fleet in fleets],
        "fleet_gpus": [fleet.gpus for fleet in fleets],
        "systems": [fleet.systems for fleet in fleets],
        "fleet_deployments": [fleet.room for fleet in fleets],
        "megawatts": [fleet.megawatts() for fleet in fleets],
        "fleet_utilization": [fleet.utilization(brief.load) for fleet in fleets],
        "spare_capacity": [fleet.spare for fleet in fleets],
        "months_until_exhausted": [_until(brief, fleet) for fleet in fleets],
        "later": [gpus_later(fleet, brief.load, brief.conditions) for fleet in fleets],
        "gpu_months": [gpu_months[key] for key in brief.fleets],
        "break_even_quote": [offers.break_even(brief, key) for key in brief.fleets],
    }
    return Block("Fleets", [fleet.platform.name for fleet in fleets], _lines(rows), FLEETS)


def _until(brief: Brief, fleet: Fleet) -> Value:
    return months_until(fleet.room, fleet.needed, brief.load.growth, fleet.platform.name)


def _checks(brief: Brief, months: Months, offers: Offers) -> Block:
    """Return what must hold, whatever is changed, or else says what the reader has to know."""
    last, load = float(len(months.numbers) - 1), brief.load
    lines = [
        Line(f"The horizon is 1 to {last:.0f} months, as many as the sheet Months holds",
             [live(of.BETWEEN, low=1.0, amount=months.horizon, high=last), months.horizon]),
        Line("The load at its peak is the report's, for which the configurations were chosen",
             [live(of.SAME, one=load.peak, other=load.peak.number), load.peak]),
    ]  # fmt: skip
    for key, fleet in brief.fleets.items():
        name = fleet.platform.name
        counted = live(of.IN_LAST_MONTH, "fleet_gpus", months=months.gpus[key], horizon=months.horizon)
        later = gpus_later(fleet, load, brief.conditions)
        lines += [
            Line(f"{name}: the fleet carries the load of today",
                 [live(of.BETWEEN, low=0.0, amount=fleet.needed, high=fleet.room), fleet.needed]),
            Line(f"{name}: GPUs at the horizon are those of its last month",
                 [live(of.SAME, one=counted, other=later), counted]),
        ]  # fmt: skip
    return Block("Checks", ["Finding", "Amount"], lines, CHECKS)


def _lines(rows: Mapping[str, Sequence[Value | Live | None]]) -> list[Line]:
    return [
        Line(_HEADS.get(name) or quantity(name).title, values)
        for name, values in rows.items()
        if any(value is not None for value in values)
    ]


def answers(brief: Brief) -> dict[str, Cell]:
    """Return the platform and offer of the least total over the horizon, its GPUs, cost, power and limits."""
    ranked = [each for each in paths(brief) if each.option.enough]
    if not ranked:
        return {"Platform": "none that was measured enough is offered"}
    best, fleet = ranked[0], ranked[0].option.fleet
    assert best.option.offer is not None
    name = fleet.platform.name
    return {
        "Platform": name,
        "Provider and terms": Quoted(f"{best.option.offer.provider}, {best.option.offer.terms}"),
        "GPUs today": fleet.gpus,
        "GPUs, last month": best.gpus,
        "USD/month today": best.option.cost_per_month,
        "USD/month, last month": best.cost,
        "Total over the horizon (USD)": best.total,
        "MW today": fleet.megawatts(),
        "MW, last month": made(name, formulas.fleet_power, fleet_gpus=best.gpus, power_per_gpu=fleet.power),
        "Too small from": Quoted("; ".join(best.ends)) if best.ends else "not within the horizon",
    }
