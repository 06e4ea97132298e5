"""Writes the sheets of a workbook: texts as texts, given values as figures, all others as formulas."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from math import ceil, isfinite
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from analysis.exhibits.workbook.cells import Cell, Live, measured, number_format
from analysis.exhibits.workbook.layout import (
    FIRST_COLUMN,
    HEAD_ROWS,
    Block,
    CellPlace,
    Layout,
    Line,
    below_each_other,
)
from analysis.exhibits.workbook.looks import LEGEND, Looks, height
from analysis.library.quantities import spoken
from analysis.library.values import CAUTIONS, Value

COVER, SOURCES = "Read me", "Sources"
GIVEN_COLUMNS = {
    "Figure": 46, "Value": 14, "Unit": 15, "Name": 30, "What it counts": 34, "Status": 13, "As of": 12, "Source": 30,
    "Place": 34, "Note": 50,
}  # fmt: skip
STEP_COLUMNS = {"Figure": 60, "Value": 16, "Unit": 15, "Equation": 80}
_SOURCE_COLUMNS = {"Source": 30, "Title": 60, "Publisher": 24, "Published": 12, "Address": 60}
_LABEL, _UNIT, _RESULT, _MONTH = 44, 14, 17, 11
_CHART_ROWS = 20
_NARROW = 30  # columns from which on they are narrow, such as months
_PAGE = 200  # signs across a page that can still be read
_FOOTER = "&L&8Informational only. No financial advice. Do your own research.&R&8&A, page &P of &N"
_UNDATED = "2000-01-01"
_NAMES = "Each given figure has a name, by which formulas call it; the sheets behind list them."


class Sheets:
    """The sheets of a workbook, in the order in which they are written."""

    def __init__(self, book: Workbook, places: Layout) -> None:
        """Begin a workbook; dated by its newest value, it has the same bytes whenever it is written."""
        self._book, self._layout = book, places
        self._looks = Looks(book)
        newest = max((value.as_of for value in places.given), default="")
        book.set_properties({"created": datetime.fromisoformat(newest or _UNDATED)})
        for identifier, name in places.names.items():
            book.define_name(name, f"={places.places[identifier].cell}")

    def cover(self, title: str, notes: Sequence[str]) -> None:
        """Write what the workbook is."""
        sheet = self._sheet(COVER, [110])
        self._book.set_properties({"title": title, "created": self._book.doc_properties["created"]})
        sheet.write_string(0, 0, title, self._looks.format("title"))
        lines = [*((note, "text") for note in (*notes, _NAMES)), ("", "text")]
        lines += [(meaning, style) for style, meaning in LEGEND.items()]
        for row, (text, style) in enumerate(lines, start=2):
            sheet.set_row(row, height([text], [110]))
            sheet.write_string(row, 0, text, self._looks.format(style if style == "text" else f"{style}, told"))

    def results(self, blocks: Sequence[Block]) -> None:
        """Write the blocks, those of a sheet one below the other."""
        sheets = {
            name: self._sheet(name, _widths(blocks, name)) for name in dict.fromkeys(block.sheet for block in blocks)
        }
        for first, block in below_each_other(blocks):
            self._block(sheets[block.sheet], first, block)
        on_first = [block for block in blocks if block.sheet == blocks[0].sheet]
        last, block = [*below_each_other(on_first)][-1]
        for number, (first, charted) in enumerate(placed for placed in below_each_other(blocks) if placed[1].chart):
            below = last + HEAD_ROWS + len(block.lines) + 1 + number * _CHART_ROWS
            self._chart(sheets[blocks[0].sheet], below, CellPlace(charted.sheet, first, FIRST_COLUMN), charted)

    def _block(self, sheet: Worksheet, first: int, block: Block) -> None:
        sheet.freeze_panes(0, FIRST_COLUMN)
        sheet.repeat_columns(0, FIRST_COLUMN - 1)
        widths = _widths([block], block.sheet)
        sheet.write_string(first, 0, block.title, self._looks.format("heading"))
        sheet.set_row(first + 1, height(block.columns, widths[FIRST_COLUMN:]))
        units = [_units(line) for line in block.lines]
        for column, head in enumerate(("", "Unit" if any(units) else "", *block.columns)):
            sheet.write_string(first + 1, column, head, self._looks.format("number head" if column > 1 else "head"))
        for row, (line, unit) in enumerate(zip(block.lines, units, strict=True), start=first + HEAD_ROWS):
            label = str(line.label.shown) if isinstance(line.label, Live) else line.label
            sheet.set_row(row, height([label], widths))
            sheet.write_string(row, 0, label, self._looks.format("label" if line.cells else "part"))
            sheet.write_string(row, 1, unit, self._looks.format("text"))
            for column, cell in enumerate(line.cells, start=FIRST_COLUMN):
                if cell is not None:
                    self._cell(sheet, CellPlace(block.sheet, row, column), cell)

    def listed(self, name: str, columns: Mapping[str, int]) -> None:
        """Write the values of a sheet, one a row."""
        rows = []
        for value in self._layout.on(name):
            about = {
                "Figure": f"{value.quantity.title}, {value.subject}",
                "Unit": value.quantity.unit,
                "What it counts": ", ".join(value.kinds.values()),
                "Name": self._layout.names.get(value.id, ""),
                "Status": str(value.status),
                "As of": value.as_of,
                "Source": ", ".join(source.id for source in value.sources),
                "Place": value.place,
                "Note": value.note,
                "Equation": spoken(value.formula) if value.formula else "",
            }
            rows.append([about.get(head, "") for head in columns])
        sheet = self._table(name, columns, rows)
        for value in self._layout.on(name):
            self._cell(sheet, self._layout.places[value.id], value)

    def sources(self) -> None:
        """Write where the given figures were read."""
        cited = {source.id: source for value in self._layout.given for source in value.sources}
        listed = [source for _, source in sorted(cited.items())]
        rows = [[source.id, source.title, source.publisher, source.published, source.url] for source in listed]
        self._table(SOURCES, _SOURCE_COLUMNS, rows)

    def _table(self, name: str, columns: Mapping[str, int], rows: Sequence[Sequence[str]]) -> Worksheet:
        sheet = self._sheet(name, list(columns.values()))
        for column, head in enumerate(columns):
            sheet.write_string(0, column, head, self._looks.format("number head" if head == "Value" else "head"))
        for row, texts in enumerate(rows, start=1):
            sheet.set_row(row, height(texts, list(columns.values())))
            for column, text in enumerate(texts):
                sheet.write_string(row, column, text, self._looks.format("text"))
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        return sheet

    def _sheet(self, name: str, widths: Sequence[int]) -> Worksheet:
        sheet = self._book.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.fit_to_pages(ceil(sum(widths) / _PAGE), 0)
        sheet.set_footer(_FOOTER)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        return sheet

    def _cell(self, sheet: Worksheet, at: CellPlace, cell: Cell) -> None:
        """Write a cell at its own place and a reference to it elsewhere; infinity is written as text."""
        if isinstance(cell, str):
            sheet.write_string(at.row, at.column, cell, self._looks.format("text"))
            return
        shown = cell.shown if isinstance(cell, Live) else cell.number if isfinite(cell.number) else cell.show()
        amount = measured(cell)
        pattern = number_format(amount, shown) if amount and not isinstance(shown, str) else "General"
        place = self._layout.places[cell.id]
        formula = self._layout.formula(cell) if place == at else self._layout.names.get(cell.id) or place.cell
        if formula:
            sheet.write_formula(at.row, at.column, f"={formula}", self._looks.format("made", pattern), shown)
            return
        style = "given" if amount else "made" if not isinstance(shown, str) else "text"
        if isinstance(cell, Value):
            style = "fixed" if cell.inputs else "doubtful" if cell.status in CAUTIONS else "given"
        sheet.write(at.row, at.column, shown, self._looks.format(style, pattern))
        if style != "fixed" and amount:
            sheet.data_validation(at.row, at.column, at.row, at.column, _allowed(amount.title, amount.unit))

    def _chart(self, sheet: Worksheet, below: int, at: CellPlace, block: Block) -> None:
        """Draw the lines of a block whose first value stands at a place."""
        chart, last = self._book.add_chart({"type": "line"}), at.column + block.charted - 1
        for row, _ in enumerate(block.lines[: block.drawn or None], start=at.row + HEAD_ROWS):
            chart.add_series({
                "name": [at.sheet, row, 0],
                "categories": [at.sheet, at.row + 1, at.column, at.row + 1, last],
                "values": [at.sheet, row, at.column, row, last],
            })  # fmt: skip
        chart.set_title({"name": block.chart, "name_font": {"size": 11}})
        chart.set_size({"width": 900, "height": 360})
        sheet.fit_to_pages(1, 1)
        sheet.insert_chart(below, 0, chart, {"description": block.chart})


def _widths(blocks: Sequence[Block], sheet: str) -> list[int]:
    """Return the widths of a sheet's columns: a single one may hold words, many are months."""
    on_sheet = [block for block in blocks if block.sheet == sheet]
    most = max(len(block.columns) for block in on_sheet)
    width = _LABEL if most == 1 else _MONTH if most > _NARROW else _RESULT
    units = any(_units(line) for block in on_sheet for line in block.lines)
    return [_LABEL, _UNIT if units else 2, *[width] * most]


def _units(line: Line) -> str:
    """Return the unit of a line's cells; empty where they have none or several."""
    units = {amount.unit for cell in line.cells if not isinstance(cell, str | None) and (amount := measured(cell))}
    return units.pop() if len(units) == 1 else ""


def _allowed(title: str, unit: str) -> dict[str, Any]:
    """Return what may be entered for a figure: a number, which is none below 0."""
    told = f"{title}: a number, 0 or more" + (f", in {unit}" if unit else "")
    return {"validate": "decimal", "criteria": ">=", "value": 0, "error_title": "Not a figure", "error_message": told}
