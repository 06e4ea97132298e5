"""What an executed notebook shows: its cells, and what each output says of itself, read or refused."""

import base64
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Protocol

from pydantic import BaseModel, BeforeValidator, ConfigDict

from analysis.errors import InputError
from analysis.library.loading.fields import checked, excerpt

Notebook = Mapping[str, Any]
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
HEADING = re.compile(r"^#{1,6} +(.+)$", re.MULTILINE)
INJECTED = "injected-parameters"
ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


def _from_text(records: Any) -> Any:
    """Records travel as one text of JSON, or as they are."""
    return json.loads(records) if isinstance(records, str) else records


class File(BaseModel):
    """A file that an output puts beside the report."""

    model_config = ConfigDict(strict=True)

    name: str
    base64: str


class About(BaseModel):
    """What an output can say of itself; which of it must be there is a matter of its kind."""

    model_config = ConfigDict(strict=True)

    kind: str = ""
    name: str = ""
    label: str = ""
    caption: str = ""
    note: str = ""
    html: str = ""
    alt: str = ""
    csv: str = ""
    quoted: list[str] = []
    finding: bool = False
    file: File | None = None
    numbers: Annotated[list[Any], BeforeValidator(_from_text)] = []
    conclusions: list[Any] = []
    answers: list[Any] = []


@dataclass(frozen=True)
class Output:
    """One output of a cell.

    Attributes:
        forms: What it is, by media type.
        about: What it says of itself for the report; None where it says nothing.
        place: Where it stands, as messages name it.
        section: The last heading above it.
    """

    forms: Mapping[str, Any]
    about: About | None
    place: str
    section: str = ""

    @property
    def html(self) -> str:
        """Its form as HTML; empty without one."""
        return str(self.forms.get("text/html", ""))

    def form(self, mime: str) -> str:
        """Return the form of a media type, which must be there."""
        return held(self.forms, mime, self.place)

    def said(self, key: str) -> str:
        """Return what it says of itself under a key, which must be there."""
        return held(vars(self.about), key, self.place)

    def name(self, key: str = "name") -> str:
        """Return its name, which becomes part of an address and of a file name."""
        return slug(self.said(key), self.place, key)


@dataclass(frozen=True)
class Cell:
    """One cell of a notebook: prose or code, what is attached to it, and what it shows."""

    kind: str
    source: str
    place: str
    outputs: tuple[Output, ...] = ()
    attachments: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


class Showable(Protocol):
    """What a report can show."""

    def for_report(self) -> tuple[dict[str, str], dict[str, Any]]:
        """Return its forms by media type, and what it says of itself under `report`."""


def cells(notebook: Notebook) -> Iterator[Cell]:
    """Yield the cells of an executed notebook.

    Raises:
        InputError: What an output says of itself is not of the form that it must have.
    """
    section = ""
    for place, cell in zip(places_in_lab(notebook["cells"]), notebook["cells"], strict=True):
        if cell["cell_type"] == "markdown":
            section = (HEADING.findall(cell["source"]) or [section])[-1].strip()
        outputs = tuple(_output(output, place, section) for output in cell.get("outputs", ()))
        yield Cell(cell["cell_type"], cell["source"], place, outputs, cell.get("attachments", {}))


def places_in_lab(cells: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield where each cell stands, by the number that JupyterLab shows beside the code; text stands below one.

    The cell in which papermill sets the parameters is none of the notebook's own, and is that of the parameters.
    """
    number = 0
    for cell in cells:
        is_code, tags = cell["cell_type"] == "code", cell.get("metadata", {}).get("tags", ())
        number += is_code and INJECTED not in tags
        yield f"cell [{number}]" if is_code else f"the text below cell [{number}]"


def _output(output: Mapping[str, Any], place: str, section: str) -> Output:
    said = output.get("metadata", {}).get("report")
    about = None if said is None else checked(About, said, f"{place}, report")
    if output["output_type"] == "error":
        forms = {"text/plain": ANSI.sub("", "\n".join(output["traceback"]))}
    else:
        forms = output.get("data", {"text/plain": output.get("text", "")})
    if about and about.html:  # without what a notebook adds to it where no style sheet is
        forms = {**forms, "text/html": about.html}
    return Output(forms, about, place, section)


def notebook_of(title: str, things: Iterable[Showable | str]) -> Any:
    """Return an executed notebook, without a run, that shows things under a title; a text is Markdown."""
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

    cells = [new_markdown_cell(f"# {title}")]
    for thing in things:
        if isinstance(thing, str):
            cells.append(new_markdown_cell(thing))
            continue
        data, metadata = thing.for_report()
        cells.append(new_code_cell("", outputs=[new_output("display_data", data, metadata=metadata)]))
    for position, cell in enumerate(cells):
        cell["id"] = f"cell-{position}"
    return new_notebook(cells=cells)


def held(mapping: Mapping[str, Any], key: str, place: str) -> str:
    """Return a text that must be there.

    Raises:
        InputError: It is missing, empty or no text.
    """
    value = mapping.get(key)
    if not isinstance(value, str) or not value.strip():
        raise InputError(f"{place}: an output of the report must carry {key!r}, and it is {value!r}")
    return value


def slug(name: str, place: str, key: str = "name") -> str:
    """Return a name as it is.

    Raises:
        InputError: It holds anything but letters, digits, '.', '-' and '_'.
    """
    if not NAME.fullmatch(name):
        raise InputError(f"{place}: report.{key} {name!r} may hold letters, digits, '.', '-' and '_' only")
    return name


def decoded(text: str, place: str) -> bytes:
    """Return what base64 stands for, broken into lines or not.

    Raises:
        InputError: It is none.
    """
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except ValueError as error:
        raise InputError(f"{place}: found {excerpt(text)}; not readable as base64: {error}") from None
