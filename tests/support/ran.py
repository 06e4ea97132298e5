"""What the notebook of a report shows under a scenario: run in a kernel, as the press runs it, once for all tests."""

import hashlib
from pathlib import Path

import nbformat

from analysis.library.writing import held, put
from analysis.machinery.press.execute import execute
from analysis.machinery.press.jobs import jobs, notebooks
from analysis.machinery.press.outputs import Notebook
from analysis.machinery.press.publish import Job
from analysis.scenario import Scenario, read_scenario


def ran(report: str, scenario: Scenario | None = None, *, store: Path | None = None) -> Notebook:
    """Return the executed notebook of a report.

    Args:
        report: Name of the report, or its number.
        scenario: The conditions; the published ones if none are given.
        store: A folder that keeps what ran; who comes while another process runs the notebook waits for it.
    """
    (path,) = notebooks([report])
    (job,) = jobs(scenario or read_scenario("published"), [], [path])
    if store is None:
        return _executed(job)
    asked = hashlib.sha256(repr(sorted(job.parameters.items())).encode()).hexdigest()
    file = store / asked[:16] / f"{job.notebook}.ipynb"
    with held(store / f"{asked[:16]}-{job.notebook}"):
        if not file.is_file():
            put(file, nbformat.writes(_executed(job)).encode())
    return nbformat.reads(file.read_text(encoding="utf-8"), as_version=nbformat.NO_CONVERT)


def _executed(job: Job) -> Notebook:
    return execute(job.name, job.content, job.parameters)
