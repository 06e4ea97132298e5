"""Reads from an executed notebook what its outputs say of themselves."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict

from analysis.errors import InputError
from analysis.library.loading.outside import checked
from analysis.machinery.press.names import decoded, held, slug

Notebook = Mapping[str, Any]


class _File(BaseModel):
    model_config = ConfigDict(strict=True)

    name: str
    base64: str


class _About(BaseModel):
    """What an output can say of itself; which of it must be there is a matter of its kind."""

    model_config = ConfigDict(strict=True)

    kind: str = ""
    name: str = ""
    label: str = ""
    caption: str = ""
    note: str = ""
    alt: str = ""
    csv: str = ""
    quoted: list[str] = []
    finding: bool = False
    file: _File | None = None
    numbers: list[Any] = []
    conclusions: list[Any] = []


def cells(notebook: Notebook) -> Iterator[tuple[Mapping[str, Any], str]]:
    """Yield each cell and its place in words."""
    for position, cell in enumerate(notebook["cells"], start=1):
        yield cell, f"cell {position} of the notebook"


def about(output: Mapping[str, Any], place: str) -> Mapping[str, Any] | None:
    """Return what an output says of itself for the report; None where it says nothing.

    Raises:
        InputError: It is not of the form that it must have.
    """
    said: Mapping[str, Any] | None = output.get("metadata", {}).get("report")
    if said is not None:
        checked(_About, said, f"{place}, report")
    return said


def displays(notebook: Notebook) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any], str]]:
    """Yield of each output of interest what it says of itself, its data by media type, and its place in words."""
    for cell, place in cells(notebook):
        for output in cell.get("outputs", ()):
            report = about(output, place)
            if report is not None:
                yield report, output["data"], place


def title(notebook: Notebook) -> str:
    """Return the heading of level 1 with which the notebook begins, as its Markdown says it; empty without one."""
    for cell, _ in cells(notebook):
        if cell["cell_type"] == "markdown":
            first = cell["source"].lstrip().partition("\n")[0]
            return str(first.removeprefix("# ").strip()) if first.startswith("# ") else ""
    return ""


def data_files(notebook: Notebook) -> dict[str, str]:
    """Return the data of the notebook's figures and tables: CSV text by name.

    Raises:
        InputError: Two outputs share a name and differ, or a name is none.
    """
    found: dict[str, str] = {}
    for report, _, place in displays(notebook):
        if report.get("csv"):
            name = slug(report, place)
            if found.setdefault(name, report["csv"]) != report["csv"]:
                raise InputError(f"{place}: the name {name!r} is already taken by other data")
    return found


def attachments(notebook: Notebook) -> dict[str, bytes]:
    """Return the files that the notebook puts beside the report, by name.

    Raises:
        InputError: Two outputs give different files of one name, or a name is none.
    """
    found: dict[str, bytes] = {}
    for report, _, place in displays(notebook):
        if file := report.get("file"):
            name, content = slug(file, place), decoded(file["base64"], place)
            if found.setdefault(name, content) != content:
                raise InputError(f"{place}: the name {name!r} is already taken by another file")
    return found


def findings(notebook: Notebook) -> list[str]:
    """Return the HTML of the notebook's main findings, in order."""
    return [held(data, "text/html", place) for report, data, place in displays(notebook) if report.get("finding")]
