"""`analysis report`: builds reports and says what became of each."""

import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from analysis import scenario as scenarios
from analysis.jobs import jobs, notebooks
from analysis.report.build import Outcome, build
from analysis.report.contents import write_index

OUTPUT = Path("output")


def report(
    notebook: Annotated[list[str] | None, typer.Argument(help="Notebooks to build; all if none is named.")] = None,
    scenario: Annotated[
        list[str] | None, typer.Option("--scenario", "-s", help="Name or file of a scenario.")
    ] = None,
    parameter: Annotated[
        list[str] | None, typer.Option("--parameter", "-p", help="name=value, for the scenario's.")
    ] = None,
    output: Annotated[Path, typer.Option(help="Folder of the reports.")] = OUTPUT,
    workers: Annotated[int, typer.Option(min=1, help="Reports built at the same time.")] = os.cpu_count() or 1,
    html_only: Annotated[bool, typer.Option("--html-only", help="No PDF.")] = False,
    code: Annotated[bool, typer.Option("--code", help="Fold the code into the HTML.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Build what is unchanged, too.")] = False,
) -> None:
    """Build reports: OUTPUT/SCENARIO/NOTEBOOK.html and .pdf, and OUTPUT/index.html."""
    started = time.perf_counter()
    overrides = parameter or []
    paths = notebooks(notebook or [])
    forms = ("html",) if html_only else ("html", "pdf")
    wanted = [
        job
        for name in dict.fromkeys(scenario or ["published"])
        for job in jobs(scenarios.read(name, overrides), overrides, paths, forms, code=code)
    ]
    with ThreadPoolExecutor(workers) as executor, _progress(len(wanted)) as told:
        outcomes = build(wanted, output, executor, force=force, told=told)
    index = write_index(output)
    failed = [outcome for outcome in outcomes if outcome.state == "failed"]
    for outcome in failed:
        typer.echo(f"failed: {outcome.message}", err=True)
    good = len(outcomes) - len(failed)
    typer.echo(f"{index}: {good} of {len(outcomes)} reports, {time.perf_counter() - started:.1f} s")
    if failed:
        raise typer.Exit(1)


@contextmanager
def _progress(total: int) -> Iterator[Callable[[Outcome], None]]:
    """Yield what to call with each outcome: a bar on a terminal, plain lines elsewhere."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda outcome: typer.echo(f"{outcome.state}: {outcome.job.name}", err=True)
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("reports"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("reports", total=total)

        def told(outcome: Outcome) -> None:
            bar.console.print(f"{outcome.state}: {outcome.job.name}")
            bar.advance(task)

        yield told
