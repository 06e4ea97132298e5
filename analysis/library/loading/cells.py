"""Reads the cells of a CSV file as text, one row a line, and names the line on which the file is damaged."""

import csv
import io
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import pandas as pd

from analysis.errors import InputError, nearest
from analysis.library.loading import file
from analysis.library.loading.columns import TEXT
from analysis.library.loading.fields import CONTROL

_MISSING = "no such file; the data folder must hold it"


def read_cells(path: Path, columns: Sequence[str], absent: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Return the cells of a CSV file with exactly these columns, in any order.

    Args:
        path: The file, UTF-8.
        columns: Names of its columns.
        absent: Those of them that the file may leave out, with the cell that then stands in each row.

    Raises:
        InputError: The file is missing or not readable as UTF-8 CSV, has no rows or a row of another length
            than its head, or a column is missing, unknown or doubled. The message names the file and its line.
    """
    fill = absent or {}
    content = file.content_of(path, missing=_MISSING)
    head, *rows = split(content, str(path), columns, fill.keys())
    if not rows:
        raise InputError(f"{path}: found no rows below the head")
    cells = pd.DataFrame(rows, columns=head, dtype=TEXT)
    return cells.assign(**{name: cell for name, cell in fill.items() if name not in head}).astype(TEXT)


def split(
    content: bytes, place: str, columns: Sequence[str] | None = None, absent: Collection[str] = ()
) -> list[list[str]]:
    """Return the cells of a CSV document, its head first, each row as long as the head.

    Spreadsheets leave the end of the last line out, or blank lines behind it: both are read.

    Raises:
        InputError: It is not readable as UTF-8 CSV, has a row of another length than its head, or a
            column is missing, unknown or doubled. The message names the line.
    """
    head, *rows = _rows(_text(content, place).rstrip("\r\n"), place)
    _check_head(place, head, head if columns is None else columns, absent)
    for index, row in enumerate(rows):
        if len(row) != len(head):
            where = f"{place}, line {line(index)}"
            raise InputError(f"{where}: found {len(row)} cells, allowed are {len(head)}, as in the head")
    return [head, *rows]


def line(index: int) -> int:
    """Return the line of a file on which the row with this index stands (the head is line 1)."""
    return index + 2


def _text(content: bytes, place: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content.count(b"\n", 0, error.start)
        raise InputError(f"{place}, line {before + 1}: not UTF-8 text ({error.reason})") from None
    for number, row in enumerate(text.split("\n"), start=1):
        if control := CONTROL.search(row.removesuffix("\r").replace("\t", " ")):
            raise InputError(f"{place}, line {number}: found the control character {control[0]!r}, allowed is text")
    if not text.strip():
        raise InputError(f"{place}: found nothing in the file")
    return text


def _rows(text: str, place: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    cells: list[list[str]] = []
    try:
        for row in reader:
            cells.append(row)
            if reader.line_num > len(cells):
                raise InputError(f"{place}, line {len(cells)}: found a line break in a cell, allowed is a row a line")
    except csv.Error as error:
        raise InputError(f"{place}, line {len(cells) + 1}: not readable as CSV: {error}") from None
    return cells


def _check_head(place: str, found: Sequence[str], wanted: Sequence[str], absent: Collection[str]) -> None:
    other = next((sign for sign in ";\t|" if len(found) == 1 and sign in found[0]), None)
    if other:
        raise InputError(f"{place}, line 1: found columns apart by {other!r}; allowed is ','")
    for position, name in enumerate(found):
        if name not in wanted:
            raise InputError(f"{place}, line 1: unknown column {name!r}; {nearest(name, wanted)}")
        if name in found[:position]:
            raise InputError(f"{place}, line 1: column {name!r} stands twice")
    if missing := [name for name in wanted if name not in found and name not in absent]:
        raise InputError(f"{place}, line 1: missing column {', '.join(missing)}")
