"""Makes of an executed notebook one pandoc Markdown document, which all forms of a report are written from."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from typing import TypeGuard
from urllib.parse import quote

from analysis.exhibits.marks import Caution, cautions_in
from analysis.machinery.press import displays, templates
from analysis.machinery.press.displays import Block, Counters
from analysis.machinery.press.numbers import Register
from analysis.machinery.press.outputs import Cell

# The forms in which a block stands; one that says nothing stands on the page and on paper.
DERIVED, EVERYWHERE = {"form": "html derivations"}, {"form": "html pdf derivations"}
NAMES = re.compile(r' id="([^"]*)"')
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")  # no page can show them


@dataclass(frozen=True)
class Document:
    """A notebook as the parts of one text.

    Attributes:
        parts: Prose as Markdown, and the blocks made by the report.
        token: A word that the notebook's prose cannot hold, since it is made from all of the text.
        pictures: The files that the text names.
        equations: Labels of the equations that it shows.
        folder: Address of the report's folder, relative to the report.
        files: Names of the files there to which the text may link by their names alone.
    """

    parts: tuple[Block | str, ...]
    token: str
    pictures: Mapping[str, bytes]
    equations: frozenset[str]
    folder: str
    files: tuple[str, ...]

    @property
    def settled(self) -> list[str]:
        """The HTML of the blocks that stand on the page as they are."""
        return [part.text for part in self.parts if _is_settled(part)]

    @property
    def cautions(self) -> list[Caution]:
        """The cautions that its numbers carry, in the order of their letters."""
        return cautions_in("\n".join(part.text if isinstance(part, Block) else part for part in self.parts))

    def markdown(self, *, page: bool = False) -> str:
        """Return it as one Markdown text; blocks made by the report are fenced and carry the token as their class.

        Args:
            page: Whether it is for the page alone, and goes without the text of the blocks that are settled.
        """
        number = count()
        blocks = (_placed(part, next(number), page) if _is_settled(part) else part for part in self.parts)
        return "\n\n".join(fenced(one, self.token) if isinstance(one, Block) else one for one in blocks) + "\n"


def _is_settled(part: Block | str) -> TypeGuard[Block]:
    return isinstance(part, Block) and part.settled


def _placed(block: Block, number: int, page: bool) -> Block:
    """Return a settled block with its number and the identifiers in it; for the page, without its text."""
    told = {**block.attributes, "settled": str(number), "names": " ".join(NAMES.findall(block.text))}
    return replace(block, text="" if page else block.text, attributes=told)


def document(
    cells: Iterable[Cell],
    numbers: Register,
    *,
    name: str = "report",
    files: Iterable[str] = (),
    code: bool = False,
    brief: bool = False,
) -> Document:
    """Return a notebook as one Markdown document.

    Args:
        cells: Of an executed notebook.
        numbers: The register of its numbers.
        name: Name of the report, and of its folder.
        files: Names of the files that the notebook puts into this folder.
        code: Whether the code stands in the document, to be folded; it is left out otherwise.
        brief: Whether paper goes without the list of sources.

    Raises:
        InputError: An output lacks what its kind needs; the message names the cell.
    """
    folder = quote(name)
    counters = Counters(f"{folder}/data")
    parts = [part for cell in cells for part in _parts(cell, counters, code)]
    parts += _appendix(numbers, counters, brief)
    addresses = {f'href="{file}"': f'href="{folder}/{quote(file)}"' for file in files}
    parts = [_cleaned(part, addresses) for part in parts]
    texts = [part.text if isinstance(part, Block) else part for part in parts]
    token = "display-" + hashlib.sha256("\0".join(texts).encode("utf-8", "replace")).hexdigest()[:20]
    return Document(
        parts=tuple(parts),
        token=token,
        pictures=counters.pictures,
        equations=frozenset(counters.labels),
        folder=folder,
        files=tuple(files),
    )


def _cleaned(part: Block | str, addresses: Mapping[str, str]) -> Block | str:
    """Return a part without what no page can show; files of the notebook lie in the report's folder."""
    if isinstance(part, str):
        return CONTROLS.sub("", part)
    text = CONTROLS.sub("", part.text)
    for address, there in addresses.items() if _is_settled(part) else ():
        text = text.replace(address, there)
    return replace(part, text=text)


def _parts(cell: Cell, counters: Counters, code: bool) -> Iterator[Block | str]:
    """Yield what a cell shows; a text is prose."""
    if cell.kind == "markdown":
        yield _with_attachments(cell, counters)
    elif cell.kind == "code":
        if code and cell.source.strip():
            yield Block("code", cell.source)
        for output in cell.outputs:
            if output.about is None and "text/markdown" in output.forms:
                yield output.forms["text/markdown"]
            else:
                yield displays.block(output, counters)


def _appendix(numbers: Register, counters: Counters, brief: bool) -> Iterator[Block]:
    """Yield what the report adds: the derivations of its numbers, their sources, and what it was made from."""
    if numbers:
        yield Block("appendix", templates.render("derivations-head.html"), DERIVED)
        for equation in displays.formulas(numbers.values(), counters):
            yield Block(equation.kind, equation.text, {**equation.attributes, **DERIVED})
        yield Block("appendix", '<div class="part" id="derivations-list"></div>', DERIVED)
        yield Block("appendix", templates.render("sources-head.html"), DERIVED if brief else EVERYWHERE)
    yield Block("appendix", templates.render("provenance-head.html"), EVERYWHERE)


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


def _with_attachments(cell: Cell, counters: Counters) -> str:
    source = cell.source
    for name, forms in cell.attachments.items():
        for mime, content in forms.items():
            if mime in displays.PICTURES:
                source = source.replace(f"attachment:{name}", counters.keep(content, mime, cell.place))
    return source
