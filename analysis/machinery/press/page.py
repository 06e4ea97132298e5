"""Reads a finished HTML page as a reader does: its passages of text, and where its numbers stand in them."""

import json
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import NamedTuple

from analysis.exhibits.marks import QUOTED, marked

# What a page holds that is not a statement of the report, by class or attribute, and why it may hold numerals.
EXEMPT_CLASSES = {
    "contents": "a repetition of the headings",
    "section-number": "numbering of headings",
    "label": "numbering of figures and tables",
    "equation": "equations, derived from the code",
    "code": "the notebook's code, as it ran",
    "mark": "marks explained by the legend",
    QUOTED: "names and quotations, marked where they stand",
}
EXEMPT_ATTRIBUTE = "data-generated"
SILENT = {"style", "script"}
EXEMPT_ELEMENTS = {*SILENT, "annotation", "title"}  # the title repeats the first heading
TEXT_ATTRIBUTES = ("alt", "title", "aria-label")
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
HTML_INLINE = "a abbr b cite code em i q s small span strong sub sup time u wbr"
MATH_INLINE = "math semantics mrow mi mn mo mtext msup msub msubsup mfrac msqrt mspace"
INLINE = frozenset(f"{HTML_INLINE} {MATH_INLINE}".split())
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
NUMBER, QUOTATION = "\ufffc", "\ufffb"  # stand in a passage where a registered number and quoted words stood


@dataclass(frozen=True)
class Passage:
    """A run of text that is read as one.

    Attributes:
        section: The heading above it.
        text: Its words; registered numbers are replaced by `NUMBER`.
        numbers: Identifiers that its numerals may come from, where it is an attribute, which cannot hold elements.
        quoted: Words in it that may hold other numerals, where it is an attribute.
    """

    section: str
    text: str
    numbers: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shown:
    """A registered number as it stands on the page."""

    section: str
    id: str
    text: str


class _Element(NamedTuple):
    """An open element, and what the text within it is to a reader.

    Attributes:
        tag: Its name.
        exempt: Whether the text is no statement of the report.
        silent: Whether it is no text at all, such as a style sheet.
        equation: Whether it is part of an equation.
        number: Identifier of the number that the element itself shows.
        in_number: Whether it is the text of a number.
    """

    tag: str = ""
    exempt: bool = False
    silent: bool = False
    equation: bool = False
    number: str = ""
    in_number: bool = False


class Page(HTMLParser):
    """The passages and numbers of a page.

    Attributes:
        passages: Text outside of numbers, in order.
        numbers: The numbers, in order.
        everything: All text of the page, exempt parts included.
        equations: The text of each equation.
    """

    def __init__(self, html: str) -> None:
        """Read a page."""
        super().__init__(convert_charrefs=True)
        self.passages: list[Passage] = []
        self.numbers: list[Shown] = []
        self.everything: list[str] = []
        self.equations: list[str] = []
        self._section = "the head"
        self._open = [_Element()]
        self._words: list[str] = []
        self._number: list[str] = []
        self.feed(html)
        self.close()
        self._end_passage()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element is to the reader."""
        attributes, around = {name: value or "" for name, value in attrs}, self._open[-1]
        if tag not in INLINE:
            self._end_passage()
        if not around.exempt:
            self._read_attributes(attributes)
        if tag in VOID:
            return
        classes = attributes.get("class", "").split()
        of_class = not EXEMPT_CLASSES.keys().isdisjoint(classes)
        exempt = of_class or tag in EXEMPT_ELEMENTS or EXEMPT_ATTRIBUTE in attributes
        number = "" if exempt else marked(attributes)
        if QUOTED in classes and not around.exempt:
            self._words.append(QUOTATION)
        if number:
            self._number = []
        if tag == "math":
            self.equations.append("")
        self._open.append(
            _Element(
                tag,
                exempt or around.exempt,
                tag in SILENT or around.silent,
                (tag == "math" or around.equation) and tag != "annotation",
                number,
                bool(number) or around.in_number,
            )
        )

    def handle_endtag(self, tag: str) -> None:
        """Close an element, and those left open inside."""
        if self._open[-1].tag != tag and all(element.tag != tag for element in self._open):
            return
        while True:
            closed = self._open.pop()
            if closed.number:
                self.numbers.append(Shown(self._section, closed.number, "".join(self._number).strip()))
                self._words.append(NUMBER)
            if closed.tag in HEADINGS:
                self._section = "".join(self._words).strip() or self._section
            if closed.tag not in INLINE:
                self._end_passage()
            if closed.tag == tag:
                return

    def handle_data(self, data: str) -> None:
        """Take text to where it belongs."""
        within = self._open[-1]
        if within.silent:
            return
        self.everything.append(data)
        if within.equation:
            self.equations[-1] += f" {data}"
        if not within.exempt:
            (self._number if within.in_number else self._words).append(data)

    def _read_attributes(self, attributes: dict[str, str]) -> None:
        for text in (attributes[name] for name in TEXT_ATTRIBUTES if name in attributes):
            numbers = tuple(attributes.get("data-numbers", "").split())
            quoted = tuple(json.loads(attributes.get("data-quoted", "[]")))
            self.everything.append(text)
            self.passages.append(Passage(self._section, text, numbers, quoted))

    def _end_passage(self) -> None:
        if not self._words:
            return
        text = " ".join("".join(self._words).split())
        if text:
            self.passages.append(Passage(self._section, text))
        self._words = []
