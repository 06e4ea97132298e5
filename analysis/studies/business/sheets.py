"""What the workbook beside the investor brief shows: prices of tokens, unit economics, returns and sensitivities."""

from collections.abc import Mapping, Sequence

from analysis.exhibits.statements import Shown
from analysis.exhibits.workbook import Block, Line, attached
from analysis.formulas.steps import inputs
from analysis.library.quantities import quantity
from analysis.library.values import Value
from analysis.studies.business.brief import Brief
from analysis.studies.business.economics import ECONOMICS, Economics
from analysis.studies.business.returns import OWNED, Returns
from analysis.studies.business.stated_returns import CONDITIONS
from analysis.studies.business.years import blocks_of, checks_of

_HEADS = {
    "gpus": "GPUs",
    "bearable_fall": "Fall of the token price down to the levelized cost",
    "token_revenue": "Token revenue as stated",
    "earned": "Token revenue over the life",
    "multiple": "Token revenue over the life as a multiple of the price",
}
"""How rows are headed whose names are no quantities, or say too little."""

_AT_LOAD = ("utilization", "delivered_throughput_per_gpu", "cost_per_million_tokens", "gross_margin")
_PRICES = ("price_of_cache_miss", "price_of_cache_hit", "output_token_price")


def workbook(brief: Brief, stated: Mapping[str, Mapping[str, Value]]) -> Shown:
    """Return a link to the workbook of a brief, with the workbook."""
    asked = brief.conditions
    notes = [
        f"Workload {brief.lengths}, {asked.minimum_interactivity:g} tok/s/user or more, rows measured until "
        f"{asked.as_of}, prices and power of {asked.vintage}.",
        "Informational only. No financial advice. Do your own research.",
    ]
    return attached("unit-economics", "What serving tokens earns, costs and returns", blocks(brief, stated), notes)


def blocks(brief: Brief, stated: Mapping[str, Mapping[str, Value]]) -> list[Block]:
    """Return the results, each computed from the one before it where it rests on it; arguments as for `workbook`."""
    parts = [_economics(brief.sides), _margins(brief.sides, brief.loads), _prices(brief)]
    if brief.owned:
        worth, *years = blocks_of(brief.owned)
        parts = [worth, *years, *parts, _returns(brief.owned)]
    if stated:
        parts.append(_stated(stated))
    if brief.owned:
        parts.append(Block("Checks", ["Finding", "Amount"], checks_of(brief.owned), "Checks"))
    return parts


def _prices(brief: Brief) -> Block:
    rows = {key: [offer.prices[key] for offer in brief.offers] for key in _PRICES}
    rows["blended_token_price"] = [brief.mean_price(offer) for offer in brief.offers]
    return Block("Public prices of tokens", [offer.name for offer in brief.offers], _lines(rows))


def _economics(sides: Sequence[Economics]) -> Block:
    names = dict.fromkeys(["interactivity", *inputs(ECONOMICS), *(step.name for step in ECONOMICS)])
    rows = {name: [side[name] for side in sides] for name in names}
    return Block("Unit economics", [side.platform.name for side in sides], _lines(rows))


def _margins(sides: Sequence[Economics], loads: Sequence[Value]) -> Block:
    lines = []
    for load in loads:
        at_load = [side.under(utilization=load) for side in sides]
        rows = {name: [side[name] for side in at_load] for name in _AT_LOAD}
        lines += [Line(f"At {load.show()} of full load"), *_lines(rows)]
    return Block("Gross margin and utilization", [side.platform.name for side in sides], lines)


def _returns(owned: Sequence[Returns]) -> Block:
    names = dict.fromkeys([*inputs(OWNED), *(step.name for step in OWNED)])
    lines = _lines({name: [returns[name] for returns in owned] for name in names})
    return Block("What an owner pays and earns", [returns.platform.name for returns in owned], lines)


def _stated(stated: Mapping[str, Mapping[str, Value]]) -> Block:
    names = dict.fromkeys([*inputs(CONDITIONS), *(step.name for step in CONDITIONS)])
    rows = {name: [amounts[name] for amounts in stated.values()] for name in names}
    return Block("The stated revenue on an investment", list(stated), _lines(rows))


def _lines(rows: Mapping[str, Sequence[Value]]) -> list[Line]:
    return [Line(_HEADS.get(name) or quantity(name).title, values) for name, values in rows.items()]
