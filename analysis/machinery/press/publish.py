"""From a job to the files of a report: runs its notebook and hands it to the exporters."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from analysis.library.places import LOCK
from analysis.machinery.press import fingerprints, kept, made_from, used
from analysis.machinery.press.execute import TIMEOUT_SECONDS, USED, execute
from analysis.machinery.press.front import Link, Order, numbers_of
from analysis.machinery.press.outputs import Notebook

ONE_PAGE = "one-page"
INDEX = Link("All reports", "../index.html")


@dataclass(frozen=True)
class Job:
    """One report to be built: everything that it depends on, and nothing of the caller's disk.

    Attributes:
        scenario: Name of the scenario; the folder of the report.
        notebook: Name of the notebook; the name of the report.
        content: The notebook's file.
        parameters: Values for its parameter cell.
        order: What is wanted besides.
    """

    scenario: str
    notebook: str
    content: bytes
    parameters: Mapping[str, Any]
    order: Order

    @property
    def name(self) -> str:
        """Scenario and notebook, as messages name the job."""
        return f"{self.scenario}/{self.notebook}"

    @property
    def key(self) -> str:
        """A hash of all that the report is made from, but for the files that its notebook uses."""
        parts = [asdict(self), made_from.versions(), fingerprints.sums(_press())]
        return hashlib.sha256(json.dumps(parts, sort_keys=True, default=repr).encode()).hexdigest()


@cache
def _press() -> frozenset[str]:
    """Return the files of the project with which each report is made, whatever its notebook."""
    return frozenset({*used.modules(f"import {__name__}"), LOCK.name})


def prepare() -> None:
    """Load, and work out, what every report asks for, so that no process that is forked for one needs to."""
    import papermill  # noqa: F401

    from analysis.machinery.press import exporters, templates  # noqa: F401

    templates.compiled()
    _press()
    made_from.made_with()
    used.opened(())
    kept.run_key(b'{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}', {})


def render(
    job: Job,
    *,
    cold: bool = False,
    timeout: int = TIMEOUT_SECONDS,
    data: Path | None = None,
    executed: Path | None = None,
    again: bool = False,
) -> dict[str, bytes]:
    """Return the files of a report, by their paths below the scenario's folder.

    Args:
        job: The report.
        cold: Whether its kernel is a process of its own, not forked from one that has loaded the libraries.
        timeout: The longest that a cell may run, in s.
        data: The data folder, where it is not the one of this process.
        executed: A folder that keeps what ran, so that what did not change need not run again.
        again: Whether it runs again all the same.

    Raises:
        NotebookError: The notebook failed.
        InputError: The report shows a number that nothing stands behind.
    """
    path, key = (executed or Path()) / f"{job.name}.json.gz", kept.run_key(job.content, job.parameters)
    notebook = None if again or executed is None else kept.kept(path, key, fingerprints.files(), job.content)
    if notebook is None:
        notebook = execute(job.name, job.content, job.parameters, cold=cold, timeout=timeout, data=data)
        if executed is not None:
            kept.keep(path, key, fingerprints.sums(notebook.metadata[USED]), notebook)
    sums = fingerprints.sums({*notebook.metadata[USED], *_press()}, data)
    order = replace(job.order, provenance=(*job.order.provenance, *made_from.made_with(sums)))
    made = publish(job.notebook, notebook, order, job.scenario)
    return made | made_from.record(job.notebook, job.scenario, job.parameters, sums, job.content)


def publish(name: str, notebook: Notebook, order: Order, scenario: str = "") -> dict[str, bytes]:
    """Return the files that are made of an executed notebook, by their paths below the scenario's folder.

    Raises:
        InputError: An output of the notebook is not what a report can show, or the report shows a numeral that
            nothing stands behind.
    """
    from analysis.machinery.press.exporters import ORDER, REPORT, Derivations, Page, Paper

    printed = {
        "pdf": Link("PDF", f"{quote(name)}.pdf"),
        "derivations": Link("Derivations (PDF)", f"{quote(name)}.derivations.pdf"),
    }
    papers = [link for form, link in printed.items() if form in order.forms]
    order = replace(order, links=(INDEX, *papers, numbers_of(name), *order.links))
    resources: dict[str, Any] = {"metadata": {"name": name, "path": scenario}, ORDER: order}
    forms = {}
    for exporter in (Page, Paper, Derivations):
        if exporter.form in order.forms:
            content, resources = exporter().from_notebook_node(notebook, resources)
            forms[name + resources["output_extension"]] = content if isinstance(content, bytes) else content.encode()
    if ONE_PAGE in order.forms:
        forms |= {name + end: content for end, content in resources[REPORT].one_page.items()}
    return {**resources["outputs"], **forms}
