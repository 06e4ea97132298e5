"""What the notebook of a report shows under a scenario: run in a kernel, once for all tests."""

import hashlib

import nbformat
import pytest
from nbval.plugin import IPyNbCell

from analysis.machinery.press.execute import execute
from analysis.machinery.press.jobs import jobs, notebooks
from analysis.machinery.press.outputs import Notebook
from analysis.machinery.press.publish import Job
from analysis.scenario import Scenario, read_scenario
from tests.support.once import once

FAILED = {"output_type": "error"}
"""What a cell under nbval shows that could not be run."""
TELLS_WHAT_WAS_STATED = {"06-procurement-brief"}
"""Where nobody states them, these reports call the same amounts assumed."""


def ran(report: str, scenario: Scenario | None = None) -> Notebook:
    """Return the executed notebook of a report.

    Args:
        report: Name of the report, or its number.
        scenario: The conditions; the published ones if none are given.
    """
    job = _job(report, scenario)

    def executed() -> bytes:
        return nbformat.writes(execute(job.name, job.content, job.parameters)).encode()

    return nbformat.reads(once(_name(job), executed).decode(), as_version=nbformat.NO_CONVERT)


def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """Keep what a report's notebook has shown under nbval: it ran as it is stored, under the published conditions."""
    if isinstance(item, IPyNbCell) and item.path in notebooks() and item.path.stem not in TELLS_WHAT_WAS_STATED:
        item.cell.outputs = getattr(item, "test_outputs", [FAILED])
        if nextitem is None or nextitem.parent is not item.parent:
            outputs = [output for cell in item.parent.nb.cells for output in cell.get("outputs", ())]
            if all(output["output_type"] != FAILED["output_type"] for output in outputs):
                once(_name(_job(item.path.stem)), nbformat.writes(item.parent.nb).encode)


def _job(report: str, scenario: Scenario | None = None) -> Job:
    (path,) = notebooks([report])
    (job,) = jobs(scenario or read_scenario("published"), [], [path])
    return job


def _name(job: Job) -> str:
    asked = hashlib.sha256(repr(sorted(job.parameters.items())).encode()).hexdigest()
    return f"{job.notebook}-{asked[:16]}.ipynb"
