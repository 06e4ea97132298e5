"""Where each value of a workbook stands: results on the first sheet, what they are made from on the sheets behind."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from xlsxwriter.utility import xl_rowcol_to_cell

from analysis.exhibits.workbook.expressions import OWN_FUNCTIONS, expression
from analysis.library.values import Status, Value

RESULTS, STEPS, ASSUMPTIONS, INPUTS = "Results", "Steps", "Assumptions", "Inputs"
HEAD_ROWS = 2
"""Rows of a block above its first line: its title and the heads of its columns."""

FIRST_COLUMN = 2
"""Column of a block's first value, behind label and unit, from 0."""

_OWN = (Status.MEASURED, Status.INTERPOLATED, Status.MODELED, Status.CHOSEN)


@dataclass(frozen=True)
class Line:
    """A row of results.

    Attributes:
        label: Its head.
        values: One per column of its block, None where there is no value; none at all for a heading between rows.
    """

    label: str
    values: Sequence[Value | None] = ()


@dataclass(frozen=True)
class Block:
    """Results that stand together, one column each of what is compared.

    Attributes:
        title: The heading.
        columns: Heads of the columns.
        lines: The rows.
    """

    title: str
    columns: Sequence[str]
    lines: Sequence[Line]


@dataclass(frozen=True, order=True)
class CellPlace:
    """A cell, its row and column counted from 0."""

    sheet: str
    row: int
    column: int

    @property
    def cell(self) -> str:
        """The cell as formulas of any sheet name it."""
        return f"{self.sheet}!{xl_rowcol_to_cell(self.row, self.column, row_abs=True, col_abs=True)}"


@dataclass(frozen=True)
class Layout:
    """All values of a workbook.

    Attributes:
        places: Where each stands, by identifier.
        given: The values that are figures, as they are listed.
        made: The values that are formulas, inputs before what they make.
    """

    places: dict[str, CellPlace] = field(default_factory=dict)
    given: list[Value] = field(default_factory=list)
    made: list[Value] = field(default_factory=list)

    def formula(self, value: Value) -> str:
        """Return a value's formula as its cell holds it, without the sign of equality; empty for a figure.

        Raises:
            ValueError: Cells that a spreadsheet's own function takes do not stand one below the other.
        """
        if not is_live(value):
            return ""
        places = {name: self.places[taken.id] for name, taken in value.inputs.items()}
        if value.formula is not None:
            return expression(value.formula, {name: place.cell for name, place in places.items()})
        first = next(iter(places.values()))
        run = [CellPlace(first.sheet, first.row + step, first.column) for step in range(len(places))]
        if run != [*places.values()]:
            raise ValueError(f"{value.name}: what it is made from does not stand one below the other")
        cells = [place.cell.partition("!")[2] for place in run]
        return OWN_FUNCTIONS[value.quantity.key](first.sheet, cells)

    def on(self, sheet: str) -> list[Value]:
        """Return the values that a sheet lists, in its order."""
        return [value for value in [*self.made, *self.given] if self.places[value.id].sheet == sheet]


def layout(blocks: Sequence[Block]) -> Layout:
    """Return where each value of the blocks, and of what they are made from, stands."""
    placed = Layout()
    shown: list[Value] = []
    for first_row, block in below_each_other(blocks):
        for row, line in enumerate(block.lines, start=first_row + HEAD_ROWS):
            for column, value in enumerate(line.values, start=FIRST_COLUMN):
                if value is not None:
                    shown.append(value)
                    if is_live(value):
                        placed.places.setdefault(value.id, CellPlace(RESULTS, row, column))
    for value in _with_inputs(shown):
        (placed.made if is_live(value) else placed.given).append(value)
    placed.given.sort(key=lambda value: (value.quantity.name, value.subject, value.as_of, value.id))
    rows = dict.fromkeys((STEPS, ASSUMPTIONS, INPUTS), 1)
    for value in [*placed.made, *placed.given]:
        if value.id not in placed.places:
            sheet = _sheet(value)
            placed.places[value.id] = CellPlace(sheet, rows[sheet], 1)
            rows[sheet] += 1
    return placed


def is_live(value: Value) -> bool:
    """Return whether a spreadsheet can compute the value from its inputs."""
    return bool(value.inputs) and (value.formula is not None or value.quantity.key in OWN_FUNCTIONS)


def below_each_other(blocks: Sequence[Block]) -> Iterator[tuple[int, Block]]:
    """Yield each block with its first row, from 0, an empty row between two."""
    row = 0
    for block in blocks:
        yield row, block
        row += HEAD_ROWS + len(block.lines) + 1


def _sheet(value: Value) -> str:
    if is_live(value):
        return STEPS
    return INPUTS if value.status in _OWN else ASSUMPTIONS


def _with_inputs(values: Iterable[Value]) -> Iterator[Value]:
    """Yield values and what they are made from, inputs first, each once."""
    yielded: set[str] = set()

    def follow(value: Value) -> Iterator[Value]:
        if value.id not in yielded:
            yielded.add(value.id)
            if is_live(value):
                for made_from in value.inputs.values():
                    yield from follow(made_from)
            yield value

    for value in values:
        yield from follow(value)
