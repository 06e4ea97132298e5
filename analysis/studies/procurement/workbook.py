"""What the workbook beside the procurement brief shows: the load, each platform's fleet, and every priced offer."""

from collections.abc import Sequence

from analysis.exhibits.statements import Shown
from analysis.exhibits.workbook import Block, Line, attached
from analysis.library.quantities import quantity
from analysis.library.terms import DISCLAIMER
from analysis.library.values import Value
from analysis.studies.procurement.brief import Brief
from analysis.studies.procurement.fleet import Fleet
from analysis.studies.procurement.growth import gpus_later, months_until

NOTES = (
    "Change a figure on the sheets behind, such as the tokens per day, the peak or a price, and all that rests on it "
    "follows, whole systems included.",
    "What was chosen stays: the measured configuration of each platform, and the offer that a break-even quote is "
    "held against. Months and the load at the horizon are figures.",
)
_HEADS = {
    "gpus": "GPUs of a deployment",
    "needed": "Deployments needed",
    "later": "GPUs at the end of the horizon",
    "megawatts": "All-in provisioned power",
}
"""How rows are headed whose values have a name that says too little."""


def workbook(brief: Brief) -> Shown:
    """Return a link to the workbook, and with it the workbook."""
    title = "What a load needs, from whom, at which price"
    return attached("procurement", title, blocks(brief), [*NOTES, DISCLAIMER])


def blocks(brief: Brief) -> list[Block]:
    """Return the results, each computed from the one before it where it rests on it."""
    return [_load(brief), *([_fleets(brief)] if brief.fleets else []), *([_offers(brief)] if brief.options else [])]


def _load(brief: Brief) -> Block:
    load = brief.load
    values = [load.tokens_per_day, load.as_measured, load.peak_factor, load.peak, load.peak_utilization, load.growth]
    if load.requests is not None:
        values.append(load.requests)
    kept = {value.id: value for value in values}.values()
    return Block("The load", ["Load"], [Line(value.quantity.title, [value]) for value in kept])


def _fleets(brief: Brief) -> Block:
    fleets = list(brief.fleets.values())
    rows: dict[str, Sequence[Value | None]] = {
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
        "months_until_exhausted": [_months(brief, fleet) for fleet in fleets],
        "later": [gpus_later(fleet, brief.load, brief.conditions) for fleet in fleets],
        "break_even_quote": [brief.break_even(key) for key in brief.fleets],
    }
    return Block("Fleets", [fleet.platform.name for fleet in fleets], _lines(rows))


def _offers(brief: Brief) -> Block:
    options = brief.options
    heads = [f"{option.offer.name}, {option.offer.terms}" for option in options if option.offer]
    rows: dict[str, Sequence[Value | None]] = {
        "price_per_gpu_hour": [option.price for option in options],
        "cost_per_month": [option.cost_per_month for option in options],
        "delivered_cost_per_million_tokens": [option.cost_per_million_tokens for option in options],
    }
    return Block("Offers", heads, _lines(rows))


def _months(brief: Brief, fleet: Fleet) -> Value:
    return months_until(fleet.room, fleet.needed, brief.load.growth, fleet.platform.name)


def _lines(rows: dict[str, Sequence[Value | None]]) -> list[Line]:
    return [
        Line(_HEADS.get(name) or quantity(name).title, values)
        for name, values in rows.items()
        if any(value is not None for value in values)
    ]
