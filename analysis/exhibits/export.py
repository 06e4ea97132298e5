"""A table of results as CSV files, with every figure that it rests on beside it."""

import json
from pathlib import Path

import pandas as pd

from analysis.errors import InputError


def export(table: pd.DataFrame, path: Path | str) -> None:
    """Write a table of results as CSV, and beside it, as NAME.assumptions.csv, the figures that it rests on.

    Args:
        table: A table whose `attrs` hold `assumptions`, such as `analysis.comparison.head_to_head.frame` returns.
        path: A file ending in .csv.

    Raises:
        InputError: The ending is another one.
    """
    target = Path(path)
    if target.suffix != ".csv":
        raise InputError(f"{target}: cannot write a file that ends in {target.suffix!r}; allowed is .csv")
    table.to_csv(target, encoding="utf-8-sig")
    assumptions = pd.DataFrame(table.attrs.get("assumptions", []))
    # A cell holds no list: what a figure was made from and its sources are JSON.
    nested = assumptions.map(
        lambda cell: json.dumps(cell, ensure_ascii=False) if isinstance(cell, list | dict) else cell
    )
    nested.to_csv(target.with_suffix(".assumptions.csv"), index=False, encoding="utf-8-sig")
