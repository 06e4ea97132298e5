"""`analysis diff`: says what changed between two builds, two snapshots or two vintages."""

from pathlib import Path
from typing import Annotated

import typer

from analysis.machinery.commands import options
from analysis.machinery.drift.compare import drift
from analysis.machinery.drift.computed import sides
from analysis.machinery.drift.forms import as_json, as_text


def diff(
    before: Annotated[str, typer.Argument(help="Folder of reports, or name of a snapshot or a vintage.")],
    after: Annotated[str, typer.Argument(help="Another of the same kind.")],
    scenario: Annotated[
        str, typer.Option("--scenario", "-s", help="Scenario that snapshots or vintages are asked.")
    ] = "published",
    parameter: options.Parameter = None,
    json: options.AsJson = False,
    page: Annotated[Path | None, typer.Option(help="HTML file to write the answer to, as a page.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 if a conclusion is another one.")] = False,
) -> None:
    """Compare two builds, two snapshots or two vintages.

    Told are the conclusions that flip, the numbers that moved most, and what went in.
    """
    differences = drift(*sides(before, after, scenario, parameter or []))
    if page:
        from analysis.machinery.drift.page import write_page

        typer.echo(f"{write_page(differences, page)}", err=True)
    typer.echo(as_json(differences) if json else as_text(differences), nl=False)
    if strict and differences.flips:
        raise typer.Exit(1)
