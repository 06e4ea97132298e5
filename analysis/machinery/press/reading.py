"""Reads an executed notebook once, for all that is made of it: page, paper, check, summary and records."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analysis.errors import InputError
from analysis.library.loading.fields import checked
from analysis.machinery.press import numbers
from analysis.machinery.press.answers import Answer
from analysis.machinery.press.conclusions import Conclusion, conclusions, places
from analysis.machinery.press.document import Document, document
from analysis.machinery.press.numbers import Register
from analysis.machinery.press.outputs import Cell, Notebook, Output, cells, decoded, slug


@dataclass(frozen=True)
class Reading:
    """All that a report takes from its notebook.

    Attributes:
        title: The heading of level 1 with which the notebook begins, as its Markdown says it; empty without one.
        subtitle: The line below it that the notebook's metadata hold, as they say it; empty without one.
        brief: Whether it is made for few pages of paper, and goes without a list of sources there.
        numbers: The register of its numbers.
        places: The identifiers of the numbers shown, by where they stand.
        tables: The data of its figures and tables: CSV text by name.
        files: The files that it puts beside the report, by name.
        findings: Its main findings, as HTML.
        conclusions: What it concludes.
        answers: What it answers, by name.
        document: What it shows, as the one text that all forms are written from.
    """

    title: str
    subtitle: str
    brief: bool
    numbers: Register
    places: Mapping[str, str]
    tables: Mapping[str, str]
    files: Mapping[str, bytes]
    findings: tuple[str, ...]
    conclusions: tuple[Conclusion, ...]
    answers: tuple[Answer, ...]
    document: Document


def read(notebook: Notebook, name: str = "report", *, code: bool = False) -> Reading:
    """Return what a report takes from an executed notebook.

    Raises:
        InputError: What an output shows or says of itself is not what a report can show.
    """
    listed = list(cells(notebook))
    outputs = [output for cell in listed for output in cell.outputs]
    said = notebook["metadata"].get("report", {})
    brief = bool(said.get("brief", False))
    register, files = numbers.register(outputs), attachments(outputs)
    return Reading(
        title=title(listed),
        subtitle=str(said.get("subtitle", "")),
        brief=brief,
        numbers=register,
        places=places(outputs),
        tables=tables(outputs),
        files=files,
        findings=tuple(output.form("text/html") for output in outputs if output.about and output.about.finding),
        conclusions=conclusions(outputs, register),
        answers=tuple(
            answer
            for output in outputs
            if output.about
            for answer in checked(list[Answer], output.about.answers, f"{output.place}, answers")
        ),
        document=document(listed, register, name=name, files=files, code=code, brief=brief),
    )


def title(cells: Iterable[Cell]) -> str:
    """Return the heading of level 1 with which a notebook begins, as its Markdown says it; empty without one."""
    for cell in cells:
        if cell.kind == "markdown":
            first = cell.source.lstrip().partition("\n")[0]
            return first.removeprefix("# ").strip() if first.startswith("# ") else ""
    return ""


def tables(outputs: Iterable[Output]) -> dict[str, str]:
    """Return the data of figures and tables: CSV text by name.

    Raises:
        InputError: Two outputs share a name and differ, or a name is none.
    """
    named: dict[str, str] = {}
    for output in outputs:
        if output.about and output.about.csv:
            name = output.name()
            if named.setdefault(name, output.about.csv) != output.about.csv:
                raise InputError(f"{output.place}: the name {name!r} is already taken by other data")
    return named


def attachments(outputs: Iterable[Output]) -> dict[str, bytes]:
    """Return the files that outputs put beside the report, by name.

    Raises:
        InputError: Two outputs give different files of one name, or a name is none.
    """
    named: dict[str, bytes] = {}
    for output in outputs:
        if output.about and (file := output.about.file):
            name, content = slug(file.name, output.place), decoded(file.base64, output.place)
            if named.setdefault(name, content) != content:
                raise InputError(f"{output.place}: the name {name!r} is already taken by another file")
    return named
