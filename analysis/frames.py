"""Results as tables that carry their units, sources and assumptions with them, and keep them when exported."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path

import pandas as pd

from analysis.errors import InputError, nearest
from analysis.head_to_head import HeadToHead
from analysis.quantities import quantity
from analysis.statements import given
from analysis.values import Value

SHEETS = ("results", "assumptions")


def frame(pair: HeadToHead) -> pd.DataFrame:
    """Return the levels of both platforms and their ratios, a metric a row.

    `attrs` holds, as plain values, `units` by metric and `assumptions`, the records of every figure that the results
    rest on, each with source, date and status.
    """
    ratios = {key: pair.ratio(key) for key in pair.metrics}
    table = pd.DataFrame(
        {
            "unit": [quantity(key).unit for key in ratios],
            pair.baseline.platform.name: [pair.baseline.levels[key].number for key in ratios],
            pair.subject.platform.name: [pair.subject.levels[key].number for key in ratios],
            "ratio": [value.number for value in ratios.values()],
            "cautions": [", ".join(sorted(value.cautions)) for value in ratios.values()],
        },
        index=pd.Index([quantity(key).name for key in ratios], name="metric"),
    )
    table.attrs = {
        "units": {quantity(key).name: quantity(key).unit for key in ratios},
        "assumptions": [value.record() for value in given(ratios.values())],
    }
    return table


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
