"""Results as tables that carry their units, sources and assumptions with them, and keep them when exported."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path

import pandas as pd

from analysis.errors import InputError, nearest
from analysis.library.values import Value, given

SHEETS = ("results", "assumptions")


def assumptions_frame(values: Iterable[Value]) -> pd.DataFrame:
    """Return every figure that the values rest on, a row each, with source, date and status."""
    return _flat([value.record() for value in given(values)])


def export(table: pd.DataFrame, path: Path | str) -> None:
    """Write a table of results with its assumptions.

    Args:
        table: A table whose `attrs` hold `assumptions`, such as `frame` returns.
        path: A file ending in .csv (the assumptions go beside it, NAME.assumptions.csv), .parquet (they go into the
            file's metadata) or .xlsx (they go on a second sheet).

    Raises:
        InputError: The ending is another one.
    """
    target = Path(path)
    writers: dict[str, Callable[[pd.DataFrame, Path], None]] = {
        ".csv": _to_csv,
        ".parquet": _to_parquet,
        ".xlsx": _to_xlsx,
    }
    if target.suffix not in writers:
        raise InputError(f"{target}: cannot write a file that ends in {target.suffix!r}; {nearest('', writers)}")
    writers[target.suffix](table, target)


def _flat(records: list[dict[str, object]]) -> pd.DataFrame:
    rows = pd.DataFrame(records)
    lists = [name for name in rows if any(isinstance(value, list | dict) for value in rows[name])]
    return rows.assign(
        **{name: rows[name].map(lambda value: json.dumps(value, ensure_ascii=False)) for name in lists}
    )


def _to_csv(table: pd.DataFrame, path: Path) -> None:
    table.to_csv(path)
    _flat(table.attrs.get("assumptions", [])).to_csv(path.with_suffix(".assumptions.csv"), index=False)


def _to_parquet(table: pd.DataFrame, path: Path) -> None:
    table.to_parquet(path)


def _to_xlsx(table: pd.DataFrame, path: Path) -> None:
    with pd.ExcelWriter(path, engine="xlsxwriter") as book:
        table.to_excel(book, sheet_name=SHEETS[0])
        _flat(table.attrs.get("assumptions", [])).to_excel(book, sheet_name=SHEETS[1], index=False)
