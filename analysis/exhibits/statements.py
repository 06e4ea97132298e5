"""Sentences made from values, and whatever else a notebook shows, with the trail of every number in it."""

import html
import json
import math
import string
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from textwrap import shorten
from typing import Any

from analysis.exhibits import in_lab
from analysis.exhibits.marks import mark, quoted
from analysis.library.quantities import Quoted, listing
from analysis.library.values import Value

Cell = Value | str


@dataclass(frozen=True, repr=False)
class Shown:
    """One thing on the page: HTML for the screen, and beside it what a report needs to know of it.

    A notebook shows it with marks, note and alignment in its own HTML, and an equation as mathematics; a report is
    handed the plain HTML and adds its own style.

    Attributes:
        html: The fragment that is shown.
        report: Kind, name, caption, CSV and the like, as `analysis.machinery.press.document` reads them.
        values: The values whose numbers the fragment shows.
        data: Other forms of the same, by media type.
    """

    html: str
    report: Mapping[str, Any]
    values: tuple[Value, ...] = ()
    data: Mapping[str, str] = field(default_factory=dict)

    def for_report(self, **_: Any) -> tuple[dict[str, str], dict[str, Any]]:
        """Return what a report takes of it: the forms that its HTML does not have, and what it says of itself."""
        shown = [each for value in self.values for each in (value, *value.ends)]
        trail = {made_from.id: made_from for value in shown for made_from in value.trail()}
        # As one text: whatever copies and checks a notebook need not walk through thousands of records.
        numbers = json.dumps([value.record() for value in trail.values()], ensure_ascii=False)
        html = {} if self.report["kind"] == "figure" else {"html": self.html}  # it has its picture, caption and words
        return {**self.data, "text/plain": ""}, {"report": {**self.report, **html, "numbers": numbers}}

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, str], dict[str, Any]]:
        data, about = self.for_report()
        return {**self._forms(), **data, "text/plain": self.words}, about

    def _forms(self) -> dict[str, str]:
        """The forms for a screen and for nbconvert's PDF; mathematics has them in `data`."""
        if self.report["kind"] == "equation":
            return {}
        if self.report["kind"] != "table":
            return {"text/html": self.in_lab}
        return {"text/html": self.in_lab, "text/latex": in_lab.table_latex(self.html, self._note)}

    @property
    def in_lab(self) -> str:
        """The HTML with all that it needs, where no style sheet is."""
        return in_lab.dressed(self.html, self._note, self.report.get("file"))

    @property
    def words(self) -> str:
        """What it says, as plain text."""
        return in_lab.words(self.html, self._note)

    @property
    def _note(self) -> str:
        return str(self.report.get("note", ""))

    def __repr__(self) -> str:
        """What it says, cut to a line."""
        return shorten(self.words, 100, placeholder=" ...")


def show(*things: Shown | None) -> None:
    """Show things in a notebook, one below the other; None (nothing to say of this scenario) is left out."""
    from IPython.display import display

    put: Callable[..., Any] = display
    for thing in things:
        if thing is not None:
            put(thing)


def number(value: Value, digits: int = 3) -> str:
    """Return a value as HTML: its number, marked with where it comes from and how far it can be trusted."""
    return mark(value.id, html.escape(value.show(digits)), sorted(value.cautions))


def cell(content: Cell, digits: int = 3) -> str:
    """Return a value or a text as HTML; quoted words are marked as such.

    Raises:
        TypeError: It is neither; a bare number has no origin.
    """
    if isinstance(content, Value):
        return number(content, digits)
    if not isinstance(content, str):
        raise TypeError(f"found {content!r}, allowed is a value or a text")
    written = html.escape(content)
    return quoted(written) if isinstance(content, Quoted) else written


@dataclass(frozen=True)
class Phrase:
    """A part of a sentence: HTML, and the values whose numbers it shows."""

    html: str
    values: tuple[Value, ...] = ()


class _Places(string.Formatter):
    """Fills `{name}` and `{name:digits}` of an escaped template."""

    def format_field(self, content: Any, format_spec: str) -> str:
        return content.html if isinstance(content, Phrase) else cell(content, int(format_spec or 3))


def phrase(template: str, **contents: Cell | Phrase) -> Phrase:
    """Return a template with its `{name}` or `{name:digits}` places filled by values, texts and other phrases."""
    return Phrase(_Places().vformat(html.escape(template, quote=False), (), contents), values_in(contents.values()))


def listed(phrases: Iterable[Phrase], between: str = "") -> Phrase:
    """Return phrases as a list in a sentence, "A, B and C", or with the same words between each two."""
    parts = list(phrases)
    texts = [part.html for part in parts]
    return Phrase(between.join(texts) if between else listing(texts), values_in(parts))


def values_in(contents: Iterable[Cell | Phrase]) -> tuple[Value, ...]:
    """Return the values among contents, and those of their phrases."""
    parts = ((each,) if isinstance(each, Value) else each.values for each in contents if not isinstance(each, str))
    return tuple(chain.from_iterable(parts))


def say(template: str, *, role: str = "", finding: bool = False, **contents: Cell | Phrase) -> Shown:
    """Return a paragraph made from a template and computed contents.

    Args:
        template: Text with `{name}` or `{name:digits}` places; it holds no figure itself.
        role: "answer", "note" or "caution", or nothing.
        finding: Whether the list of reports quotes this paragraph.
        **contents: Values, texts and phrases, by place.
    """
    return _paragraph(phrase(template, **contents), role, finding)


def _paragraph(text: Phrase, role: str, finding: bool = False) -> Shown:
    attribute = f' class="{role}"' if role else ""
    return Shown(f"<p{attribute}>{text.html}</p>", {"kind": "text", "finding": finding}, text.values)


def answer(template: str, **contents: Cell | Phrase) -> Shown:
    """Return a paragraph that answers a question of the report."""
    return _paragraph(phrase(template, **contents), "answer")


def conclude(template: str, **contents: Cell | Phrase) -> Shown:
    """Return an answer that the list of reports quotes, too."""
    return _paragraph(phrase(template, **contents), "answer", finding=True)


def note(template: str, **contents: Cell | Phrase) -> Shown:
    """Return a paragraph that is set small."""
    return _paragraph(phrase(template, **contents), "note")


def warn(template: str, **contents: Cell | Phrase) -> Shown:
    """Return a paragraph that tells to read with care."""
    return _paragraph(phrase(template, **contents), "caution")


def points(sentences: Iterable[Shown], *, ordered: bool = False) -> Shown:
    """Return paragraphs as the points of a list."""
    items = list(sentences)
    lines = "".join(f"<li>{sentence.html}</li>" for sentence in items)
    tag = "ol" if ordered else "ul"
    return Shown(f"<{tag}>{lines}</{tag}>", {"kind": "text"}, tuple(chain(*(sentence.values for sentence in items))))


def concluding(thing: Shown, conclusions: Iterable[Mapping[str, str]]) -> Shown:
    """Return a thing that also states conclusions, as `analysis.machinery.press.conclusions.Conclusion` has them."""
    return replace(thing, report={**thing.report, "conclusions": [dict(conclusion) for conclusion in conclusions]})


def answering(thing: Shown, answers: Mapping[str, Cell]) -> Shown:
    """Return a thing that also states answers by name, for a page that sets scenarios side by side."""
    return replace(thing, report={**thing.report, "answers": [_answer(label, one) for label, one in answers.items()]})


def _answer(label: str, content: Cell) -> dict[str, Any]:
    """Return the fields of `analysis.machinery.press.answers.Answer`."""
    if isinstance(content, Value) and math.isfinite(content.number):
        return {
            "label": label, "quantity": content.quantity.key, "number": content.number, "subject": content.subject,
            "cautions": sorted(content.cautions), "as_of": content.as_of,
        }  # fmt: skip
    return {"label": label, "text": content.show() if isinstance(content, Value) else content}
