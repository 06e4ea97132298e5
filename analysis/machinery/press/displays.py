"""How one output of a notebook becomes a block of the report's document."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count

from analysis.errors import InputError, nearest
from analysis.machinery.press import templates
from analysis.machinery.press.numbers import Entry
from analysis.machinery.press.outputs import ANSI, About, Output, decoded
from analysis.machinery.press.settled import is_settled, with_marks_at_heads

SVG = "image/svg+xml"
PICTURES = {SVG: "svg", "image/png": "png", "image/jpeg": "jpg"}
MIMES = {suffix: mime for mime, suffix in PICTURES.items()}
WORDS = re.compile(r"\\mathrm\{([A-Za-z \\]{2,})\}")  # Typst would set its letters one by one
UNDESCRIBED = "A picture that its notebook does not describe."
NOT_BACKED = "<strong>Not backed:</strong> nothing in this report stands behind what the picture shows."
DOLLARS = re.compile(r"^\s*\$\$?|\$\$?\s*$")


@dataclass(frozen=True)
class Block:
    """A piece of the document that the report has made: HTML, TeX or code, and what is known about it."""

    kind: str
    text: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    settled: bool = False
    """Whether the text is HTML that stands on the page as it is; else pandoc reads it there, too."""


@dataclass
class Counters:
    """The numbers of figures, tables and equations, and the pictures met on the way."""

    data_folder: str = "data"
    figures: Iterator[int] = field(default_factory=lambda: count(1))
    tables: Iterator[int] = field(default_factory=lambda: count(1))
    equations: Iterator[int] = field(default_factory=lambda: count(1))
    pictures: dict[str, bytes] = field(default_factory=dict)
    labels: set[str] = field(default_factory=set)
    names: set[tuple[str, str]] = field(default_factory=set)

    def name(self, output: Output, kind: str) -> str:
        """Return the name of a figure or table, which must stand once only, since links lead to it."""
        name = output.name()
        if (name, kind) in self.names:
            raise InputError(f"{output.place}: a {kind} with the name {name!r} stands in the report already")
        self.names.add((name, kind))
        return name

    def keep(self, content: str, mime: str, place: str) -> str:
        """Return the file name under which a picture is kept; text is SVG, all else is base64.

        Raises:
            InputError: It is to be base64 and is none.
        """
        suffix = PICTURES[mime]
        name = f"picture-{len(self.pictures) + 1}.{suffix}"
        self.pictures[name] = content.encode() if suffix == "svg" else decoded(content, place)
        return name


def block(output: Output, counters: Counters) -> Block:
    """Return an output as a block of the document.

    Raises:
        InputError: The output says what it is, but lacks something that its kind needs.
    """
    if output.about is None:
        return plain(output, counters)
    made = KINDS.get(output.about.kind)
    if made is None:
        raise InputError(f"{output.place}: report.kind is {output.about.kind!r}; {nearest(output.about.kind, KINDS)}")
    return made(output, counters)


def _text(output: Output, counters: Counters) -> Block:
    html = with_classes(output.form("text/html"))
    return Block("text", html, settled=is_settled(html))


def _table(output: Output, counters: Counters) -> Block:
    assert output.about is not None
    html = with_classes(output.form("text/html"))
    settled, name = is_settled(html + output.about.note), counters.name(output, "table")
    html = with_marks_at_heads(html)
    number = next(counters.tables)
    opening = f'<caption><span id="caption-{name}"><span class="label">Table {number}.</span> '
    html = html.replace("<caption>", opening, 1).replace("</caption>", "</span></caption>", 1)
    return Block(
        "table",
        templates.render("table.html", table=html, name=name, about=output.about, data=counters.data_folder),
        settled=settled,
    )


def _figure(output: Output, counters: Counters) -> Block:
    html = templates.render(
        "figure.html",
        picture=counters.keep(output.form(SVG), SVG, output.place),
        name=counters.name(output, "figure"),
        number=next(counters.figures),
        alt=output.said("alt"),
        caption=output.said("caption"),
        about=output.about,
        data=counters.data_folder,
    )
    return Block("figure", html, settled=is_settled(output.said("caption")))


def _equation(output: Output, counters: Counters) -> Block:
    tex = DOLLARS.sub("", output.form("text/latex"))
    return _labelled(tex, output.name("label"), output.said("alt"), counters)


KINDS: Mapping[str, Callable[[Output, Counters], Block]] = {
    "text": _text, "table": _table, "figure": _figure, "equation": _equation,
}  # fmt: skip


def _labelled(tex: str, label: str, alt: str, counters: Counters) -> Block:
    # A label stands once in a document; the same equation shown again goes without.
    attributes = {"alt": alt, "number": str(next(counters.equations))}
    if label not in counters.labels:
        attributes["label"] = label
    counters.labels.add(label)
    return Block("equation", WORDS.sub(r"\\text{\1}", tex), attributes)


def formulas(numbers: Iterable[Entry], counters: Counters) -> Iterator[Block]:
    """Yield the equations behind the numbers that the document does not show yet."""
    for entry in numbers:
        if entry.formula and entry.latex and entry.formula not in counters.labels:
            name = entry.formula.replace("_", " ")
            tex = rf"\text{{{name}}} = {entry.latex}"
            yield _labelled(tex, entry.formula, f"{name} equals {entry.latex}", counters)


def plain(output: Output, counters: Counters) -> Block:
    """Return an output that says nothing about itself: the richest form that a report can show."""
    forms = output.forms
    for mime in PICTURES:
        if mime in forms:
            number, picture = next(counters.figures), counters.keep(forms[mime], mime, output.place)
            told = {"alt": UNDESCRIBED, "caption": NOT_BACKED, "about": About(), "name": f"not-backed-{number}"}
            return Block("figure", templates.render("figure.html", picture=picture, number=number, **told))
    if "text/html" in forms:
        return Block("output", output.html)
    text = str(forms.get("text/plain", ""))
    if "text/latex" in forms:
        attributes = {"alt": text or forms["text/latex"], "number": str(next(counters.equations))}
        return Block("equation", DOLLARS.sub("", forms["text/latex"]), attributes)
    return Block("output", templates.render("plain.html", text=ANSI.sub("", text)))


def with_classes(html: str) -> str:
    """Return HTML in which the class of a paragraph or a list stands on a division around it, as pandoc reads it."""
    closings: list[str] = []

    def moved(match: re.Match[str]) -> str:
        closing, element, classes = match[1], match[2], re.search(r'class="([^"]*)"', match[0])
        if closing:
            return match[0] + (closings.pop() if closings else "")
        closings.append("</div>" if classes else "")
        return f'<div class="{classes[1]}"><{element}>' if classes else match[0]

    return re.sub(r"<(/?)(p|ul|ol|dl)\b[^>]*>", moved, html)
