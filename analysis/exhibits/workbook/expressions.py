"""A formula as a spreadsheet computes it, read from its one definition."""

import ast
import re
from collections.abc import Callable, Collection, Mapping
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
_SMALL, _LEAST = 0.05, 0.001


def expression(formula: Callable[..., Any], cells: Mapping[str, str]) -> str:
    """Return the formula's right-hand side as a spreadsheet writes it, without the sign of equality."""
    constants = {name: repr(value) for name, value in formula.__globals__.items() if isinstance(value, int)}
    tree = ast.parse(right_side(formula), mode="eval")
    return _written(tree.body, constants | dict(cells))[0]


_UP, _DOWN = f"ROUNDUP({{first}}*(1-{ROUNDING!r}),0)", f"ROUNDDOWN({{first}}*(1+{ROUNDING!r}),0)"
_SYSTEM, _DEPLOYMENT = "{GPUs of a system}", "{GPUs of a deployment}"
_GPUS_HELD = f"ROUNDUP({_DEPLOYMENT}/{_SYSTEM},0)*{_SYSTEM}"
_HELD = f"MAX(1,ROUNDDOWN({_SYSTEM}/{_DEPLOYMENT},0))"
_OWN_FUNCTIONS = {
    "deployments": ["{carrying}+{spare}", _UP],
    "spare_deployments": ["{spares}*{sites}"],
    "fleet_deployments": ["MAX(0,{held}-{spare})"],
    "purchases": [_UP],
    "whole_purchases": [_DOWN],
    "gpus_per_purchase": [f"{_GPUS_HELD}*{{sites}}", f"{_DEPLOYMENT}*{{sites}}", _GPUS_HELD, _DEPLOYMENT],
    "deployments_per_purchase": [f"{_HELD}*{{sites}}", f"{{sites}}+0*{_DEPLOYMENT}", _HELD, f"1+0*{_DEPLOYMENT}"],
    "months_until_exhausted": [
        'IF({room}<={needed},0,IF({growth}=0,"∞",'
        f"ROUNDDOWN(12*LN({{room}}/{{needed}})/LN(1+{{growth}})*(1+{ROUNDING!r}),0)))"
    ],
    "deployments_needed": ["{needed}*(1+{growth})^({horizon}/12)"],
}
_FIELD = re.compile(r"\{([^}]+)\}")


def own_function(key: str, names: Collection[str]) -> str:
    """Return what a spreadsheet computes by a function of its own; empty where it can compute nothing of it.

    Args:
        key: Of the quantity.
        names: Of what it is made from, which the function holds in braces; `first` is the first of them.
    """
    fitting = (text for text in _OWN_FUNCTIONS.get(key, ()) if {*_FIELD.findall(text)} <= {"first", *names})
    return next(fitting, "")


def number_format(quantity: Quantity, number: float) -> str:
    """Return the spreadsheet's format of a number of a quantity, which holds when the number becomes another one."""
    if quantity.style in _FORMATS:
        return _FORMATS[quantity.style]
    sign = '"$"' if "dollars" in quantity.style else ""
    if quantity.style == "whole" or quantity.style.startswith("compact"):
        return f"{sign}#,##0;-{sign}#,##0"
    if 0 < abs(number) < _SMALL:
        digits = "0.0000" if abs(number) >= _LEAST else "0.00E+00"
        return f"{sign}{digits};-{sign}{digits}"
    return f"[>=1000]{sign}#,##0;[<=-1000]-{sign}#,##0;{sign}0.0{'00' if sign else '##'}"


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
