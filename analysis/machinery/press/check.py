"""Keeps the report's promise: no numeral on its pages that nothing stands behind."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
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


class UnbackedNumeralError(InputError):
    """A finished report shows a numeral that nothing stands behind."""


@dataclass(frozen=True)
class Unbacked:
    """A numeral that nothing stands behind: where it was found and in what words."""

    form: str
    section: str
    numeral: str
    context: str


def check(
    html_text: str,
    pdf_text: str,
    register: Register,
    allow: Sequence[tuple[str, str]] = ALLOWED,
    names: Iterable[str] = (),
) -> list[Unbacked]:
    """Return the numerals of a finished report that are neither registered nor allowed.

    In HTML a numeral is backed if it stands in an element that names its entry and is that entry's value, rounded
    to the digits shown; alternative text may show the numbers registered with its figure. The PDF is written from the
    same document, so each of its numerals must stand in the page checked.

    Args:
        html_text: The page.
        pdf_text: The text of the PDF, empty where there is none.
        register: The report's numbers.
        allow: Patterns of numerals that need no entry, each with the reason.
        names: Words that hold digits, such as products and quotations. What the register itself says of sources and
            places need not be among them.
    """
    page = Page(html_text)
    excused = _pattern([pattern for pattern, _ in allow], {*names, *_words(register)})
    found = list(_misshown(page, register))
    for passage in page.passages:
        found += _unbacked_in(passage, register, excused)
    return found + list(_only_in_pdf(pdf_text, page, excused))


def demand(
    html_text: str,
    pdf_text: str,
    register: Register,
    allow: Sequence[tuple[str, str]] = ALLOWED,
    names: Iterable[str] = (),
) -> None:
    """Refuse a finished report that shows a numeral which nothing stands behind; arguments as for `check`.

    Raises:
        UnbackedNumeralError: The message names each numeral, its section and its words.
    """
    found = list(dict.fromkeys(check(html_text, pdf_text, register, allow, names)))
    if found:
        lines = [f"  {one.numeral!r} in section {one.section!r} of the {one.form}: {one.context}" for one in found]
        if len(lines) > LISTED:
            lines[LISTED:] = [f"  and {len(lines) - LISTED} more"]
        raise UnbackedNumeralError(
            "nothing stands behind these numerals; show values in their place:\n" + "\n".join(lines)
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
    text = _pattern([], passage.quoted).sub(" ", passage.text) if passage.quoted else passage.text
    for numeral in numerals(excused.sub(" ", text)):
        core = numeral.strip(".,;:()")
        parts = amounts(core) or [core]
        if not all(any(agrees(part, entry.text, entry.value) for entry in entries) for part in parts):
            yield Unbacked("HTML", passage.section, core, _context(passage.text, core))


def _only_in_pdf(pdf_text: str, page: Page, excused: re.Pattern[str]) -> Iterator[Unbacked]:
    """Yield the numerals of the PDF that the page does not show; equations and numbering look different there."""
    known = set(RUN.findall(" ".join(page.everything)))
    equations = " ".join("".join(RUN.findall(text)) for text in page.equations)
    text = NUMBERING.sub(" ", pdf_text)
    for run in dict.fromkeys(RUN.findall(excused.sub(" ", text))):
        if run not in known and run not in equations:
            yield Unbacked("PDF", "any", run, _context(text, run))


def _words(register: Register) -> Iterator[str]:
    """Yield what the register says of where its numbers come from."""
    for entry in register.values():
        yield from (entry.place, entry.note)
        for source in entry.sources:
            yield from (source.id, source.title, source.url)


def _pattern(patterns: Iterable[str], names: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted((name for name in names if name), key=len, reverse=True)
    alternatives = [*map(re.escape, longest_first), *patterns]
    return re.compile(f"{BEFORE}(?:{'|'.join(alternatives)}){AFTER}")


def _context(text: str, numeral: str) -> str:
    words = " ".join(text.split()).replace(NUMBER, "#").replace(QUOTATION, "“…”")
    start = max(0, words.find(numeral) - CONTEXT)
    end = start + 2 * CONTEXT + len(numeral)
    return ("…" if start else "") + words[start:end] + ("…" if end < len(words) else "")
