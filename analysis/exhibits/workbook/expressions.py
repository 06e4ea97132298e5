"""A formula as a spreadsheet computes it, read from its one definition."""

import ast
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from analysis.formulas.text import right_side
from analysis.library.quantities import Quantity
from analysis.library.values import ROUNDING

_SIGNS: dict[type[ast.operator], tuple[str, int]] = {
    ast.Add: ("+", 1),
    ast.Sub: ("-", 1),
    ast.Mult: ("*", 2),
    ast.Div: ("/", 2),
    ast.Pow: ("^", 3),
}
_NEGATION, _TERM = 0, 4  # Python raises to a power before it negates, a spreadsheet after: so negation is enclosed
_FORMATS = {"times": '0.00"x"', "percent": "0.0%"}
_PLACES = ((1000, "#,##0"), (10, "0.0"), (0, "0.00##"))
_CENTS = ((1000, "#,##0"), (10, "0.00"), (0, "0.00##"))


def expression(formula: Callable[..., Any], cells: Mapping[str, str]) -> str:
    """Return the formula's right-hand side as a spreadsheet writes it, without the sign of equality.

    Args:
        formula: A function of `analysis.formulas`.
        cells: References to the cells of its arguments, by argument.
    """
    constants = {name: repr(value) for name, value in formula.__globals__.items() if isinstance(value, int)}
    tree = ast.parse(right_side(formula), mode="eval")
    return _written(tree.body, constants | dict(cells))[0]


def internal_rate_of_return(sheet: str, cells: Sequence[str]) -> str:
    """Return the function by which a spreadsheet finds the internal rate of return, and where its search begins.

    With the sum S of n cash flows and the capital K, the rate is above both roots of S / K, the n-th and the first,
    less 1, whichever is lower. From below, Newton's method rises to it without passing it.

    Args:
        sheet: On which the cash flows stand.
        cells: Theirs, from the capital's, which is negative.
    """
    first, *_, last = cells
    returned = f"-SUM({sheet}!{cells[1]}:{last})/{sheet}!{first}"
    return f"IRR({sheet}!{first}:{last},MIN(({returned})^(1/{len(cells) - 1}),{returned})-1)"


def rounded_up(sheet: str, cells: Sequence[str]) -> str:
    """Return the function that rounds a cell up to a whole number, but for the rounding of its own digits."""
    (cell,) = cells
    return f"ROUNDUP({sheet}!{cell}*(1-{ROUNDING!r}),0)"


def rounded_down(sheet: str, cells: Sequence[str]) -> str:
    """Return the function that rounds a cell down to a whole number, but for the rounding of its own digits."""
    (cell,) = cells
    return f"ROUNDDOWN({sheet}!{cell}*(1+{ROUNDING!r}),0)"


OWN_FUNCTIONS = {
    "internal_rate_of_return": internal_rate_of_return,
    "deployments": rounded_up,
    "purchases": rounded_up,
    "whole_purchases": rounded_down,
}
"""What a spreadsheet computes by a function of its own, over the cells of the inputs in their order."""


def number_format(quantity: Quantity, number: float) -> str:
    """Return the spreadsheet's format of a number of a quantity; a smaller number gets more decimal places."""
    if quantity.style in _FORMATS:
        return _FORMATS[quantity.style]
    money = "dollars" in quantity.style
    digits = next((places for least, places in (_CENTS if money else _PLACES) if abs(number) >= least), "0")
    if quantity.style == "whole" or quantity.style.startswith("compact"):
        digits = "#,##0"
    return f'"$"{digits};-"$"{digits}' if money else digits


def _written(node: ast.expr, words: Mapping[str, str]) -> tuple[str, int]:
    """Return a term as text and how strongly its operator binds."""
    match node:
        case ast.Name(id=name):
            return words[name], _TERM
        case ast.Constant(value=number):
            return repr(number), _TERM
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return f"-{_enclosed(operand, words, _TERM)}", _NEGATION
        case ast.BinOp(left=left, op=operator, right=right):
            sign, strength = _SIGNS[type(operator)]
            # Equal signs are taken from the left, powers too.
            return f"{_enclosed(left, words, strength)}{sign}{_enclosed(right, words, strength + 1)}", strength
    raise TypeError(f"a formula does arithmetic only, found {ast.unparse(node)}")


def _enclosed(node: ast.expr, words: Mapping[str, str], strength: int) -> str:
    text, own = _written(node, words)
    return text if own >= strength else f"({text})"
