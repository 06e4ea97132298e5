"""A workbook that goes on computing: inputs, assumptions with sources, and results as formulas of a spreadsheet."""

import base64
import html
import io
from collections.abc import Sequence

from xlsxwriter import Workbook

from analysis.exhibits.statements import Shown
from analysis.exhibits.workbook.cells import Cell, Function, Live, again, live, measured
from analysis.exhibits.workbook.layout import ASSUMPTIONS, INPUTS, STEPS, Block, Line, layout
from analysis.exhibits.workbook.sheets import GIVEN_COLUMNS, STEP_COLUMNS, Sheets

__all__ = ["MIME", "Block", "Cell", "Function", "Line", "Live", "again", "attached", "live", "measured", "workbook"]

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def attached(name: str, title: str, blocks: Sequence[Block], notes: Sequence[str] = ()) -> Shown:
    """Return a paragraph that links to a workbook, and with it the workbook, for the report to put beside itself."""
    file = f"{name}.xlsx"
    content = base64.b64encode(workbook(title, blocks, notes)).decode()
    return Shown(
        "<p>The same figures as a workbook with live formulas, from inputs and assumptions to results: "
        f'<a href="{html.escape(file)}">{html.escape(file)}</a></p>',
        {"kind": "text", "file": {"name": file, "mime": MIME, "base64": content}},
    )


def workbook(title: str, blocks: Sequence[Block], notes: Sequence[str] = ()) -> bytes:
    """Return a workbook in which every computed value is a formula over the cells of its inputs.

    The results stand on one sheet as they are given; what they are made from stands on others, down to the given
    figures with their sources. A value that no formula made is a figure like a given one. The same content gives the
    same bytes.

    Raises:
        ValueError: Cells that a spreadsheet's own function takes do not stand one below the other.
    """
    file = io.BytesIO()
    with Workbook(file, _OPTIONS) as book:
        sheets = Sheets(book, layout(blocks))
        sheets.cover(title, notes)
        sheets.results(blocks)
        sheets.listed(STEPS, STEP_COLUMNS)
        sheets.listed(ASSUMPTIONS, GIVEN_COLUMNS)
        sheets.listed(INPUTS, GIVEN_COLUMNS)
        sheets.sources()
    return file.getvalue()
