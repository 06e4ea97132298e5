"""Writes a report as one HTML page that needs nothing else: no network, no script, its pictures inside."""

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from analysis.exhibits.marks import Mark, cautions_in, mark, with_marks
from analysis.machinery.press import color, pandoc, templates
from analysis.machinery.press.displays import MIMES
from analysis.machinery.press.document import Document, Front, Provenance, document
from analysis.machinery.press.numbers import sources
from analysis.machinery.press.outputs import Notebook

PICTURE = re.compile(r'<img src="(picture-\d+\.(\w+))"')
PART = re.compile(r"<!--part:([\w-]+)-->")
PAPER, NIGHT = "#ffffff", "#14181d"


@dataclass(frozen=True)
class Link:
    """An address beside the report, such as its PDF."""

    label: str
    url: str


def html(
    notebook: Notebook,
    front: Front,
    provenance: Provenance,
    links: tuple[Link, ...] = (),
    *,
    data_folder: str = "data",
    code: bool = False,
) -> str:
    """Return the report as an HTML page.

    Args:
        notebook: An executed notebook.
        front: What the report says of itself.
        provenance: What it was made from.
        links: Addresses shown in the head, relative to the page.
        data_folder: Where the files of `data_files` lie, relative to the page.
        code: Whether the notebook's code is folded into the page.

    Raises:
        InputError: An output lacks what its kind needs, or the accent is not a color.
    """
    made = document(notebook, data_folder=data_folder, code=code)
    contents, body = pandoc.convert(made, "html5").split(pandoc.CONTENTS_END, 1)
    listed = sources(made.numbers)
    parts = {
        "derivations-list": templates.render(
            "derivations.html", numbers=made.numbers, sources=listed, equations=made.equations
        ),
        "sources-list": templates.render("sources.html", sources=listed),
        "provenance-list": templates.render("provenance.html", front=front, provenance=provenance),
    }
    return templates.render(
        "page.html",
        front=front,
        links=links,
        logo=_data_address(front.logo.content, front.logo.mime) if front.logo else "",
        style=style(front.accent),
        cautions=cautions_in(body),
        contents=Markup(re.sub(r' id="toc-[^"]*"', "", contents)),  # noqa: S704 - pandoc has escaped what is text in it
        body=Markup(_completed(body, made, parts)),  # noqa: S704
    )


def style(accent: str) -> Markup:
    """Return the style sheet with the accent made readable on paper and at night."""
    values = {"accent": color.readable(accent, PAPER), "accent-at-night": color.readable(accent, NIGHT)}
    sheet = templates.text("report.css")
    for name, value in values.items():
        sheet = sheet.replace(f"var(--{name})", value)
    return Markup(sheet)  # noqa: S704 - the file is ours and the colors are checked


def _completed(body: str, made: Document, parts: Mapping[str, str]) -> str:
    """Return the body with its pictures, the cards of its numbers, and the parts that the report adds."""

    def picture(match: re.Match[str]) -> str:
        return f'<img src="{_data_address(made.pictures[match[1]], MIMES[match[2]])}"'

    def number(one: Mark) -> str:
        text = Markup(one.text)  # noqa: S704 - as pandoc wrote it
        content = templates.render("number.html", entry=made.numbers[one.id], text=text, cautions=one.cautions)
        return mark(one.id, content.strip(), one.words)

    body = PICTURE.sub(picture, body)
    return PART.sub(lambda match: parts[match[1]], with_marks(body, number))


def _data_address(content: bytes, mime: str) -> str:
    return f"data:{mime};base64,{base64.b64encode(content).decode()}"
