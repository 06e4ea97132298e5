"""What the notebook of a report shows under a scenario: run in a kernel, as the press runs it, once for all tests."""

import hashlib

import nbformat

from analysis.machinery.press.execute import execute
from analysis.machinery.press.jobs import jobs, notebooks
from analysis.machinery.press.outputs import Notebook
from analysis.scenario import Scenario, read_scenario
from tests.support.once import once


def ran(report: str, scenario: Scenario | None = None) -> Notebook:
    """Return the executed notebook of a report.

    Args:
        report: Name of the report, or its number.
        scenario: The conditions; the published ones if none are given.
    """
    (path,) = notebooks([report])
    (job,) = jobs(scenario or read_scenario("published"), [], [path])
    asked = hashlib.sha256(repr(sorted(job.parameters.items())).encode()).hexdigest()

    def executed() -> bytes:
        return nbformat.writes(execute(job.name, job.content, job.parameters)).encode()

    made = once(f"{job.notebook}-{asked[:16]}.ipynb", executed)
    return nbformat.reads(made.decode(), as_version=nbformat.NO_CONVERT)
