"""From a job to the files of a report: runs its notebook and hands it to the exporters."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from analysis.machinery.press.execute import TIMEOUT_SECONDS, execute
from analysis.machinery.press.fingerprints import code_hash, data_hash, lock_hash
from analysis.machinery.press.front import Link, Order, numbers_of
from analysis.machinery.press.outputs import Notebook

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
        """A hash of all that the report is made from."""
        parts = [asdict(self), data_hash(), code_hash(), lock_hash()]
        return hashlib.sha256(json.dumps(parts, sort_keys=True, default=repr).encode()).hexdigest()


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
    notebook = execute(job.name, job.content, job.parameters, preload=preload, timeout=timeout, data=data)
    return publish(job.notebook, notebook, job.order, job.scenario)


def publish(name: str, notebook: Notebook, order: Order, scenario: str = "") -> dict[str, bytes]:
    """Return the files that are made of an executed notebook, by their paths below the scenario's folder.

    Args:
        name: Name of the report.
        notebook: The notebook.
        order: What is wanted besides.
        scenario: Name of the scenario, for messages.

    Raises:
        InputError: An output of the notebook is not what a report can show, or the report shows a numeral that
            nothing stands behind.
    """
    from analysis.machinery.press.exporters import ORDER, Derivations, Page, Paper

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
    return {**resources["outputs"], **forms}
