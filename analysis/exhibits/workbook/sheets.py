"""Writes the sheets of a workbook: texts as texts, given values as figures, all others as formulas."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from math import ceil, isfinite
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from analysis.exhibits.spoken import spoken
from analysis.exhibits.workbook.expressions import number_format
from analysis.exhibits.workbook.layout import (
    FIRST_COLUMN,
    HEAD_ROWS,
    RESULTS,
    Block,
    CellPlace,
    Layout,
    Line,
    below_each_other,
)
from analysis.library.values import CAUTIONS, Value

COVER, SOURCES = "Read me", "Sources"
GIVEN_COLUMNS = {
    "Figure": 46, "Value": 14, "Unit": 15, "What it counts": 34, "Status": 13, "As of": 12, "Source": 30,
    "Place": 34, "Note": 50,
}  # fmt: skip
STEP_COLUMNS = {"Figure": 60, "Value": 16, "Unit": 15, "Equation": 80}
_SOURCE_COLUMNS = {"Source": 30, "Title": 60, "Publisher": 24, "Published": 12, "Address": 60}
_LABEL, _UNIT, _RESULT = 44, 14, 17
_FOOTER = "&L&8Informational only. No financial advice. Do your own research.&R&8&A, page &P of &N"
_UNDATED = "2000-01-01"
_PAPER_A4 = 9
_LINE = 15  # height of a line of text, in points
_HEAD = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "bg_color": "#EEF2F6"}
_STYLES: Mapping[str, Mapping[str, Any]] = {
    "title": {"bold": True, "font_size": 16},
    "heading": {"bold": True, "font_size": 12, "font_color": "#0B5C7A"},
    "head": _HEAD | {"align": "left", "indent": 1},
    "number head": _HEAD | {"align": "right"},
    "text": {"text_wrap": True, "valign": "top", "align": "left", "indent": 1},
    "label": {"valign": "top"},
    "part": {"bold": True, "valign": "top"},
    "given": {"font_color": "#0000FF", "bg_color": "#FFFBE6", "valign": "top"},
    "doubtful": {"font_color": "#0000FF", "bg_color": "#FFE3C2", "valign": "top"},
    "made": {"valign": "top"},
}
_LEGEND = {
    "given": "A given figure. Change it, and everything that rests on it follows.",
    "doubtful": "A given figure that is a placeholder, an estimate, interpolated, modeled or assumed, or found by a "
    "search.",
    "made": "Computed from other cells by an equation of the analysis.",
}


class Sheets:
    """The sheets of a workbook, in the order in which they are written."""

    def __init__(self, book: Workbook, places: Layout) -> None:
        """Begin a workbook; dated by its newest value, it has the same bytes whenever it is written."""
        self._book, self._layout = book, places
        self._formats: dict[tuple[str, str], Format] = {}
        newest = max((value.as_of for value in places.given), default="")
        book.set_properties({"created": datetime.fromisoformat(newest or _UNDATED)})

    def cover(self, title: str, notes: Sequence[str]) -> None:
        """Write what the workbook is."""
        sheet = self._sheet(COVER, [110])
        sheet.write_string(0, 0, title, self._format("title"))
        for row, note in enumerate(notes, start=2):
            sheet.write_string(row, 0, note, self._format("text"))
        for row, (style, meaning) in enumerate(_LEGEND.items(), start=len(notes) + 3):
            sheet.write_string(row, 0, meaning, self._format(style))

    def results(self, blocks: Sequence[Block]) -> None:
        """Write the blocks, one below the other."""
        most = max((len(block.columns) for block in blocks), default=0)
        sheet = self._sheet(RESULTS, [_LABEL, _UNIT, *[_RESULT] * most])
        sheet.freeze_panes(0, FIRST_COLUMN)
        for first, block in below_each_other(blocks):
            sheet.write_string(first, 0, block.title, self._format("heading"))
            sheet.set_row(first + 1, _height(block.columns, [_RESULT] * most))
            for column, head in enumerate(("", "Unit", *block.columns)):
                style = "head" if column < FIRST_COLUMN else "number head"
                sheet.write_string(first + 1, column, head, self._format(style))
            for row, line in enumerate(block.lines, start=first + HEAD_ROWS):
                self._line(sheet, row, line)

    def listed(self, name: str, columns: Mapping[str, int]) -> None:
        """Write the values of a sheet, one a row."""
        rows = []
        for value in self._layout.on(name):
            about = {
                "Figure": f"{value.quantity.title}, {value.subject}",
                "Unit": value.quantity.unit,
                "What it counts": ", ".join(value.kinds.values()),
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
            self._value(sheet, self._layout.places[value.id], value)

    def sources(self) -> None:
        """Write where the given figures were read."""
        cited = {source.id: source for value in self._layout.given for source in value.sources}
        rows = [
            [source.id, source.title, source.publisher, source.published, source.url]
            for _, source in sorted(cited.items())
        ]
        self._table(SOURCES, _SOURCE_COLUMNS, rows)

    def _table(self, name: str, columns: Mapping[str, int], rows: Sequence[Sequence[str]]) -> Worksheet:
        sheet = self._sheet(name, list(columns.values()))
        for column, head in enumerate(columns):
            sheet.write_string(0, column, head, self._format("number head" if head == "Value" else "head"))
        for row, texts in enumerate(rows, start=1):
            sheet.set_row(row, _height(texts, list(columns.values())))
            for column, text in enumerate(texts):
                sheet.write_string(row, column, text, self._format("text"))
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        return sheet

    def _sheet(self, name: str, widths: Sequence[int]) -> Worksheet:
        sheet = self._book.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(_PAPER_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(_FOOTER)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        return sheet

    def _line(self, sheet: Worksheet, row: int, line: Line) -> None:
        sheet.write_string(row, 0, line.label, self._format("label" if line.values else "part"))
        for column, value in enumerate(line.values, start=FIRST_COLUMN):
            if value is not None:
                sheet.write_string(row, 1, value.quantity.unit, self._format("text"))
                self._value(sheet, CellPlace(RESULTS, row, column), value)

    def _value(self, sheet: Worksheet, at: CellPlace, value: Value) -> None:
        """Write a value at its own place and a reference to it elsewhere; infinity is written as text."""
        number = value.number if isfinite(value.number) else value.show()
        place = self._layout.places[value.id]
        formula = place.cell if place != at else self._layout.formula(value)
        if formula:
            style = self._format("made", number_format(value.quantity, value.number))
            sheet.write_formula(at.row, at.column, f"={formula}", style, number)
        else:
            doubtful = value.status in CAUTIONS or value.inputs
            style = self._format("doubtful" if doubtful else "given", number_format(value.quantity, value.number))
            sheet.write(at.row, at.column, number, style)

    def _format(self, style: str, pattern: str = "General") -> Format:
        if (style, pattern) not in self._formats:
            self._formats[style, pattern] = self._book.add_format({**_STYLES[style], "num_format": pattern})
        return self._formats[style, pattern]


def _height(texts: Sequence[str], widths: Sequence[int]) -> int:
    """Return the height of a row that shows its texts whole, in points; not every spreadsheet sets it by itself."""
    lines = (ceil(len(text) / (width - 2)) for text, width in zip(texts, widths, strict=False))
    return _LINE * max(lines, default=1) or _LINE
