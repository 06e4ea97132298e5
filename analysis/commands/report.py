"""`analysis report`: builds reports and says what became of each."""

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Annotated

import typer

from analysis import scenario as scenarios
from analysis.jobs import jobs, notebooks
from analysis.report.build import Outcome, build

OUTPUT = Path("output")


def report(
    notebook: Annotated[list[str] | None, typer.Argument(help="Notebooks to build, all if none is named.")] = None,
    scenario: Annotated[list[str], typer.Option("--scenario", "-s", help="Name or file of a scenario.")] = [
        "published"
    ],  # noqa: B006
    parameter: Annotated[
        list[str] | None, typer.Option("--parameter", "-p", help="name=value in place of the scenario's.")
    ] = None,
    output: Annotated[Path, typer.Option(help="Folder of the reports.")] = OUTPUT,
    workers: Annotated[int, typer.Option(min=1, help="Reports built at the same time.")] = os.cpu_count() or 1,
    html_only: Annotated[bool, typer.Option("--html-only", help="No PDF.")] = False,
    code: Annotated[bool, typer.Option("--code", help="Fold the code into the HTML.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Build what is unchanged, too.")] = False,
) -> None:
    """Build reports into output/SCENARIO/NOTEBOOK.html and .pdf."""
    started = time.perf_counter()
    overrides = parameter or []
    paths = notebooks(notebook or [])
    forms = ("html",) if html_only else ("html", "pdf")
    wanted = [
        job
        for name in dict.fromkeys(scenario)
        for job in jobs(scenarios.read(name, overrides), overrides, paths, forms, code=code)
    ]
    with ThreadPoolExecutor(workers) as executor, _progress(len(wanted)) as told:
        outcomes = build(wanted, output, executor, force=force, told=told)
    from analysis.report.contents import write_index

    index = write_index(output)
    failed = [outcome for outcome in outcomes if outcome.state == "failed"]
    for outcome in failed:
        typer.echo(f"failed: {outcome.message}", err=True)
    typer.echo(
        f"{index}: {len(outcomes) - len(failed)} of {len(outcomes)} reports in {time.perf_counter() - started:.1f} s"
    )
    if failed:
        raise typer.Exit(1)
