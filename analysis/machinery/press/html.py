"""Writes a report as one HTML page that needs nothing else: no network, no script, its pictures inside."""

import base64
import re
from collections.abc import Mapping
from html import unescape
from urllib.parse import unquote

from markupsafe import Markup

from analysis.errors import InputError
from analysis.exhibits.marks import Mark, mark, with_marks
from analysis.machinery.press import templates
from analysis.machinery.press.displays import MIMES
from analysis.machinery.press.front import Front, Link, Provenance
from analysis.machinery.press.numbers import sources
from analysis.machinery.press.pandoc import Bodies
from analysis.machinery.press.reading import Reading
from analysis.machinery.press.style import style

PICTURE = re.compile(r'<img src="(picture-\d+\.(\w+))"')
LINK, PLACE = re.compile(r'<a href="#([^"]*)"[^>]*>(.*?)</a>', re.DOTALL), re.compile(r' id="([^"]*)"')
ELEMENT = re.compile(r"<[^>]*>")
PART = re.compile(r"<!--part:([\w-]+)-->")


def html(reading: Reading, bodies: Bodies, front: Front, provenance: Provenance, links: tuple[Link, ...] = ()) -> str:
    """Return the report as an HTML page.

    Raises:
        InputError: The accent is not a color, or a link leads to no place on the page.
    """
    listed = sources(reading.numbers)
    parts = {
        "derivations-list": templates.render(
            "derivations.html", numbers=reading.numbers, sources=listed, equations=reading.document.equations
        ),
        "sources-list": templates.render("sources.html", sources=listed),
        "provenance-list": templates.render("provenance.html", front=front, provenance=provenance),
    }
    body = _completed(bodies.html, reading, parts)
    _demand_places(bodies.html, body)
    contents = re.sub(r' id="toc-[^"]*"', "", bodies.contents)
    return templates.render(
        "page.html",
        front=front,
        links=links,
        logo=_data_address(front.logo.content, front.logo.mime) if front.logo else "",
        style=style(front.accent),
        cautions=reading.document.cautions,
        contents=Markup(contents),  # noqa: S704 - pandoc has escaped what is text in it
        body=Markup(body),  # noqa: S704
    )


def _completed(body: str, reading: Reading, parts: Mapping[str, str]) -> str:
    """Return the body with its pictures, the cards of its numbers, and the parts that the report adds."""

    def picture(match: re.Match[str]) -> str:
        return f'<img src="{_data_address(reading.document.pictures[match[1]], MIMES[match[2]])}"'

    def number(one: Mark) -> str:
        text = Markup(one.text)  # noqa: S704 - as pandoc wrote it
        content = templates.render("number.html", entry=reading.numbers[one.id], text=text, cautions=one.cautions)
        return mark(one.id, content.strip(), one.words)

    body = PICTURE.sub(picture, body)
    return PART.sub(lambda match: parts[match[1]], with_marks(body, number))


def _demand_places(linked: str, body: str) -> None:
    """Refuse links within the page that lead nowhere."""
    places = {*PLACE.findall(body)}
    for target, words in LINK.findall(linked):
        if target not in places and unescape(unquote(target)) not in {*map(unescape, places)}:
            said = unescape(ELEMENT.sub("", words))
            raise InputError(f'the link "{said}" leads to #{unescape(target)}, and there is no such place')


def _data_address(content: bytes, mime: str) -> str:
    return f"data:{mime};base64,{base64.b64encode(content).decode()}"
