"""`analysis sweep`: computes the results of many scenarios and says where they lie."""

import os
import time
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from analysis.library.quantities import DISCLAIMER, SHOWN_HASH, workloads
from analysis.library.writing import held
from analysis.machinery.commands.report import OTHER_FOLDER, OUTPUT
from analysis.machinery.press import files
from analysis.machinery.press.index import write_index
from analysis.machinery.press.made_from import record
from analysis.machinery.receipts.manifest import write_manifest
from analysis.machinery.sweep.cluster import connected, threads
from analysis.machinery.sweep.grid import read_grid
from analysis.machinery.sweep.places import LocalFolder, RemoteFolder
from analysis.machinery.sweep.sweep import ROWS, Sweep
from analysis.machinery.sweep.sweep import sweep as swept

SCENARIOS, PAGE = "scenarios", "map"


def sweep(
    grid: Annotated[str, typer.Argument(help="Name of a grid in data/grids, or a YAML file.")],
    output: Annotated[Path, typer.Option(help="Folder of the results.")] = OUTPUT,
    workers: Annotated[int, typer.Option(min=1, help="Partitions computed at the same time.")] = os.cpu_count() or 1,
    rows: Annotated[int, typer.Option(min=1, max=1 << 22, help="Scenarios of a partition.")] = ROWS,
    dask: Annotated[
        str, typer.Option(help="Compute on a Dask cluster: address of its scheduler, or local:N for N processes.")
    ] = "",
    location: Annotated[
        str, typer.Option(help="Address of a folder that workers put the files into, as fsspec reads it.")
    ] = "",
    fail_fast: Annotated[bool, typer.Option("--fail-fast", help="Stop at the first scenario that fails.")] = False,
    summary: Annotated[bool, typer.Option(help="Write the page that shows the map.")] = True,
    force: Annotated[bool, typer.Option("--force", help="Compute what is unchanged, too.")] = False,
) -> None:
    """Compute a grid of scenarios into OUTPUT/GRID/scenarios/part-*.parquet, and a page that shows the map."""
    started = time.perf_counter()
    whole = Sweep(read_grid(grid), rows)
    folder = output / whole.grid.name
    place = RemoteFolder(location, whole.key) if location else LocalFolder(folder / SCENARIOS, whole.key)
    told = partial(typer.echo, err=True)
    with (
        connected(dask) if dask else threads(workers) as (executor, ahead),
        nullcontext() if location else held(output, told, advice=OTHER_FOLDER),
    ):
        finished = swept(whole, place, executor, ahead=ahead, fail_fast=fail_fast, force=force)
        if isinstance(place, LocalFolder):
            if summary:
                write_summary(whole, place.folder, output)
                write_index(output)
            write_manifest(output)
    for failure in finished.failures:
        typer.echo(f"failed: {failure}", err=True)
    seconds = time.perf_counter() - started
    made = f"{finished.made} partitions made, {finished.kept} kept"
    typer.echo(f"{location or folder / SCENARIOS}: {finished.scenarios:,} scenarios, {made}, {seconds:.1f} s")
    if finished.failures:
        raise typer.Exit(1)


def write_summary(whole: Sweep, folder: Path, output: Path) -> None:
    """Write the page of a finished sweep, if it is not the one that lies there."""
    home = output / whole.grid.name
    if files.current(home, PAGE, whole.key):
        return
    from analysis.machinery.press.front import Order
    from analysis.machinery.press.outputs import notebook_of
    from analysis.machinery.press.publish import publish
    from analysis.machinery.sweep.inputs import inputs_of
    from analysis.machinery.sweep.summary import SweepSummary

    summary = SweepSummary(whole.grid, folder, inputs_of(whole.grid.library, whole.grid.design.words))
    front = {"title": summary.title, "disclaimer": DISCLAIMER}
    made_from = (("Grid", f"{whole.grid.name}.yaml"), ("Sweep", f"SHA-256 {whole.key[:SHOWN_HASH]}"))
    words = (*summary.words, f"sweep {whole.grid.name}", *workloads(whole.grid.library.benchmark))
    made = publish(PAGE, notebook_of(summary.title, summary.shown()), Order(front, made_from, names=words))
    files.replace(home, PAGE, whole.key, made | record(PAGE))
