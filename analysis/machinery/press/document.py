"""Makes of an executed notebook one pandoc Markdown document, which all forms of a report are written from."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analysis.machinery.press import displays, templates
from analysis.machinery.press.displays import Block, Counters
from analysis.machinery.press.numbers import Register, register
from analysis.machinery.press.outputs import Notebook, about, cells

CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")  # no page can show them


@dataclass(frozen=True)
class Logo:
    """A picture of the organization, shown at the head."""

    content: bytes
    mime: str


@dataclass(frozen=True)
class Front:
    """What a report says of itself before it begins; every field is text and appears literally."""

    title: str
    subtitle: str = ""
    organization: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    audience: str = ""
    confidentiality: str = ""
    accent: str = "#0b5c7a"
    logo: Logo | None = None
    disclaimer: str = ""
    attribution: tuple[str, ...] = ()
    language: str = "en"
    brief: bool = False


@dataclass(frozen=True)
class Provenance:
    """What a report was made from: labels and texts in the order in which they are shown."""

    entries: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Document:
    """A notebook as one Markdown text.

    Attributes:
        markdown: The text; blocks made by the report are fenced and carry the token as their class.
        token: A word that the notebook's prose cannot hold, since it is made from all of the notebook.
        pictures: The files that the text names.
        numbers: The register of its numbers.
        equations: Labels of the equations that it shows.
    """

    markdown: str
    token: str
    pictures: Mapping[str, bytes]
    numbers: Register
    equations: frozenset[str]


def document(
    notebook: Notebook, *, data_folder: str = "data", code: bool = False, derivations: bool = True
) -> Document:
    """Return the notebook as one Markdown document.

    Args:
        notebook: An executed notebook.
        data_folder: Where the files of `data_files` lie, for the links to them.
        code: Whether the code stands in the document, to be folded; it is left out otherwise.
        derivations: Whether the lists of derivations and of their sources stand at the end.

    Raises:
        InputError: An output lacks what its kind needs; the message names the cell.
    """
    token = "display-" + hashlib.sha256(repr(notebook).encode()).hexdigest()[:20]
    counters = Counters(data_folder)
    parts: list[str] = []
    for cell, place in cells(notebook):
        if cell["cell_type"] == "markdown":
            parts.append(_with_attachments(cell, place, counters))
        elif cell["cell_type"] == "code":
            if code and cell["source"].strip():
                parts.append(fenced(Block("code", cell["source"]), token))
            for output in cell["outputs"]:
                data = output.get("data", {})
                if "text/markdown" in data and about(output, place) is None:
                    parts.append(data["text/markdown"])
                else:
                    parts.append(fenced(displays.block(output, place, counters), token))
    numbers = register(notebook)
    if numbers and derivations:
        parts.append(fenced(Block("appendix", templates.render("derivations-head.html")), token))
        parts += [fenced(block, token) for block in displays.formulas(numbers.values(), counters)]
    parts.append(fenced(Block("appendix", templates.render("appendix.html", numbers=numbers and derivations)), token))
    labels = frozenset(counters.labels)
    markdown = CONTROLS.sub("", "\n\n".join(parts)) + "\n"
    return Document(markdown, token, counters.pictures, numbers, labels)


def fenced(block: Block, token: str) -> str:
    """Return a block as fenced Markdown that only the report can have written."""
    fence = "~" * max(3, 1 + max((len(run) for run in re.findall(r"~+", block.text)), default=0))
    attributes = "".join(
        f' {key}="{_one_line(value)}"' for key, value in {"kind": block.kind, **block.attributes}.items()
    )
    return f"{fence} {{.{token}{attributes}}}\n{block.text}\n{fence}"


def _one_line(value: str) -> str:
    """Return a text as pandoc's attributes take it."""
    return " ".join(value.split()).replace("\\", "\\\\").replace('"', '\\"')


def _with_attachments(cell: Mapping[str, Any], place: str, counters: Counters) -> str:
    source: str = cell["source"]
    for name, data in cell.get("attachments", {}).items():
        for mime, content in data.items():
            if mime in displays.PICTURES:
                source = source.replace(f"attachment:{name}", counters.keep(content, mime, place))
    return source
