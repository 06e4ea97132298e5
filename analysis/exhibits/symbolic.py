"""The formulas as mathematics: what the methods section prints and how strongly each argument pulls."""

import inspect
from collections.abc import Callable
from functools import cache
from typing import Any

import sympy

from analysis.library.quantities import quantity


def symbols(formula: Callable[..., Any]) -> dict[str, sympy.Symbol]:
    """Return a positive symbol for each argument of the formula, named as its quantity's symbol."""
    names = inspect.signature(formula).parameters
    return {name: sympy.Symbol(quantity(name).symbol, positive=True) for name in names}


@cache
def expression(formula: Callable[..., Any]) -> sympy.Expr:
    """Return the formula as an exact symbolic expression of its arguments' symbols."""
    return sympy.sympify(formula(**symbols(formula)))


def equation_latex(formula: Callable[..., Any]) -> str:
    """Return the formula as a LaTeX equation, its constants and the order of its terms as the code writes them."""
    with sympy.evaluate(False):
        right = _one_sum(formula(**symbols(formula)))
    text = sympy.latex(right, mul_symbol="dot", order="none").replace("1000000", "10^{6}")
    return f"{quantity(formula.__name__).symbol} = {text}"


def elasticity(formula: Callable[..., Any], argument: str) -> sympy.Expr:
    """Return by how many percent the result moves for one percent of the argument, exactly.

    Elasticity is x / f * df/dx.
    """
    symbol = symbols(formula)[argument]
    whole = expression(formula)
    exact = symbol * sympy.diff(whole, symbol) / whole
    # Simplified powers of sums overflow where the unsimplified ones do not.
    return sympy.factor(exact) if exact.is_rational_function() else exact


def _one_sum(term: sympy.Basic) -> sympy.Basic:
    """Python adds two at a time, and SymPy would set each sum within a sum in parentheses."""
    if not term.args:
        return term
    parts = [_one_sum(part) for part in term.args]
    if isinstance(term, sympy.Add):
        parts = [addend for part in parts for addend in (part.args if isinstance(part, sympy.Add) else [part])]
    return term.func(*parts)
