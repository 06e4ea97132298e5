"""`analysis refresh`: the newest rows of every model, and a page of what moved, conclusions that flip first."""

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from analysis.errors import InputError
from analysis.library.loading import new_snapshots, snapshots
from analysis.library.loading.fields import iso_day
from analysis.library.loading.snapshots import Snapshot
from analysis.library.measurements.formats import inferencex
from analysis.library.models import Model, listed
from analysis.library.places import DATA, ROOT, demand_own
from analysis.library.writing import put
from analysis.machinery.commands import options
from analysis.machinery.commands.fetch import asked, dated_name
from analysis.machinery.drift.changes import Flip
from analysis.machinery.drift.compare import Drift, drift
from analysis.machinery.drift.computed import sides
from analysis.machinery.drift.forms import as_text
from analysis.machinery.drift.snapshots import as_lines, compare_snapshots

PAGE = ROOT / "output" / "refresh.md"
FENCE = "~~~~"


@dataclass(frozen=True)
class Refreshed:
    """What the newest rows of a model change.

    Attributes:
        model: Its name.
        told: One line on what was fetched, or why it was not.
        conclusions: What a report concludes differently; None where none of its conclusions can be compared.
        rows: What changed among the rows and the points of their frontiers, as lines.
        failed: Whether the rows could not be had.
    """

    model: str
    told: str
    conclusions: Drift | None = None
    rows: tuple[str, ...] = ()
    failed: bool = False


def refresh(
    base_url: options.ApiAddress = inferencex.API,
    date: options.AskedDay = "",
    scenario: Annotated[str, typer.Option("--scenario", "-s", help="Whose conclusions are compared.")] = "published",
    page: Annotated[Path, typer.Option(help="File that tells what moved, Markdown.")] = PAGE,
) -> None:
    """Fetch every model of data/models.csv as dated snapshots beside the old ones, and tell what moved."""
    demand_own(DATA)
    day = iso_day(date) if date else datetime.datetime.now(datetime.UTC).date()
    done = []
    for model in listed(DATA):
        done.append(refreshed(model, day, base_url, scenario, dated=bool(date)))
        typer.echo(f"{model.name}: {done[-1].told}")
    page.parent.mkdir(parents=True, exist_ok=True)
    put(page, as_page(done, day).encode())
    typer.echo(page)
    if all(one.failed for one in done):
        raise InputError(f"none of {len(done)} models could be fetched; the page tells why")


def refreshed(model: Model, day: datetime.date, base_url: str, scenario: str, *, dated: bool) -> Refreshed:
    """Fetch one model's rows as a snapshot of a day, and compare them with the newest that were at hand.

    Where it is dated, the API is asked as of that day; what is compared are the conclusions of a scenario, too.
    """
    folder, title = DATA / "benchmarks", f"{dated_name(model.name)}-{day}"
    before = newest_at_hand(folder, model, title)
    try:
        new_snapshots.free_path(folder, title)
        measured, origin = asked(model.name, day, DATA, base_url, {"date": str(day)} if dated else {}, title)
        old = snapshots.read_snapshot(folder, before).rows if before else None
        if old is not None and old.equals(measured.rows):
            return Refreshed(model.name, f"unchanged since {before}")
        path = new_snapshots.write_snapshot(Snapshot(measured.rows, model.name, (origin,)), folder, title)
    except InputError as error:
        return Refreshed(model.name, f"not fetched: {error}", failed=True)
    left_out = sum(measured.left_out.values())
    told = f"{path.stem}, {len(measured.rows):,} rows until {measured.rows['date'].max():%Y-%m-%d}"
    told += f"; {left_out:,} results left out" if left_out else ""
    if old is None:
        return Refreshed(model.name, f"{told}; none were at hand")
    rows = tuple(as_lines(compare_snapshots(old, measured.rows)))
    return Refreshed(model.name, f"{told}; before: {before}", _concluded(before, title, day, scenario), rows)


def newest_at_hand(folder: Path, model: Model, title: str) -> str:
    """Return the last fetched snapshot of a model before one of that title, or else the one that its row names."""
    stem = f"{dated_name(model.name)}-20"
    fetched = [name for name in snapshots.snapshot_names(folder) if name.startswith(stem) and name < title]
    return max(fetched, default=model.snapshot)


def _concluded(before: str, after: str, day: datetime.date, scenario: str) -> Drift | None:
    try:
        return drift(*sides(before, after, scenario, [f"as_of={day}"]))
    except InputError:  # the scenario's platforms were not measured with this model, or not at its speed
        return None


def as_page(done: list[Refreshed], day: datetime.date) -> str:
    """Return what moved as a page in Markdown: conclusions that flip first, then each model."""
    compared = [(one.model, one.conclusions) for one in done if one.conclusions]
    flips = [f"- **{model}**, {_flip(flip)}" for model, concluded in compared for flip in concluded.flips]
    none = f"None. Models whose conclusions could be compared: {len(compared)} of {len(done)}."
    lines = [f"# Newest rows, {day}", "", "## Conclusions that flip", "", *(flips or [none])]
    lines += ["", "## Models", "", *(f"- **{one.model}**: {one.told}" for one in done)]
    for one in done:
        if one.rows:
            told = [as_text(one.conclusions)] if one.conclusions else []
            lines += ["", f"## {one.model}", "", FENCE, *one.rows, "", *told, FENCE]
    return "\n".join(lines) + "\n"


def _flip(flip: Flip) -> str:
    before, after = (side.words if side else "none" for side in (flip.before, flip.after))
    said = flip.after or flip.before
    return f"{flip.id}: {before} → {after}" + (f" ({said.sentence})" if said and said.sentence else "")
