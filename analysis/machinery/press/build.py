"""Builds reports: what is to be done, what is already done, and the files that come of it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from analysis.errors import in_words
from analysis.machinery.press import files
from analysis.machinery.press.publish import Job, render

Task = TypeVar("Task")
Made = TypeVar("Made")


@dataclass(frozen=True)
class Outcome:
    """What became of a job: built, unchanged, failed with a message, or stopped because another failed."""

    job: Job
    state: str
    message: str = ""


def build(
    jobs: Sequence[Job],
    output: Path,
    executor: Executor,
    *,
    force: bool = False,
    work: Callable[[Job], dict[str, bytes]] = render,
    ahead: int = 4,
    fail_fast: bool = False,
    told: Callable[[Outcome], None] = lambda outcome: None,
) -> list[Outcome]:
    """Build the reports that are not there yet, in parallel, and return what became of each, in the jobs' order.

    A report is skipped when it was built from the very same things and its files are still what they were. Files of
    a report are written when all of them are made, so a job that fails leaves the last good report as it was.

    Args:
        jobs: The reports wanted.
        output: The folder of all reports.
        executor: Where the work is done; `work` travels there with each job.
        force: Whether to build what is unchanged, too.
        work: What makes the files of a report.
        ahead: How many reports wait or are built there at most.
        fail_fast: Whether the first report that fails stops those that wait.
        told: Called with each outcome as it is known.
    """
    outcomes: dict[str, Outcome] = {}

    def finish(job: Job, state: str, message: str = "") -> None:
        outcomes[job.name] = Outcome(job, state, message)
        told(outcomes[job.name])

    def changed() -> Iterator[Job]:
        for job in jobs:
            if not force and files.current(output / job.scenario, job.notebook, job.key):
                finish(job, "unchanged")
            else:
                yield job

    for job, future in completed(executor, work, changed(), ahead):
        try:
            files.replace(output / job.scenario, job.notebook, job.key, future.result())
        except Exception as error:
            finish(job, "failed", _said(job, error))
            if fail_fast:
                break
        else:
            finish(job, "built")
    return [outcomes.get(job.name, Outcome(job, "stopped")) for job in jobs]


def _said(job: Job, error: Exception) -> str:
    """What ended a report, in words that begin with its name."""
    said = in_words(error)
    return said if said.startswith(job.name) else f"{job.name}: {said}"


def completed(
    executor: Executor, work: Callable[[Task], Made], tasks: Iterable[Task], ahead: int
) -> Iterator[tuple[Task, Future[Made]]]:
    """Yield each task with what becomes of it, as they finish; of those that have finished by then, in their order.

    A few tasks are ahead of those that are done, so that neither they nor their results pile up. Stopping the
    iteration cancels the tasks that have not started.

    Args:
        executor: Where the work is done.
        work: What is done with a task; it travels there with each.
        tasks: Asked for one by one.
        ahead: How many wait or run at most.
    """
    waiting: dict[Future[Made], Task] = {}
    try:
        for task in tasks:
            waiting[executor.submit(work, task)] = task
            if len(waiting) >= ahead:
                yield from _done(waiting)
        while waiting:
            yield from _done(waiting)
    finally:
        for future in waiting:
            future.cancel()


def _done(waiting: dict[Future[Made], Task]) -> Iterator[tuple[Task, Future[Made]]]:
    done = wait(waiting, return_when=FIRST_COMPLETED).done
    for future in [one for one in waiting if one in done]:
        yield waiting.pop(future), future
