"""What must hold for a published statement of revenue on an investment to come true."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from analysis import formulas
from analysis.errors import InputError, nearest
from analysis.formulas.steps import Formula, Step, run
from analysis.library.choices import choice
from analysis.library.quantities import workload
from analysis.library.sources import FILES, Library, Platform
from analysis.library.values import Value, calculate, made
from analysis.studies.business.brief import Brief
from analysis.studies.business.cash_flows import falling
from analysis.studies.business.returns import Returns, returns
from analysis.studies.claims.ledgers import ledger
from analysis.studies.ownership.operating_costs import (
    ANY_OWNER,
    OWNERSHIP,
    capital_of_system,
    operating_cost,
    system_gpus,
)

CONDITIONS = (
    Step(formulas.delivered_throughput_per_gpu),
    Step(formulas.tokens_per_year),
    Step(formulas.token_revenue, "earned"),
    Step(formulas.token_price_for_revenue),
    Step(formulas.years_for_revenue),
    Step(formulas.ratio, "multiple", {"numerator": "earned", "denominator": "system_price"}),
)
"""From throughput, utilization and token price to what the system earns in its life as a multiple of the investment,
and to the price and the years that the stated revenue asks for, all else as it is."""

_TABLE = "stated_returns"
_PRINTED = "nvidia-2025-10", "nvidia-2025-gb200"
"""Ledger and statement of the throughput that the publisher printed beside the revenue."""


@dataclass(frozen=True)
class Statement:
    """A statement that an investment in a system generates a revenue."""

    platform: Platform
    investment: Value
    revenue: Value

    @property
    def multiple(self) -> Value:
        """How many times the investment the revenue is."""
        return calculate(formulas.ratio, numerator=self.revenue, denominator=self.investment)


def statement(library: Library, hardware: str) -> Statement:
    """Return what was stated of a platform.

    Raises:
        InputError: Nothing was.
    """
    table = library.tables[_TABLE]
    rows = table[table["hardware"] == hardware]
    if set(rows["parameter"]) != {"system_price", "token_revenue"}:
        raise InputError(
            f"data/{FILES[_TABLE]}: no system_price with a token_revenue of {hardware!r}; "
            f"{nearest(hardware, table['hardware'])}"
        )
    platform = library.platform(hardware)
    amounts = {
        row["parameter"]: replace(
            library.stated(_TABLE, row, row["parameter"], platform.name), printed=row["printed"]
        )
        for _, row in rows.iterrows()
    }
    return Statement(platform, amounts["system_price"], amounts["token_revenue"])


def conditions_needed(
    library: Library, stated: Statement, throughput_per_gpu: Value, utilization: Value, token_price: Value
) -> dict[str, Value]:
    """Return what a system earns in its life, and what the stated revenue asks for, by the names of `CONDITIONS`.

    Raises:
        MixedKindsError: Throughput and price count different tokens.
    """
    name = stated.platform.name
    given = {
        "throughput_per_gpu": replace(throughput_per_gpu, printed=""),
        "utilization": utilization,
        "token_price": token_price,
        "system_price": stated.investment,
        "token_revenue": stated.revenue,
        "availability": choice("availability", "unit economics", library.folder),
        "economic_life": operating_cost(library, "useful_life", OWNERSHIP, ANY_OWNER).value,
        "gpus": system_gpus(stated.platform),
    }

    def apply(formula: Formula, arguments: Mapping[str, Value]) -> Value:
        return made(name, formula, **arguments)

    return run(CONDITIONS, given, apply)


def returned(brief: Brief, stated: Statement) -> Returns | None:
    """Return what an owner gets back on the stated investment; None where the platform does not serve the point."""
    side = brief.by_key.get(stated.platform.key)
    if side is None:
        return None
    capital = capital_of_system(stated.platform, stated.investment, "not told apart in the statement")
    asked = brief.conditions
    own = {"capital_per_gpu": capital}
    return returns(brief.library, side, asked.vintage, falling(asked.annual_price_decline), own)


def stated_cases(brief: Brief, stated: Statement) -> dict[str, dict[str, Value]]:
    """Return what the stated revenue needs, by the case's name: as measured, at the highest load, as stated.

    The first two are left out where the platform does not serve the brief's point, the second one, too, where the
    brief stands at the highest load. The last is the throughput that the publisher printed, at its own lengths. There
    is none where the brief is of another model than the statement.
    """
    ledger_name, identifier = _PRINTED
    (claim,) = (claim for claim in ledger(brief.library, ledger_name) if claim.id == identifier)
    if not brief.library.is_model(claim.model):
        return {}
    name, highest = brief.lengths, brief.ends[1]
    cases = {}
    if stated.platform.key in brief.by_key:
        measured = brief.by_key[stated.platform.key]["throughput_per_gpu"]
        loads = {f"Measured, {name}": brief.load}
        if brief.load.number < highest.number:
            loads[f"Measured, {name}, highest load"] = highest
        for case, load in loads.items():
            cases[case] = conditions_needed(brief.library, stated, measured, load, brief.price)
    lengths = claim.point.input_tokens, claim.point.output_tokens
    assert lengths[0] is not None
    assert lengths[1] is not None
    price = brief.seller.blended(lengths[0], lengths[1], brief.conditions.cache_hit_rate)
    as_stated = conditions_needed(brief.library, stated, claim.value, highest, price)
    return {**cases, f"As stated, {workload(lengths[0], lengths[1])}, highest load": as_stated}
