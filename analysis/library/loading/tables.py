"""Reads one table of figures and says exactly where it does not hold what it must."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import pandera.errors
import pandera.pandas as pa

from analysis.errors import InputError, nearest
from analysis.library.loading import cells
from analysis.library.loading.cells import line
from analysis.library.loading.fields import EARLIEST, ISO_DAY, LATEST

__all__ = ["line", "read_table", "validated"]

SPACE = re.compile(r"\s")
_FLAGS = {"true": True, "false": False}
_EMPTY = "not_nullable"  # what pandera calls the check that a cell holds something


def read_table(path: Path, schema: pa.DataFrameSchema, absent: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Return a CSV file as a table with the schema's types, every cell checked.

    Args:
        path: The file.
        schema: What it must hold.
        absent: Columns that the file may leave out beside those that the schema does not require, with the cell
            that then stands in each row.

    Raises:
        InputError: The file is missing or not readable as UTF-8 CSV, has no rows, a row of another length than its
            head, a column that is missing, unknown or doubled, or a cell that is not what its column allows. The
            message names the file and its line.
    """
    optional = {name: _empty(column) for name, column in schema.columns.items() if not column.required}
    text = cells.read_cells(path, list(schema.columns), {**optional, **(absent or {})})
    table = pd.DataFrame({name: _typed(path, text[name], column) for name, column in schema.columns.items()})
    return validated(table, schema, str(path), lambda index: f"{path}, line {line(index)}")


def validated(
    table: pd.DataFrame, schema: pa.DataFrameSchema, name: str, place: Callable[[int], str]
) -> pd.DataFrame:
    """Return a table that already has the schema's types, every cell checked.

    Args:
        table: The table; its index is whole numbers.
        schema: What it must hold.
        name: How messages name the table.
        place: How messages name the row with this index.

    Raises:
        InputError: A cell is not what its column allows, or a key stands twice.
    """
    if _is_allowed(table, schema):
        return table
    try:
        return schema.validate(table, lazy=True)
    except pandera.errors.SchemaErrors as error:
        raise InputError(_explained(schema, error.failure_cases, name, place)) from None


def _is_allowed(table: pd.DataFrame, schema: pa.DataFrameSchema) -> bool:
    """Return whether a table holds what it must; what it does not hold, pandera says, which takes far longer."""
    if table.columns.symmetric_difference([*schema.columns]).size:
        return False
    for name, column in schema.columns.items():
        cells = table[name]
        if cells.dtype != column.dtype.type or (cells.hasnans and not column.nullable):
            return False
        if not all(check(cells).check_passed for check in column.checks):
            return False
    if schema.unique and table.duplicated(schema.unique).any():
        return False
    return all(check(table).check_passed for check in schema.checks)


def _empty(column: pa.Column) -> str:
    """Return the cell of a column that a file leaves out: nothing, or zero where nothing is no number."""
    return "" if column.nullable or str(column.dtype).startswith("str") else "0"


def _typed(path: Path, text: pd.Series, column: pa.Column) -> pd.Series:
    kind = str(column.dtype)
    if kind.startswith("str"):
        return text
    cells = text.to_numpy(dtype=object)
    if kind == "bool":
        typed, wanted = np.array([_FLAGS.get(cell) for cell in cells]), "true or false"
        wrong = pd.isna(typed)
    elif kind.startswith("datetime"):
        shaped = text.where(text.str.fullmatch(ISO_DAY))
        days, wanted = pd.to_datetime(shaped, format="%Y-%m-%d", errors="coerce"), "a day, YYYY-MM-DD"
        typed, wrong = days.to_numpy(), ~days.dt.year.between(EARLIEST.year, LATEST.year).to_numpy()
    else:
        if SPACE.search("".join(cells)):  # asked of each cell only where one has some
            cells = np.array([None if SPACE.search(cell) else cell for cell in cells])
        typed, wanted = pd.to_numeric(cells, errors="coerce"), "a number"
        wrong = np.isnan(typed)
        if kind == "int64":
            wrong, wanted = ~((np.floor(typed) == typed) & (np.abs(typed) < 2**63)), "a whole number"
    if column.nullable and wrong.any():
        wrong &= (text != "").to_numpy()
    if wrong.any():
        index = int(wrong.argmax())
        raise InputError(
            f"{path}, line {line(index)}, {text.name}: found {text.iloc[index]!r}, allowed is {wanted}"
            + (" or nothing" if column.nullable else "")
        )
    return pd.Series(typed.astype(kind), text.index, name=text.name)


def _explained(schema: pa.DataFrameSchema, cases: pd.DataFrame, name: str, place: Callable[[int], str]) -> str:
    # What is wrong with a cell says more than what is wrong with its row.
    case = cases.sort_values("schema_context", kind="stable").iloc[0]
    like = cases[(cases["check"] == case["check"]) & (cases["schema_context"] == case["schema_context"])]
    count = like["index"].nunique() if case["schema_context"] == "DataFrameSchema" else len(like)
    more = f" (and {count - 1} more like it)" if count > 1 else ""
    if pd.isna(case["index"]):
        return f"{name}: {case['check']}: found {_plain(case['failure_case'])!r}{more}"
    where = place(int(case["index"]))
    if case["schema_context"] != "DataFrameSchema":
        cell = _plain(case["failure_case"])
        checks = schema.columns[case["column"]].checks
        return f"{where}, {case['column']}: found {cell!r}; {_allowed(checks, case['check'], cell)}{more}"
    if "unique" in str(case["check"]):
        return f"{where}: the key ({', '.join(schema.unique)}) stands here again{more}"
    row = like[like["index"] == case["index"]].set_index("column")["failure_case"]
    (check,) = [check for check in schema.checks if check.error == case["check"]]
    cells = {column: _plain(row.get(column, "")) for column in (check.statistics or {})["columns"]}
    words = ", ".join(f"{column} {cell!r}" for column, cell in cells.items())
    return f"{where}: found {words}; {_allowed([check], case['check'], ' in '.join(map(str, cells.values())))}{more}"


def _allowed(checks: list[pa.Check], failed: str, found: object) -> str:
    for check in checks:
        if allowed := (check.statistics or {}).get("allowed_values"):
            return nearest(str(found), allowed)
    return "allowed is a value" if failed == _EMPTY else f"allowed is {failed}"


def _plain(value: object) -> object:
    """A NumPy number as the number that it is."""
    return value.item() if hasattr(value, "item") else value
