"""What a report concludes, in words that stay the same while its numbers move, so that a flip can be told."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from analysis.errors import InputError
from analysis.exhibits.marks import Mark, with_marks
from analysis.library.loading.outside import checked
from analysis.machinery.press.numbers import Register
from analysis.machinery.press.outputs import Notebook, about, cells

TAG = re.compile(r"<[^>]*>")
HEADING = re.compile(r"^#{1,6} +(.+)$", re.MULTILINE)
COUNTS = re.compile(r" \([^()]*\)$")
DAY = re.compile(r"\b\d{4}-\d{2}(?:-\d{2})?\b")
WORD = re.compile(r"[a-z0-9]+")


class Conclusion(BaseModel):
    """A verdict or a finding.

    Attributes:
        id: The same in every build: `LEDGER/CLAIM` of a verdict, `SECTION-NUMBER` of a finding.
        words: What flips: the word of a verdict; a finding with its numbers and days replaced by what they are.
        sentence: What it says: the statement that is judged; the finding as it reads.
    """

    model_config = ConfigDict(frozen=True)

    id: Annotated[str, Field(min_length=1, max_length=200)]
    words: str
    sentence: str = ""


def conclusions(notebook: Notebook, register: Register) -> list[Conclusion]:
    """Return what a notebook concludes: its findings in their order, and what its outputs declare of themselves.

    A finding is named after its section and counted there, so that one more in another section renames none.

    Args:
        notebook: An executed notebook.
        register: Its numbers.

    Raises:
        InputError: What an output declares is not a conclusion, or two are of one name.
    """
    found: dict[str, Conclusion] = {}
    for one, place in _all(notebook, register):
        if one.id in found:
            raise InputError(f"{place}: the conclusion {one.id!r} stands in the report already")
        found[one.id] = one
    return list(found.values())


def sections(notebook: Notebook) -> Iterator[tuple[str, Mapping[str, Any], str]]:
    """Yield each cell with the last heading above it and its place in words."""
    heading = ""
    for cell, place in cells(notebook):
        if cell["cell_type"] == "markdown":
            heading = (HEADING.findall(cell["source"]) or [heading])[-1].strip()
        yield heading, cell, place


def skeleton(html: str, register: Register) -> str:
    """Return a fragment as text with each number replaced by its name and each day by the word."""

    def named(number: Mark) -> str:
        entry = register.get(number.id)
        return f"{{{COUNTS.sub('', entry.name) if entry else 'number'}}}"

    return DAY.sub("{day}", plain(with_marks(html, named)))


def plain(html: str) -> str:
    """Return a fragment as text on one line."""
    return " ".join(unescape(TAG.sub(" ", re.sub(r"</?(?:span|strong|em|sup|a)\b[^>]*>", "", html))).split())


def _all(notebook: Notebook, register: Register) -> Iterator[tuple[Conclusion, str]]:
    counted: Counter[str] = Counter()
    for heading, cell, place in sections(notebook):
        for output in cell.get("outputs", ()):
            report = about(output, place) or {}
            if report.get("finding"):
                section = "-".join(WORD.findall(heading.lower()))
                counted[section] += 1
                html = output["data"].get("text/html", "")
                name = f"{section}-{counted[section]}"
                yield Conclusion(id=name, words=skeleton(html, register), sentence=plain(html)), place
            declared = checked(list[Conclusion], report.get("conclusions", []), f"{place}, conclusions")
            yield from ((one, place) for one in declared)
