"""The marks on a page: what ties a number to its record, why to read it with care, and which words are quoted.

In Python they are written and read here alone; for print, `report.lua` reads them.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

_MARK = re.compile(r'<span class="number([^"]*)" data-number="([^"]*)">([^<]*)</span>')
_HEAD_MARK = re.compile(r'<span class="mark head-mark" data-word="([^"]*)"')


@dataclass(frozen=True)
class Caution:
    """A letter beside a number that is not simply measured or computed, and the words that explain it."""

    letter: str
    meaning: str


QUOTED = "quoted"  # the class of quoted words: digits in them are no numbers of the report

ENDS = "ends"  # the class of what stands below a number in a table: the ends that the measured rows leave open

LETTERS = {
    "placeholder": Caution("p", "a placeholder, called temporary by its own source, or computed from one"),
    "corrected": Caution("c", "corrected by its own source since, or computed from such a value"),
    "estimate": Caution("e", "an estimate, or computed from one"),
    "interpolated": Caution("i", "interpolated between measured points, or computed from such a value"),
    "modeled": Caution("m", "modeled, since nobody measured such requests, or computed from such a value"),
    "median-of-runs": Caution("h", "a median over a history of runs and software versions, or computed from one"),
    "vendor-supplied": Caution("v", "supplied by the vendor without a public run, or computed from such a row"),
    "assumed": Caution("a", "assumed for this analysis, or computed from an assumption"),
}


@dataclass(frozen=True)
class Mark:
    """A marked number as it stands on a page."""

    id: str  # identifier of the number's record
    text: str  # the number as HTML
    # The reasons to read it with care, as `analysis.library.values.Value.cautions` names them.
    words: tuple[str, ...] = ()

    @property
    def cautions(self) -> list[Caution]:
        """The cautions that have a letter."""
        return [LETTERS[word] for word in self.words if word in LETTERS]


def mark(identifier: str, html: str, words: Iterable[str] = ()) -> str:
    """Return HTML marked as a number, with the identifier of its record and the reasons to read it with care."""
    return f'<span class="{" ".join(["number", *words])}" data-number="{identifier}">{html}</span>'


def head_mark(word: str) -> str:
    """Return HTML of a letter that stands once, at the head of all the numbers of a row or column."""
    return f'<span class="mark head-mark" data-word="{word}" data-letter="{LETTERS[word].letter}"></span>'


def quoted(html: str) -> str:
    """Return HTML marked as quoted words: they stand so elsewhere, and digits in them are no values."""
    return f'<span class="{QUOTED}">{html}</span>'


def marks_in(html: str) -> list[Mark]:
    """Return the marked numbers of a fragment in their order."""
    return [_of(match) for match in _MARK.finditer(html)]


def with_marks(html: str, written: Callable[[Mark], str]) -> str:
    """Return a fragment in which each marked number is replaced by what a function writes for it."""
    return _MARK.sub(lambda match: written(_of(match)), html)


def marked(attributes: Mapping[str, str | None]) -> str:
    """Return which number an element with these attributes shows; empty where it shows none."""
    classes = (attributes.get("class") or "").split()
    return (attributes.get("data-number") or "") if "number" in classes else ""


def cautions_in(html: str) -> list[Caution]:
    """Return the cautions that the numbers of a fragment carry, in the order of `LETTERS`."""
    words = {word for marked_number in marks_in(html) for word in marked_number.words} | {*_HEAD_MARK.findall(html)}
    return [caution for word, caution in LETTERS.items() if word in words]


def _of(match: re.Match[str]) -> Mark:
    return Mark(match[2], match[3], tuple(match[1].split()))
