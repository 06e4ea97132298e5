"""What `fetch` and `import` say of a new snapshot."""

from pathlib import Path

import pandas as pd
import typer

from analysis.library.loading.outside import excerpt
from analysis.library.measurements import Measurements
from analysis.machinery.drift.snapshots import as_lines, compare_snapshots


def print_left_out(measured: Measurements) -> None:
    """Print what was not taken, where something was not."""
    for kind, results in measured.left_out.items():
        typer.echo(f"Left out: {results:,} results of another benchmark, {excerpt(kind)}")


def print_news(path: Path, rows: pd.DataFrame, against: str, before: pd.DataFrame) -> None:
    """Print where a new snapshot stands, what distinguishes it from an older one, and how to use it.

    Args:
        path: Where it was written.
        rows: Its rows.
        against: Name of the older one.
        before: The rows of the older one.
    """
    typer.echo(f"{path}: {len(rows):,} rows measured {rows['date'].min():%Y-%m-%d} to {rows['date'].max():%Y-%m-%d}")
    typer.echo(f"Compared with {against}:")
    for line in as_lines(compare_snapshots(before, rows)):
        typer.echo(line)
    typer.echo(f"To use it, set in a scenario: snapshot: {path.stem}")
