"""What moves a result: exact elasticities, and the swing of each input over its range."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import sympy

from analysis import symbolic
from analysis.errors import InputError, nearest
from analysis.ownership.plan import Formula, Step, inputs, run
from analysis.ownership.recovery import in_place_of, on_numbers
from analysis.values import Status

_DIGITS = 50  # carried: some elasticities are small differences of large numbers


@dataclass(frozen=True)
class Reach:
    """How far an input may lie from its base.

    Attributes:
        low: The lowest amount.
        high: The highest amount.
        status: How far that can be trusted.
    """

    low: float
    high: float
    status: Status


def elasticities(steps: Iterable[Step], amounts: Mapping[str, float], result: str) -> dict[str, float]:
    """Return by how many percent a result moves for one percent of each input, exactly, at these amounts.

    Each formula's elasticities are derived from it as mathematics; along the steps they multiply and add. An input
    that is nothing pulls with nothing.

    Args:
        steps: Such as `analysis.ownership.COST`.
        amounts: The inputs, by name.
        result: The name of a step.

    Raises:
        InputError: No such step.
    """
    plan = list(steps)
    if result not in (made := [step.name for step in plan]):
        raise InputError(f"unknown result {result!r}; {nearest(result, made)}")
    taken = inputs(plan)
    known = run(plan, amounts, on_numbers)
    pulls = {name: {name: 1.0} for name in taken}
    for step in plan:
        at = {argument: float(known[name]) for argument, name in step.sources.items()}
        formula = in_place_of(step.formula, at)
        pulls[step.name] = dict.fromkeys(taken, 0.0)
        for argument, name in step.sources.items():
            if at[argument]:
                own = _at(formula, argument, at)
                for one, pull in pulls[name].items():
                    pulls[step.name][one] += own * pull
    return pulls[result]


def ratio_elasticities(numerator: Mapping[str, float], denominator: Mapping[str, float]) -> dict[str, float]:
    """Return by how many percent a ratio moves for one percent of each input that both of its sides share.

    Args:
        numerator: Elasticities of what is divided, by input.
        denominator: Elasticities of what it is divided by.
    """
    return {name: pull - denominator[name] for name, pull in numerator.items() if name in denominator}


def tornado(
    function: Callable[[Mapping[str, Any]], Any], base: Mapping[str, float], reaches: Mapping[str, Reach]
) -> pd.DataFrame:
    """Return how far each input alone moves a result between the ends of its range, the widest swing first.

    Only the ends are looked at: a result that turns between them swings further than this says.

    Args:
        function: Returns the result of inputs by name; it is called once, with an array for each input.
        base: The inputs where they are while another one varies; all that have a range, and any other.
        reaches: The ranges, by input.

    Returns:
        A row an input: input, low, base, high, status, result_at_low, result, result_at_high, swing.

    Raises:
        InputError: A range is of an input that has no base, or is out of order.
    """
    names = list(reaches)
    for name, reach in reaches.items():
        if name not in base:
            raise InputError(f"range of {name!r}: no such input; {nearest(name, base)}")
        if not reach.low <= reach.high:
            raise InputError(f"range of {name}: found {reach.low:g} to {reach.high:g}, allowed is low to high")
    results = np.broadcast_to(function(_one_at_a_time(base, reaches)), 2 * len(names) + 1)
    table = pd.DataFrame(
        {
            "input": names,
            "low": [reaches[name].low for name in names],
            "base": [base[name] for name in names],
            "high": [reaches[name].high for name in names],
            "status": [str(reaches[name].status) for name in names],
            "result_at_low": results[1::2],
            "result": results[0],
            "result_at_high": results[2::2],
        }
    )
    table["swing"] = (table["result_at_high"] - table["result_at_low"]).abs()
    return table.sort_values("swing", ascending=False, kind="stable", ignore_index=True)


def _one_at_a_time(base: Mapping[str, float], reaches: Mapping[str, Reach]) -> dict[str, Any]:
    """The base first, then for each input its low and its high end."""
    amounts: dict[str, Any] = dict(base)
    for index, (name, reach) in enumerate(reaches.items()):
        amounts[name] = np.full(2 * len(reaches) + 1, float(base[name]))
        amounts[name][2 * index + 1 : 2 * index + 3] = reach.low, reach.high
    return amounts


@cache
def _elasticity(formula: Formula, argument: str) -> sympy.Expr:
    """Exact; without logarithms of powers, whose exponents can be astronomical."""
    return sympy.expand_log(symbolic.elasticity(formula, argument))


def _at(formula: Formula, argument: str, amounts: Mapping[str, float]) -> float:
    where = {symbol: sympy.Float(amounts[name], _DIGITS) for name, symbol in symbolic.symbols(formula).items()}
    return float(_elasticity(formula, argument).subs(where))
