"""Where each cell of a workbook stands: results on the sheets that name them, what they are made from behind."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from xlsxwriter.utility import xl_rowcol_to_cell

from analysis.exhibits.workbook.cells import Cell, Live, Taken, expression, own_function
from analysis.library.values import Status, Value

RESULTS, STEPS, ASSUMPTIONS, INPUTS = "Results", "Steps", "Assumptions", "Inputs"
HEAD_ROWS = 2  # rows of a block above its first line: its title and the heads of its columns

FIRST_COLUMN = 2  # column of a block's first value, behind label and unit, from 0

_OWN = (Status.MEASURED, Status.INTERPOLATED, Status.MODELED, Status.CHOSEN)
_PARAMETER = re.compile(r"parameter (\w+)(?:, number (\d+))?")


@dataclass(frozen=True)
class Line:
    """A row of results."""

    label: str | Live  # its head; a cell where formulas take it
    # One per column of its block, None where there is none; none at all for a heading between rows.
    cells: Sequence[Cell | None] = ()


@dataclass(frozen=True)
class Block:
    """Results that stand together, one column each of what is compared."""

    title: str
    columns: Sequence[str]
    lines: Sequence[Line]
    sheet: str = RESULTS  # on which it stands
    chart: str = ""  # title of a line chart of its lines, which the first sheet of results shows; none without
    charted: int = 0  # how many of its columns the chart shows
    drawn: int = 0  # how many of its lines, the first ones; all of them where it is 0


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
    """All cells of a workbook."""

    places: dict[str, CellPlace] = field(default_factory=dict)  # where each stands, by identifier
    # By what formulas call a given figure or an entry, by identifier.
    names: dict[str, str] = field(default_factory=dict)
    given: list[Value] = field(default_factory=list)  # the values that are figures, as they are listed
    made: list[Value] = field(default_factory=list)  # the values that are formulas, inputs before what they make

    def formula(self, cell: Value | Live) -> str:
        """Return a cell's formula as the spreadsheet holds it, without the sign of equality; empty for a figure.

        Raises:
            ValueError: Cells that a function takes together do not stand side by side, or one stands nowhere.
        """
        if isinstance(cell, Value) and not is_live(cell):
            return ""
        taken = {name: self._reference(cells) for name, cells in cell.inputs.items()}
        if isinstance(cell, Live):
            return cell.written(taken)
        if cell.formula is not None:
            return expression(cell.formula, taken)
        own = own_function(cell.quantity.key, cell.inputs)
        return own.format_map({"first": next(iter(taken.values())), **taken})

    def on(self, sheet: str) -> list[Value]:
        """Return the values that a sheet lists, in its order."""
        return [value for value in [*self.made, *self.given] if self.places[value.id].sheet == sheet]

    def _reference(self, taken: Taken) -> str:
        if isinstance(taken, str | float):
            return f'"{taken}"' if isinstance(taken, str) else repr(taken)
        if isinstance(taken, Value | Live):
            if taken.id not in self.places:
                raise ValueError("a formula takes a cell that stands on no sheet")
            return self.names.get(taken.id) or self.places[taken.id].cell
        places = [self.places[cell.id] for cell in taken if not isinstance(cell, str)]
        first, last = places[0], places[-1]
        down, across = int(first.column == last.column), int(first.column != last.column)
        steps = [(step * down, step * across) for step in range(len(taken))]
        if [CellPlace(first.sheet, first.row + row, first.column + column) for row, column in steps] != places:
            raise ValueError("what a function takes together does not stand side by side")
        return f"{first.cell}:{last.cell.partition('!')[2]}"


def layout(blocks: Sequence[Block]) -> Layout:
    """Return where each cell of the blocks, and each value that they are made from, stands."""
    placed = Layout()
    shown: list[Value | Live] = []
    for first_row, block in below_each_other(blocks):
        for row, line in enumerate(block.lines, start=first_row + HEAD_ROWS):
            for column, cell in [(0, line.label), *enumerate(line.cells, start=FIRST_COLUMN)]:
                if isinstance(cell, Value | Live):
                    shown.append(cell)
                    if isinstance(cell, Live) or is_live(cell):
                        placed.places.setdefault(cell.id, CellPlace(block.sheet, row, column))
                    if isinstance(cell, Live) and cell.name:
                        placed.names[cell.id] = cell.name
    for value in _with_inputs(shown):
        (placed.made if is_live(value) else placed.given).append(value)
    placed.given.sort(key=lambda value: (value.quantity.name, value.subject, value.as_of, value.id))
    rows = dict.fromkeys((STEPS, ASSUMPTIONS, INPUTS), 1)
    for value in [*placed.made, *placed.given]:
        if value.id not in placed.places:
            sheet = _sheet(value)
            placed.places[value.id] = CellPlace(sheet, rows[sheet], 1)
            rows[sheet] += 1
    placed.names.update(_names(placed.given, [value.quantity.key for value in [*placed.given, *placed.made]]))
    return placed


def is_live(value: Value) -> bool:
    """Return whether a spreadsheet can compute the value from its inputs."""
    return bool(value.inputs) and (value.formula is not None or own_function(value.quantity.key, value.inputs) != "")


def below_each_other(blocks: Iterable[Block]) -> Iterator[tuple[int, Block]]:
    """Yield each block with its first row, from 0, an empty row between two on a sheet."""
    rows: dict[str, int] = {}
    for block in blocks:
        row = rows.get(block.sheet, 0)
        yield row, block
        rows[block.sheet] = row + HEAD_ROWS + len(block.lines) + 1


def _names(given: Sequence[Value], keys: Sequence[str]) -> Mapping[str, str]:
    """Return a name for each given figure: of its parameter, else of its quantity, with its subject where needed."""
    names: dict[str, str] = {}
    for value in given:
        key, stated = value.quantity.key, _PARAMETER.fullmatch(value.place)
        name = "_".join(part for part in stated.groups() if part) if stated else key
        if not stated and keys.count(key) > 1:
            name = re.sub(r"[^A-Za-z0-9]+", "_", f"{key} {value.subject}").strip("_")
        taken = sum(other == name or other.startswith(f"{name}__") for other in names.values())
        names[value.id] = f"{name}__{taken + 1}" if taken else name
    return names


def _sheet(value: Value) -> str:
    if is_live(value):
        return STEPS
    return INPUTS if value.status in _OWN else ASSUMPTIONS


def _with_inputs(cells: Iterable[Cell]) -> Iterator[Value]:
    """Yield values and what they, and other cells, are made from, inputs first, each once."""
    yielded: set[str] = set()

    def follow(cell: Cell | float) -> Iterator[Value]:
        if isinstance(cell, str | float) or cell.id in yielded:
            return
        yielded.add(cell.id)
        if isinstance(cell, Live) or is_live(cell):
            for taken in cell.inputs.values():
                for made_from in taken if isinstance(taken, Sequence) else [taken]:
                    yield from follow(made_from)
        if isinstance(cell, Value):
            yield cell

    for cell in cells:
        yield from follow(cell)
