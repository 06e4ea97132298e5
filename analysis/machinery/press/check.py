"""Keeps the report's promise: no numeral on its pages that nothing stands behind."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from analysis.errors import InputError
from analysis.machinery.press.amounts import agrees, amounts
from analysis.machinery.press.numbers import Register
from analysis.machinery.press.page import NUMBER, QUOTATION, Page, Passage

CONTEXT, LISTED = 60, 20
# Numerals that may stand in a report's text without an entry, and why.
ALLOWED = (
    (r"\d{4}-\d{2}(?:-\d{2})?", "dates and months, ISO 8601"),
    (r"(?:Figures?|Tables?|Equations?|Sections?) \(?\d+(?:\.\d+)?\)?", "references to numbered things"),
    (r"[\w./-]+\.(?:csv|ya?ml|json|ipynb|py)(?:, line \d+)?", "places in files"),
    (r"v\d+(?:\.\d+)*", "versions"),
    (r"(?!(?:USD|EUR|GBP|CHF|CNY|JPY)\d|[xX]\d)[A-Za-z]+\d+[A-Za-z]*", "names such as FP8: letters, then digits"),
)
# What is excused must not be a part of something longer: "H200" is no name in "H200.5", nor "2026-04-15" a date
# in "$2026-04-15".
BEFORE, AFTER = r"(?<![\w$€£¥.,])", r"(?![\w%$€£¥]|[.,]\d)"
RUN = re.compile(r"\d+(?:[.,]\d+)*")
# Numbering that only paper has: notes, pages, leaders of the contents, references to sources, items of lists.
NUMBERING = re.compile(r"\[\d+\]|page\s+\d+\s+of\s+\d+|(?:\s*\.){3,}\s*\d+|source\s+\d+|^\s*\d+\.\s*$", re.MULTILINE)

WORDS = re.compile(
    r"\b(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?\b"
    r"|(?:\w+ )?(?:hundred|thousand|dozen)s?\b"
    r"|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?:fold|-fold"
    r"| (?:times (?:as|more|less|the|over|\w+er\b)|percent\b|per cent\b|dollars\b|cents\b|tokens\b)))",
    re.IGNORECASE,
)
"""Numbers in words that state an amount; a small one beside a thing, as in "two platforms", does not."""
MENDED = """  A number of your own is shown by two lines:
    mine = value(1.99, "USD/GPU/h", source="my quote")
    show(say("A GPU-hour costs {price}.", price=mine))
  A DataFrame: show(from_frame("name", "What it says.", table, source="my own run"))"""


class UnbackedNumeralError(InputError):
    """A finished report shows a numeral that nothing stands behind."""


@dataclass(frozen=True)
class Unbacked:
    """A numeral that nothing stands behind: where it was found and in what words."""

    form: str
    section: str
    numeral: str
    context: str


def check(page: Page, register: Register, names: Iterable[str] = ()) -> list[Unbacked]:
    """Return the numerals of a finished page that are neither registered nor allowed.

    A numeral is backed if it stands in an element that names its entry and is that entry's value, rounded to the
    digits shown; alternative text may show the numbers registered with its figure.
    """
    excused = _pattern(names)
    unbacked = list(_misshown(page, register))
    for passage in page.passages:
        unbacked += _unbacked_in(passage, register, excused)
    return unbacked


def check_paper(text: str, page: Page, names: Iterable[str] = ()) -> list[Unbacked]:
    """Return the numerals of a PDF that the page, which was checked, does not show.

    Equations and numbering look different on paper.
    """
    known = set(RUN.findall(" ".join(page.everything)))
    equations = " ".join("".join(RUN.findall(equation)) for equation in page.equations)
    text = NUMBERING.sub(" ", text)
    runs = dict.fromkeys(RUN.findall(_pattern(names).sub(" ", text)))
    return [
        Unbacked("PDF", "any", run, _context(text, run)) for run in runs if run not in known and run not in equations
    ]


def demand(unbacked: Iterable[Unbacked]) -> None:
    """Refuse a report that shows numerals which nothing stands behind.

    Raises:
        UnbackedNumeralError: The message names each numeral, its section and its words.
    """
    lines = [
        f"  {one.numeral!r} in section {one.section!r} of the {one.form}: {one.context}"
        for one in dict.fromkeys(unbacked)
    ]
    if len(lines) > LISTED:
        lines[LISTED:] = [f"  and {len(lines) - LISTED} more"]
    if lines:
        raise UnbackedNumeralError(
            "nothing stands behind these numerals; show values in their place, or names as `Quoted`:\n"
            + "\n".join([*lines, MENDED])
        )


def numerals(text: str) -> list[str]:
    """Return the words of a text that hold a digit of any script, a fraction or a Roman numeral sign."""
    return [word for word in text.split() if any(unicodedata.category(letter)[0] == "N" for letter in word)]


def _misshown(page: Page, register: Register) -> Iterator[Unbacked]:
    """Yield the numbers that are not what their entry says."""
    for shown in page.numbers:
        entry = register.get(shown.id)
        if entry is None:
            yield Unbacked("HTML", shown.section, shown.text, f"the register has no entry {shown.id!r}")
        elif numerals(shown.text) and not agrees(shown.text, entry.text, entry.value):
            yield Unbacked("HTML", shown.section, shown.text, f"its entry, {entry.name}, is {entry.text}")


def _unbacked_in(passage: Passage, register: Register, excused: re.Pattern[str]) -> Iterator[Unbacked]:
    """Yield the numerals of a passage outside of its numbers."""
    entries = [register[identifier] for identifier in passage.numbers if identifier in register]
    text = _pattern(passage.quoted).sub(" ", passage.text) if passage.quoted else passage.text
    for words in WORDS.findall(text):
        yield Unbacked("HTML", passage.section, words, _context(passage.text, words))
    for numeral in numerals(excused.sub(" ", text)):
        core = numeral.strip(".,;:()")
        parts = amounts(core) or [core]
        if not all(any(agrees(part, entry.text, entry.value) for entry in entries) for part in parts):
            yield Unbacked("HTML", passage.section, core, _context(passage.text, core))


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of what is allowed and of the names."""
    longest_first = sorted(filter(None, names), key=len, reverse=True)
    alternatives = [*map(re.escape, longest_first), *(pattern for pattern, _ in ALLOWED)]
    return re.compile(f"{BEFORE}(?:{'|'.join(alternatives)}){AFTER}")


def _context(text: str, numeral: str) -> str:
    words = " ".join(text.split()).replace(NUMBER, "#").replace(QUOTATION, "“…”")
    start = max(0, words.find(numeral) - CONTEXT)
    end = start + 2 * CONTEXT + len(numeral)
    return ("…" if start else "") + words[start:end] + ("…" if end < len(words) else "")
