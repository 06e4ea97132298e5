"""`analysis what-if`: the page that answers other questions without a network."""

from pathlib import Path
from typing import Annotated

import typer

from analysis.commands.report import OUTPUT
from analysis.receipts.manifest import write_manifest
from analysis.report.files import held
from analysis.sources import SNAPSHOT
from analysis.whatif.keep import write


def what_if(
    snapshot: Annotated[str, typer.Option(help="Benchmark rows, a file in data/benchmarks.")] = SNAPSHOT,
    output: Annotated[Path, typer.Option(help="Folder of the reports.")] = OUTPUT,
    force: Annotated[bool, typer.Option("--force", help="Write the page although nothing changed.")] = False,
) -> None:
    """Write OUTPUT/what-if.html: one page that recomputes the comparison as its reader changes the conditions."""
    with held(output, lambda message: typer.echo(message, err=True)):
        typer.echo(f"{write(output, snapshot, force=force)}")
        write_manifest(output)
