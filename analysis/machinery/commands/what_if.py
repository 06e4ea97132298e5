"""`analysis what-if`: the page that answers other questions without a network."""

from functools import partial
from typing import Annotated

import typer

from analysis.library.models import snapshot_asked
from analysis.library.sources import SNAPSHOT
from analysis.library.writing import held, put
from analysis.machinery.commands import options
from analysis.machinery.commands.report import OTHER_FOLDER, OUTPUT
from analysis.machinery.press.what_if_link import PAGE
from analysis.machinery.receipts.manifest import write_manifest
from analysis.machinery.whatif import keep


def what_if(
    snapshot: Annotated[str, typer.Option(help="Benchmark rows, a file in data/benchmarks.")] = SNAPSHOT,
    model: Annotated[str, typer.Option(help="Model whose rows answer, in place of a snapshot's name.")] = "",
    output: options.Output = OUTPUT,
    force: Annotated[bool, typer.Option("--force", help="Write the page although nothing changed.")] = False,
) -> None:
    """Write OUTPUT/what-if.html: one page that recomputes the comparison as its reader changes the conditions."""
    if model:
        snapshot = snapshot_asked({"model": model}, lambda _: "--model")["snapshot"]
    page = keep.made(snapshot) if force or not keep.is_current(output, snapshot) else None
    with held(output, partial(typer.echo, err=True), advice=OTHER_FOLDER):
        if page is not None:
            put(output / PAGE, page)
        write_manifest(output)
    typer.echo(f"{output / PAGE}")
