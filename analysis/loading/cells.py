"""Reads the cells of a CSV file as text, a row a line, and says on which line the file is not whole."""

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from analysis.errors import InputError, nearest

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def read(path: Path, columns: Sequence[str]) -> pd.DataFrame:
    """Return the cells of a CSV file with exactly these columns, in any order.

    Args:
        path: The file, UTF-8.
        columns: Names of its columns.

    Raises:
        InputError: The file is missing, cut off or not readable as UTF-8 CSV, has no rows or a row of another length
            than its head, or a column is missing, unknown or doubled. The message names the file and its line.
    """
    head, *rows = _split(path, _text(path))
    _check_head(path, head, columns)
    if not rows:
        raise InputError(f"{path}: found no rows below the head")
    for index, row in enumerate(rows):
        if len(row) != len(head):
            where = f"{path}, line {line(index)}"
            raise InputError(f"{where}: found {len(row)} cells, allowed are {len(head)}, as in the head")
    return pd.DataFrame(rows, columns=head, dtype=str)


def line(index: int) -> int:
    """Return the line of a file on which the row with this index stands (the head is line 1)."""
    return index + 2


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{path}: no such file; the data folder must hold it") from None
    except OSError as error:
        raise InputError(f"{path}: not readable: {error.strerror}") from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content.count(b"\n", 0, error.start)
        raise InputError(f"{path}, line {before + 1}: not UTF-8 text ({error.reason})") from None
    if control := _CONTROL.search(text):
        before = text.count("\n", 0, control.start())
        raise InputError(f"{path}, line {before + 1}: found the control character {control[0]!r}, allowed is text")
    if not text.strip():
        raise InputError(f"{path}: found nothing in the file")
    return text


def _split(path: Path, text: str) -> list[list[str]]:
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    cells: list[list[str]] = []
    try:
        for row in rows:
            cells.append(row)
            if rows.line_num > len(cells):
                raise InputError(f"{path}, line {len(cells)}: found a line break in a cell, allowed is a row a line")
    except csv.Error as error:
        raise InputError(f"{path}, line {len(cells) + 1}: not readable as CSV: {error}") from None
    if not text.endswith("\n"):
        raise InputError(f"{path}, line {len(cells)}: found no end of the line; the file may be cut off")
    return cells


def _check_head(path: Path, found: Sequence[str], wanted: Sequence[str]) -> None:
    for position, name in enumerate(found):
        if name not in wanted:
            raise InputError(f"{path}, line 1: unknown column {name!r}; {nearest(name, wanted)}")
        if name in found[:position]:
            raise InputError(f"{path}, line 1: column {name!r} stands twice")
    if missing := [name for name in wanted if name not in found]:
        raise InputError(f"{path}, line 1: missing column {', '.join(missing)}")
