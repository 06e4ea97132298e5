"""What stands in the cells of a workbook, as text: formula or content, its number format, and how it looks."""

import io
from collections.abc import Iterator
from string import ascii_lowercase

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from tests.published.rounded import rounded


def workbook(content: bytes) -> Iterator[str]:
    """Yield the sheets of a workbook, a line for each row, then how the cells look that a letter says it of."""
    formulas = load_workbook(io.BytesIO(content))
    results = load_workbook(io.BytesIO(content), data_only=True)
    looks: dict[str, str] = {}
    for sheet in formulas:
        yield f"sheet {sheet.title}: {_form(sheet)}"
        for row in sheet.iter_rows():
            cells = [cell for cell in row if cell.value is not None]
            said = (_cell(cell, results[sheet.title][cell.coordinate].value, looks) for cell in cells)
            if cells:
                high = sheet.row_dimensions[row[0].row].height
                yield f"  {row[0].row}{f' ({high:g} high)' if high else ''}: {' | '.join(said)}"
    yield from (f"look {letter}: {look}" for look, letter in looks.items())


def _form(sheet: Worksheet) -> str:
    widths = " ".join(f"{one.min}-{one.max} {one.width:g}" for one in sheet.column_dimensions.values())
    page = f"{sheet.page_setup.orientation} {sheet.page_setup.paperSize} {sheet.print_title_rows}"
    foot = f"{sheet.oddFooter.left.text!r} {sheet.oddFooter.right.text!r}"
    return f"columns {widths}; frozen at {sheet.freeze_panes}; lines {sheet.sheet_view.showGridLines}; {page}; {foot}"


def _cell(cell: Cell, result: object, looks: dict[str, str]) -> str:
    letter = looks.setdefault(_look(cell), ascii_lowercase[len(looks)])
    form = "" if cell.number_format == "General" else f" {cell.number_format}"
    formula = f"{cell.value} -> " if cell.data_type == "f" else ""
    return f"{letter}{form} {formula}{rounded(result) if isinstance(result, int | float) else result}"


def _look(cell: Cell) -> str:
    """Of font, area, border and place of a cell what is not plain."""
    font, place = cell.font, cell.alignment
    parts = {
        "size": font.sz,
        "bold": font.b,
        "color": font.color.rgb if font.color and font.color.type == "rgb" else None,
        "area": cell.fill.fgColor.rgb if cell.fill.fill_type else None,
        "below": cell.border.bottom.style if cell.border.bottom else None,
        "across": place.horizontal,
        "upright": place.vertical,
        "wrapped": place.wrap_text,
        "indent": place.indent,
    }
    return ", ".join(f"{name} {part}" for name, part in parts.items() if part)
