"""What tells one build of a report from another: what it concludes, and where it shows each number, in words."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from analysis.errors import InputError
from analysis.exhibits.marks import Mark, marks_in, with_marks
from analysis.library.loading.fields import checked
from analysis.machinery.press.numbers import Register
from analysis.machinery.press.outputs import Output
from analysis.machinery.press.settled import CELL, ROW

TAG = re.compile(r"<[^>]*>")
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


def conclusions(outputs: Iterable[Output], register: Register) -> tuple[Conclusion, ...]:
    """Return what a notebook concludes: its findings in their order, and what its outputs declare of themselves.

    A finding is named after its section and counted there, so that one more in another section renames none.

    Raises:
        InputError: What an output declares is not a conclusion, or two are of one name.
    """
    named: dict[str, Conclusion] = {}
    for conclusion, place in _concluded(outputs, register):
        if conclusion.id in named:
            raise InputError(f"{place}: the conclusion {conclusion.id!r} stands in the report already")
        named[conclusion.id] = conclusion
    return tuple(named.values())


def _concluded(outputs: Iterable[Output], register: Register) -> Iterator[tuple[Conclusion, str]]:
    counted: Counter[str] = Counter()
    for output in outputs:
        if output.about is None:
            continue
        if output.about.finding:
            section = "-".join(WORD.findall(output.section.lower()))
            counted[section] += 1
            name, html = f"{section}-{counted[section]}", output.html
            yield Conclusion(id=name, words=skeleton(html, register), sentence=plain(html)), output.place
        declared = checked(list[Conclusion], output.about.conclusions, f"{output.place}, conclusions")
        yield from ((conclusion, output.place) for conclusion in declared)


def skeleton(html: str, register: Register) -> str:
    """Return a fragment as text with each number replaced by its name and each day by the word."""

    def named(number: Mark) -> str:
        entry = register.get(number.id)
        return f"{{{COUNTS.sub('', entry.name) if entry else 'number'}}}"

    return DAY.sub("{day}", plain(with_marks(html, named)))


def plain(html: str) -> str:
    """Return a fragment as text on one line."""
    return " ".join(unescape(TAG.sub(" ", re.sub(r"</?(?:span|strong|em|sup|a)\b[^>]*>", "", html))).split())


def places(outputs: Iterable[Output]) -> dict[str, str]:
    """Return the identifiers of the numbers shown, by place: a table's row and column, or the text and a count.

    A number's identifier changes with its value; its place does not, so it is by places that builds are compared.
    """
    placed: dict[str, str] = {}
    counted: Counter[str] = Counter()
    for place, identifier in _placed(outputs):
        counted[place] += 1
        placed[f"{place} ({counted[place]})" if counted[place] > 1 else place] = identifier
    return placed


def _placed(outputs: Iterable[Output]) -> Iterator[tuple[str, str]]:
    paragraphs: Counter[str] = Counter()
    for output in outputs:
        if (about := output.about) is None:
            continue
        if about.kind == "table":
            yield from (
                (f"table {about.name}: {within}", identifier) for within, identifier in _in_table(output.html)
            )
        elif about.kind == "text" and (numbers := marks_in(output.html)):
            paragraphs[output.section] += 1
            paragraph = f"{output.section}, paragraph {paragraphs[output.section]}"
            yield from ((paragraph, number.id) for number in numbers)
        for part, text in (("caption", about.caption), ("note", about.note)):
            yield from ((f"{about.kind} {about.name}, {part}", number.id) for number in marks_in(text))


def _in_table(html: str) -> Iterator[tuple[str, str]]:
    """Yield the numbers of a table, each with the heads of its row and column."""
    yield from (("caption", number.id) for number in marks_in(html.partition("<tr")[0]))
    heads: list[str] = []
    for _, row in ROW.findall(html):
        beginning = ""
        for column, (kind, attributes, content) in enumerate(CELL.findall(row)):
            head = heads[column] if column < len(heads) else "caption"
            place = ", ".join(filter(None, (beginning, head)))
            yield from ((place, number.id) for number in marks_in(content))
            if 'scope="col"' in attributes:
                heads.append(plain(content))
            elif kind == "h":
                beginning = plain(content)
