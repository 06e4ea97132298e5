"""The formulas as mathematics: what the methods section prints and how strongly each argument pulls."""

import inspect
from collections.abc import Callable
from functools import cache
from typing import Any

import sympy

from analysis.quantities import quantity


def symbols(formula: Callable[..., Any]) -> dict[str, sympy.Symbol]:
    """Return a positive symbol for each argument of the formula, named as its quantity's symbol."""
    names = inspect.signature(formula).parameters
    return {name: sympy.Symbol(quantity(name).symbol, positive=True) for name in names}


@cache
def expression(formula: Callable[..., Any]) -> sympy.Expr:
    """Return the formula as an exact symbolic expression of its arguments' symbols."""
    return sympy.sympify(formula(**symbols(formula)))


def equation_latex(formula: Callable[..., Any]) -> str:
    """Return the formula as a LaTeX equation, its constants as the code writes them."""
    with sympy.evaluate(False):
        right = formula(**symbols(formula))
    text = sympy.latex(right, mul_symbol="dot").replace("1000000", "10^{6}")
    return f"{quantity(formula.__name__).symbol} = {text}"


def elasticity(formula: Callable[..., Any], argument: str) -> sympy.Expr:
    """Return by how many percent the result moves for one percent of the argument, exactly.

    Elasticity is x / f * df/dx.
    """
    symbol = symbols(formula)[argument]
    whole = expression(formula)
    return sympy.simplify(symbol * sympy.diff(whole, symbol) / whole)
