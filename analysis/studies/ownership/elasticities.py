"""By how many percent a result moves for one percent of an input, exactly."""

from collections.abc import Iterable, Mapping
from functools import cache

import sympy

from analysis.errors import InputError, nearest
from analysis.exhibits import symbolic
from analysis.formulas.steps import Formula, Step, inputs, run
from analysis.studies.ownership.recovery import in_place_of, on_numbers

_DIGITS = 50  # carried: some elasticities are small differences of large numbers


def elasticities(steps: Iterable[Step], amounts: Mapping[str, float], result: str) -> dict[str, float]:
    """Return by how many percent a result moves for one percent of each input, exactly, at these amounts.

    Each formula's elasticities are derived from it as mathematics; along the steps they multiply and add. An input
    that is nothing pulls with nothing.

    Raises:
        InputError: No such step.
    """
    plan = list(steps)
    if result not in (made := [step.name for step in plan]):
        raise InputError(f"unknown result {result!r}; {nearest(result, made)}")
    taken = inputs(plan)
    results = run(plan, amounts, on_numbers)
    pulls = {name: {name: 1.0} for name in taken}
    for step in plan:
        at = {argument: float(results[name]) for argument, name in step.sources.items()}
        formula = in_place_of(step.formula, at)
        pulls[step.name] = dict.fromkeys(taken, 0.0)
        for argument, name in step.sources.items():
            if at[argument]:
                own = _at(formula, argument, at)
                for origin, pull in pulls[name].items():
                    pulls[step.name][origin] += own * pull
    return pulls[result]


def ratio_elasticities(numerator: Mapping[str, float], denominator: Mapping[str, float]) -> dict[str, float]:
    """Return by how many percent a ratio moves for one percent of each input that both of its sides share."""
    return {name: pull - denominator[name] for name, pull in numerator.items() if name in denominator}


@cache
def _elasticity(formula: Formula, argument: str) -> sympy.Expr:
    """Exact; without logarithms of powers, whose exponents can be astronomical."""
    return sympy.expand_log(symbolic.elasticity(formula, argument))


def _at(formula: Formula, argument: str, amounts: Mapping[str, float]) -> float:
    where = {symbol: sympy.Float(amounts[name], _DIGITS) for name, symbol in symbolic.symbols(formula).items()}
    return float(_elasticity(formula, argument).subs(where))
