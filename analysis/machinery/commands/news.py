"""What `fetch` and `import` say of a new snapshot."""

import shlex
from collections import Counter
from pathlib import Path

import pandas as pd
import typer

from analysis.library.loading.fields import excerpt
from analysis.library.loading.snapshots import Snapshot
from analysis.library.measurements import Measurements
from analysis.library.places import COMMAND
from analysis.machinery.drift.snapshots import as_lines, compare_snapshots
from analysis.scenario import Parameters

SHOWN = 12
"""Notes and rows that are printed one by one, at most."""


def print_left_out(measured: Measurements) -> None:
    """Print what was not taken, where something was not."""
    for kind, results in measured.left_out.items():
        typer.echo(f"Left out: {results:,} of {excerpt(kind)}")


def print_notes(measured: Measurements) -> None:
    """Print what must be known of how the measurements were read; what is known of many of them, once."""
    places = Counter(note.partition(": ")[2] for note in measured.notes)
    first = {note.partition(": ")[2]: note.partition(": ")[0] for note in measured.notes[::-1]}
    for said, count in list(places.items())[:SHOWN]:
        where = first[said] if count == 1 else f"{first[said]} and {count - 1:,} more"
        typer.echo(f"note: {where}: {said}")
    if len(places) > SHOWN:
        typer.echo(f"note: and {len(places) - SHOWN:,} more")


def print_news(path: Path, rows: pd.DataFrame, against: str, before: pd.DataFrame) -> None:
    """Print where a new snapshot stands, what distinguishes it from an older one, and how to use it."""
    typer.echo(f"{path}: {len(rows):,} rows measured {_days(rows)}")
    typer.echo(f"Compared with {against}:")
    for line in as_lines(compare_snapshots(before, rows)):
        typer.echo(line)
    typer.echo(f"To use it: {COMMAND} report -p snapshot={path.stem} -p as_of={rows['date'].max():%Y-%m-%d}")


def print_own(path: Path, snapshot: Snapshot, own: Snapshot, base: str) -> None:
    """Print the rows of a reader, where they stand, and what a report of them must be asked."""
    rows = own.rows
    count = f"{len(rows):,} row{'s' * (len(rows) > 1)}"
    typer.echo(f"{path}: {count} of {own.origins[0].publisher}, {own.model}, measured {_days(rows)}")
    for row in rows.head(SHOWN).itertuples():
        typer.echo(
            f"  {row.hardware} {row.framework} {row.precision} {row.speculative_decoding}, "
            f"ISL/OSL {row.input_tokens}/{row.output_tokens}, concurrency {row.concurrency}: "
            f"{row.interactivity_median:,.4g} tok/s/user, {row.throughput_per_gpu:,.5g} tok/s/GPU"
        )
    if len(rows) > SHOWN:
        typer.echo(f"  and {len(rows) - SHOWN:,} more")
    if base:
        typer.echo(f"They stand beside the {len(snapshot.rows) - len(rows):,} rows of {base} and replace none.")
    wanted = needed(path.stem, rows, alone=not base) | {"organization": own.origins[0].publisher}
    asked = " ".join(f"-p {shlex.quote(f'{name}={value}')}" for name, value in wanted.items())
    reports = "01-published-comparison" if base else "02-measured-benchmark 06-procurement-brief"
    typer.echo(f"To use them: {COMMAND} report {reports} {asked}")


def needed(snapshot: str, rows: pd.DataFrame, *, alone: bool) -> dict[str, object]:
    """Return the parameters that a report of a reader's rows needs, where they are not the usual ones."""
    usual = Parameters.gathered({})
    fastest = rows.loc[rows["interactivity_median"].idxmax()]
    hardware = str(fastest["hardware"])
    roles = ("baseline", "subject") if alone else ("baseline",) if hardware == usual.baseline else ("subject",)
    wanted: dict[str, object] = {
        **dict.fromkeys(roles, hardware),
        "input_tokens": int(fastest["input_tokens"]),
        "output_tokens": int(fastest["output_tokens"]),
    }
    if fastest["interactivity_median"] < usual.minimum_interactivity:
        wanted["minimum_interactivity"] = float(f"{fastest['interactivity_median'] * 0.999:.3g}")
    changed = {name: value for name, value in wanted.items() if value != getattr(usual, name)}
    last = max(usual.as_of, rows["date"].max().date())
    return {"snapshot": snapshot, "as_of": last.isoformat()} | changed


def _days(rows: pd.DataFrame) -> str:
    return f"{rows['date'].min():%Y-%m-%d} to {rows['date'].max():%Y-%m-%d}"
