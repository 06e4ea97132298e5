"""What a cell of a workbook can hold besides a value: what a function of the spreadsheet makes of other cells."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from inspect import isfunction
from typing import Any

from analysis.exhibits.workbook.expressions import expression
from analysis.library.quantities import Quantity, quantity
from analysis.library.values import Value


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
