"""What a cell of a workbook holds: a formula, read from its one definition, or a function of the spreadsheet."""

import ast
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from inspect import isfunction
from typing import Any

from analysis.formulas.steps import right_side
from analysis.library.quantities import Quantity, quantity
from analysis.library.values import ROUNDING, Value

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


@dataclass(frozen=True)
class Function:
    """What a spreadsheet computes and no equation of the analysis does, such as a rank or whole systems by month."""

    template: str  # as the spreadsheet writes it, with the names of its inputs in braces
    # The same in Python, so that the cell shows its result before any spreadsheet opened it.
    compute: Callable[..., float | str]


@dataclass(frozen=True, eq=False)
class Live:
    """A cell that only the workbook has: what a function makes of others, or an entry that waits for a number."""

    function: Function | None = None  # what makes it; None for an entry
    # What it is made from, by argument: a cell, or several that stand side by side.
    inputs: "Mapping[str, Taken]" = field(default_factory=dict)
    measures: Quantity | None = None  # what it is an amount of, for unit and format; None for a word or a plain count
    entry: float | str = ""  # the number or word that an entry holds; empty where it waits for one
    name: str = ""  # by which formulas and readers call the cell

    @property
    def id(self) -> str:
        """What tells it from every other cell of the same workbook."""
        return f"live-{id(self)}"

    @cached_property
    def shown(self) -> float | str:
        """What it shows: a number or a word."""
        if self.function is None:
            return self.entry
        return self.function.compute(**{name: held(taken) for name, taken in self.inputs.items()})

    def written(self, references: Mapping[str, str]) -> str:
        """Return its formula over the references of its inputs, without the sign of equality; empty for an entry."""
        return self.function.template.format_map(references) if self.function else ""


Cell = Value | Live | str
Taken = Cell | float | Sequence[Cell]


def live(function: Function | Callable[..., Any], key: str = "", **taken: Taken) -> Live:
    """Return a cell that a function, or an equation of the analysis, makes of others.

    Args:
        function: It.
        key: Of the quantity that it makes; of an equation its own unless stated.
        **taken: The cells, by its arguments.
    """
    if isfunction(function):
        names = {name: f"{{{name}}}" for name in taken}
        return Live(Function(expression(function, names), function), taken, quantity(key or function.__name__))
    assert isinstance(function, Function)
    return Live(function, taken, quantity(key) if key else None)


def again(cell: Value | Live) -> Live:
    """Return a cell of its own that shows another, so that it can stand in a run of others."""
    return Live(Function("{cell}", lambda cell: cell), {"cell": cell}, measured(cell))


def measured(cell: Value | Live) -> Quantity | None:
    """Return what a cell is an amount of; None for a word or a plain count."""
    return cell.quantity if isinstance(cell, Value) else cell.measures


def held(taken: Taken) -> Any:
    """Return the number or word of a cell, or those of several."""
    if isinstance(taken, Value):
        return taken.number
    if isinstance(taken, Live):
        return taken.shown
    return taken if isinstance(taken, str | float) else [held(cell) for cell in taken]
