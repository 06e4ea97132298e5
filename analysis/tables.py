"""Reads one table of figures and says exactly where it does not hold what it must."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pandera.errors
import pandera.pandas as pa

from analysis.errors import InputError, nearest

_FLAGS = {"true": True, "false": False}


def read(path: Path, schema: pa.DataFrameSchema) -> pd.DataFrame:
    """Return a CSV file as a table with the schema's types, every cell checked.

    Raises:
        InputError: The file is missing or not readable as UTF-8 CSV, a column is missing or unknown, or a cell
            is not what its column allows. The message names the file and its line.
    """
    text = _cells(path)
    _check_columns(path, list(text.columns), list(schema.columns))
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
    try:
        return schema.validate(table, lazy=True)
    except pandera.errors.SchemaErrors as error:
        raise InputError(_explained(schema, error.failure_cases, name, place)) from None


def line(index: int) -> int:
    """Return the line of a file on which the row with this index stands (the head is line 1)."""
    return index + 2


def _cells(path: Path) -> pd.DataFrame:
    try:
        return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8", index_col=False)
    except FileNotFoundError:
        raise InputError(f"{path}: no such file; the data folder must hold it") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 text ({error.reason} at byte {error.start})") from None
    except (pd.errors.ParserError, pd.errors.EmptyDataError, OSError) as error:
        raise InputError(f"{path}: not readable as CSV: {error}") from None


def _check_columns(path: Path, found: list[str], wanted: list[str]) -> None:
    for name in found:
        if name not in wanted:
            raise InputError(f"{path}, line 1: unknown column {name!r}; {nearest(name, wanted)}")
    if missing := [name for name in wanted if name not in found]:
        raise InputError(f"{path}, line 1: missing column {', '.join(missing)}")


def _typed(path: Path, text: pd.Series, column: pa.Column) -> pd.Series:
    kind = str(column.dtype)
    if kind.startswith("str"):
        return text
    empty = text == ""
    if kind == "bool":
        typed, wanted = text.map(_FLAGS), "true or false"
    elif kind.startswith("datetime"):
        typed, wanted = pd.to_datetime(text, format="%Y-%m-%d", errors="coerce"), "a day, YYYY-MM-DD"
    else:
        typed, wanted = pd.to_numeric(text, errors="coerce"), "a number"
        if kind == "int64":
            typed, wanted = typed.where(typed % 1 == 0), "a whole number"
    wrong = typed.isna() & ~(empty & column.nullable)
    if wrong.any():
        index = int(wrong.to_numpy().argmax())
        raise InputError(
            f"{path}, line {line(index)}, {text.name}: found {text.iloc[index]!r}, allowed is {wanted}"
            + (" or nothing" if column.nullable else "")
        )
    return typed.astype("bool" if kind == "bool" else kind)


def _plain(value: object) -> object:
    """A NumPy number as the number that it is."""
    return value.item() if hasattr(value, "item") else value


def _explained(schema: pa.DataFrameSchema, cases: pd.DataFrame, name: str, place: Callable[[int], str]) -> str:
    cases = cases.assign(failure_case=[_plain(value) for value in cases["failure_case"]])
    case = cases.iloc[0]
    more = f" (and {len(cases) - 1} more like it)" if len(cases) > 1 else ""
    if pd.isna(case["index"]):
        return f"{name}: {case['check']}: found {case['failure_case']!r}{more}"
    where = place(int(case["index"]))
    if case["schema_context"] == "DataFrameSchema":
        if "unique" in str(case["check"]):
            return f"{where}: the key ({', '.join(schema.unique)}) stands here again{more}"
        row = cases[cases["index"] == case["index"]]
        found = ", ".join(
            f"{column} {value!r}" for column, value in zip(row["column"], row["failure_case"], strict=True)
        )
        return f"{where}: found {found}; must be: {case['check']}"
    said = f"{where}, {case['column']}: found {case['failure_case']!r}"
    for check in schema.columns[case["column"]].checks:
        if allowed := check.statistics.get("allowed_values"):
            return f"{said}; {nearest(case['failure_case'], allowed)}{more}"
    return f"{said}, must be {case['check']}{more}"
