"""Reads a finished HTML page as a reader does: its passages of text, and where its numbers stand in them."""

import json
from dataclasses import dataclass
from html.parser import HTMLParser

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
EXEMPT_ELEMENTS = {"style", "script", "annotation"}
TEXT_ATTRIBUTES = ("alt", "title", "aria-label", "content")
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
        self._open: list[tuple[str, str]] = []
        self._words: list[str] = []
        self._number: list[str] = []
        self.feed(html)
        self.close()
        self._end_passage()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element is to the reader."""
        attributes = {name: value or "" for name, value in attrs}
        if tag not in INLINE:
            self._end_passage()
        if not self._within("exempt"):
            self._read_attributes(attributes)
        if tag in VOID:
            return
        classes = set(attributes.get("class", "").split())
        role = ""
        if tag in EXEMPT_ELEMENTS or EXEMPT_ATTRIBUTE in attributes or classes & EXEMPT_CLASSES.keys():
            role = "exempt"
            if QUOTED in classes:
                self._words.append(QUOTATION)
        elif identifier := marked(attributes):
            role = f"number {identifier}"
            self._number = []
        if tag == "math":
            self.equations.append("")
        self._open.append((tag, role))

    def handle_endtag(self, tag: str) -> None:
        """Close an element, and those left open inside."""
        if tag not in {open_tag for open_tag, _ in self._open}:
            return
        while True:
            closed, role = self._open.pop()
            if role.startswith("number "):
                self.numbers.append(Shown(self._section, role.removeprefix("number "), "".join(self._number).strip()))
                self._words.append(NUMBER)
            if closed in ("h1", "h2", "h3", "h4", "h5", "h6"):
                self._section = "".join(self._words).strip() or self._section
            if closed not in INLINE:
                self._end_passage()
            if closed == tag:
                return

    def handle_data(self, data: str) -> None:
        """Take text to where it belongs."""
        if self._within("style") or self._within("script"):
            return
        self.everything.append(data)
        if self._within("math") and not self._within("annotation"):
            self.equations[-1] += f" {data}"
        if self._within("exempt"):
            return
        (self._number if self._within("number") else self._words).append(data)

    def _within(self, word: str) -> bool:
        return any(tag == word or role.split(" ")[0] == word for tag, role in self._open)

    def _read_attributes(self, attributes: dict[str, str]) -> None:
        numbers = tuple(attributes.get("data-numbers", "").split())
        quoted = tuple(json.loads(attributes.get("data-quoted", "[]")))
        for name in TEXT_ATTRIBUTES:
            if name == "content" and attributes.get("name") not in ("description", "author"):
                continue
            if name in attributes:
                self.everything.append(attributes[name])
                self.passages.append(Passage(self._section, attributes[name], numbers, quoted))

    def _end_passage(self) -> None:
        text = " ".join("".join(self._words).split())
        if text:
            self.passages.append(Passage(self._section, text))
        self._words = []
