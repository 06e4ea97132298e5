"""`analysis report`: builds reports and says what became of each."""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Annotated, Any, TypeVar
from urllib.parse import quote

import typer

from analysis import scenario as scenarios
from analysis.errors import InputError
from analysis.library.places import DATA
from analysis.library.writing import held
from analysis.machinery.commands import options
from analysis.machinery.commands.pages import Pages
from analysis.machinery.press.build import Outcome, build
from analysis.machinery.press.execute import TIMEOUT_SECONDS
from analysis.machinery.press.files import receipt
from analysis.machinery.press.index import write_index
from analysis.machinery.press.jobs import jobs, notebooks
from analysis.machinery.press.kept import FOLDER as EXECUTED
from analysis.machinery.press.own_scenario import by_notebook
from analysis.machinery.press.publish import ONE_PAGE, Job, prepare
from analysis.machinery.press.scenario_grid import scenarios as of_grid
from analysis.machinery.press.watch import watch
from analysis.machinery.press.work import Work, called, packed, version
from analysis.machinery.receipts.manifest import write_manifest
from analysis.machinery.sweep.cluster import connected, threads

Wanted = TypeVar("Wanted")
OUTPUT = Path("output")
OTHER_FOLDER = "name another folder with --output"


def report(
    notebook: Annotated[list[str] | None, typer.Argument(help="Notebooks to build; all if none is named.")] = None,
    scenario: Annotated[
        list[str] | None,
        typer.Option("--scenario", "-s", help="Name or file of a scenario; without one, a notebook's own cell."),
    ] = None,
    parameter: options.Parameter = None,
    grid: Annotated[Path | None, typer.Option(help="YAML file of many scenarios, in place of --scenario.")] = None,
    output: options.Output = OUTPUT,
    workers: Annotated[int, typer.Option(min=1, help="Reports built at the same time.")] = os.cpu_count() or 1,
    html_only: Annotated[bool, typer.Option("--html-only", help="No PDF.")] = False,
    derivations: Annotated[
        bool, typer.Option("--derivations", help="Print the derivations of all numbers, too, as a PDF of their own.")
    ] = False,
    one_page: Annotated[
        bool, typer.Option("--one-page", help="The answer on a page of its own, too: PDF, PNG and text for a mail.")
    ] = False,
    cold: Annotated[
        bool, typer.Option("--cold", help="Start each kernel on its own, not as a fork of one that has loaded all.")
    ] = False,
    dask: Annotated[
        str, typer.Option(help="Build on a Dask cluster: address of its scheduler, or local:N for N processes.")
    ] = "",
    timeout: Annotated[
        int, typer.Option(min=1, help="Seconds that a cell of a notebook may run at most.")
    ] = TIMEOUT_SECONDS,
    fail_fast: Annotated[bool, typer.Option("--fail-fast", help="Stop at the first report that fails.")] = False,
    code: Annotated[bool, typer.Option("--code", help="Fold the code into the HTML.")] = False,
    watching: Annotated[bool, typer.Option("--watch", help="Build again at each change, and show the page.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Build what is unchanged, too.")] = False,
) -> None:
    """Build reports: OUTPUT/SCENARIO/NOTEBOOK.html and .pdf, and OUTPUT/index.html."""
    started = time.perf_counter()
    overrides = parameter or []
    paths = notebooks(notebook or [])
    forms = _forms(html_only, {"derivations": derivations, ONE_PAGE: one_page})
    named = [(one, paths) for one in _asked(scenario or [], grid, overrides)]
    planned = named or by_notebook(paths, overrides)
    asked = [one for one, _ in named or planned[:1]]
    new = force or any(receipt(output / one.name, path.stem) is None for one, its_own in planned for path in its_own)
    elsewhere: Callable[[Callable[[], Any]], Any] = called
    if new and not (cold or dask):
        from analysis.machinery.press.kernels import aside, load_ahead

        elsewhere = aside if load_ahead(prepare, first=_queue(paths)[:workers]) else called
    wanted = [
        job
        for one, its_own in planned
        for job in jobs(one, overrides, its_own, forms, code=code, grid=grid.name if grid else "")
    ]
    if watching:
        shown = f"{quote(wanted[0].name)}.html" if len(wanted) == 1 else "index.html"
        watch(shown, output, [*paths, *(path for one in asked for path in one.folder.glob("*.yaml"))], typer.echo)
    work = Work(cold, timeout, executed=output / EXECUTED, again=force, elsewhere=elsewhere)
    if dask:
        work = Work(cold, timeout, version(), packed(DATA))
    with (
        connected(dask) if dask else threads(workers) as (executor, ahead),
        held(output, partial(typer.echo, err=True), advice=OTHER_FOLDER),
        ThreadPoolExecutor(1) as here,
    ):
        pages = Pages(asked, output, elsewhere, here if dask else executor, here)
        if len(wanted) <= workers:  # of many, after the first: what the pages need is loaded by then
            pages.begin()
        with _progress(len(wanted)) as advanced:

            def told(outcome: Outcome) -> None:
                advanced(outcome)
                pages.begin()

            outcomes = build(
                _queue(wanted), output, executor, force=force, work=work, ahead=ahead, fail_fast=fail_fast, told=told
            )
        pairs = any("baseline" in job.parameters for job in wanted)
        failed = pages.failed([path.stem for path in paths], pairs=pairs)
        told_of = [*outcomes[-1:], *outcomes[:-1]]
        failed += [f"{outcome.message}{_varied(outcome, wanted)}" for outcome in told_of if outcome.state == "failed"]
        for message in failed:
            typer.echo(f"failed: {message}", err=True)
        index = write_index(output)
        write_manifest(output)
    good = sum(outcome.state in ("built", "unchanged") for outcome in outcomes)
    typer.echo(f"{index}: {good} of {len(outcomes)} reports, {time.perf_counter() - started:.1f} s")
    if failed:
        raise typer.Exit(1)


def _queue(listed: list[Wanted]) -> list[Wanted]:
    """Return in which order notebooks, or reports, begin: the first is the shortest, so that little ends alone."""
    return [*listed[1:], *listed[:1]]


def _forms(html_only: bool, printed: Mapping[str, bool]) -> tuple[str, ...]:
    """Return the forms that are wanted of each report, of which some are printed."""
    wanted = [form for form, is_wanted in printed.items() if is_wanted]
    if html_only and wanted:
        raise InputError(f"found --html-only and --{wanted[0]}, allowed is one of them")
    return ("html",) if html_only else ("html", "pdf", *wanted)


def _asked(names: list[str], grid: Path | None, overrides: list[str]) -> list[scenarios.Scenario]:
    """Return the scenarios that are named, or those of a grid."""
    if grid is None:
        files: dict[str, Path] = {}
        for name in names:
            path = scenarios.scenario_file(name)
            if files.setdefault(path.stem, path).resolve() != path.resolve():
                raise InputError(f"{path}: its reports would lie where those of {files[path.stem]} lie; rename one")
        return [scenarios.read_scenario(str(path), overrides) for path in files.values()]
    if names:
        raise InputError("found --scenario and --grid, allowed is one of them")
    return of_grid(grid, scenarios.changes(overrides))


def _varied(failed: Outcome, jobs: list[Job]) -> str:
    """Return the parameters of a failed report that are not the same in all reports of its notebook."""
    own = failed.job.parameters
    others = [job.parameters for job in jobs if job.notebook == failed.job.notebook]
    varied = [f"{name}={value}" for name, value in own.items() if any(other[name] != value for other in others)]
    return f" ({', '.join(varied)})" if varied else ""


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
