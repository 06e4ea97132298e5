"""Builds reports: what is to be done, what is already done, and the files that come of it."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from analysis.errors import in_words
from analysis.machinery.press import files, made_from
from analysis.machinery.press.execute import TIMEOUT_SECONDS, execute
from analysis.machinery.press.fingerprints import code_hash, data_hash, lock_hash
from analysis.machinery.press.parallel import completed


@dataclass(frozen=True)
class Job:
    """One report to be built: everything that it depends on, and nothing of the caller's disk.

    Attributes:
        scenario: Name of the scenario; the folder of the report.
        notebook: Name of the notebook; the name of the report.
        content: The notebook's file.
        parameters: Values for its parameter cell.
        front: Fields of `analysis.machinery.press.document.Front`; an empty title is the notebook's own.
        provenance: Labels and texts of how the report is rebuilt.
        forms: "html", "pdf" or both.
        code: Whether the code is folded into the HTML.
        names: Words that hold digits and are no figures, such as products and titles of sources.
        links: Labels and addresses that the page shows at its head.
    """

    scenario: str
    notebook: str
    content: bytes
    parameters: Mapping[str, Any]
    front: Mapping[str, Any]
    provenance: tuple[tuple[str, str], ...]
    forms: tuple[str, ...] = ("html", "pdf")
    code: bool = False
    names: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """Scenario and notebook, as messages name the job."""
        return f"{self.scenario}/{self.notebook}"

    @property
    def key(self) -> str:
        """A hash of all that the report is made from."""
        parts = [asdict(self), data_hash(), code_hash(), lock_hash()]
        return hashlib.sha256(json.dumps(parts, sort_keys=True, default=repr).encode()).hexdigest()


@dataclass(frozen=True)
class Outcome:
    """What became of a job: built, unchanged, failed with a message, or stopped because another failed."""

    job: Job
    state: str
    message: str = ""


def render(
    job: Job, *, preload: bool = False, timeout: int = TIMEOUT_SECONDS, data: Path | None = None
) -> dict[str, bytes]:
    """Return the files of a report, by their paths below the scenario's folder.

    Args:
        job: The report.
        preload: Whether its kernel is forked from a process that has loaded the libraries.
        timeout: The longest that a cell may run, in s.
        data: The data folder, where it is not the one of this process.

    Raises:
        NotebookError: The notebook failed.
        InputError: The report shows a number that nothing stands behind.
    """
    from analysis.machinery.press import publish

    notebook = execute(job.name, job.content, job.parameters, preload=preload, timeout=timeout, data=data)
    return publish.files(
        job.notebook, notebook, job.front, job.provenance, job.forms, job.names, job.links, code=job.code
    )


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
            made = future.result() | made_from.record(
                job.notebook, job.scenario, job.parameters, {f"notebooks/{job.notebook}.ipynb": job.content}
            )
            files.replace(output / job.scenario, job.notebook, job.key, made)
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
