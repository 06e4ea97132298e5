"""Writes a report as one HTML page that needs nothing else: no network, no script, its pictures inside."""

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
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


@dataclass(frozen=True)
class Screen:
    """A report as a page, before and after what is made of its register is put into it.

    Attributes:
        said: The page with a place for each picture and list, and its numbers without their cards.
        lists: The lists of numbers, sources and origins, by the name of their place.
        reading: What it is made from.
    """

    said: str
    lists: Mapping[str, str]
    reading: Reading

    @cached_property
    def html(self) -> str:
        """The page as it is opened.

        Raises:
            InputError: A link leads to no place on it.
        """

        def picture(match: re.Match[str]) -> str:
            return f'<img src="{_data_address(self.reading.document.pictures[match[1]], MIMES[match[2]])}"'

        def number(one: Mark) -> str:
            text = Markup(one.text)  # noqa: S704 - as pandoc wrote it
            entry = self.reading.numbers[one.id]
            content = templates.render("number.html", entry=entry, text=text, cautions=one.cautions)
            return mark(one.id, content.strip(), one.words)

        page = with_marks(PICTURE.sub(picture, self.said), number)
        page = PART.sub(lambda match: self.lists[match[1]], page)
        _demand_places(self.said, page)
        return page

    @property
    def listed(self) -> str:
        """The words of the lists."""
        return unescape(ELEMENT.sub(" ", " ".join(self.lists.values())))


def screen(
    reading: Reading, bodies: Bodies, front: Front, provenance: Provenance, links: tuple[Link, ...] = ()
) -> Screen:
    """Return the report as a page.

    Raises:
        InputError: The accent is not a color.
    """
    listed = sources(reading.numbers)
    said = templates.render(
        "page.html",
        front=front,
        links=links,
        logo=_data_address(front.logo.content, front.logo.mime) if front.logo else "",
        style=style(front.accent),
        cautions=reading.document.cautions,
        contents=Markup(re.sub(r' id="toc-[^"]*"', "", bodies.contents)),  # noqa: S704 - pandoc has escaped what is text
        body=Markup(bodies.html),  # noqa: S704
    )
    lists = {
        "derivations-list": templates.render(
            "derivations.html", numbers=reading.numbers, sources=listed, equations=reading.document.equations
        ),
        "sources-list": templates.render("sources.html", sources=listed),
        "provenance-list": templates.render("provenance.html", front=front, provenance=provenance),
    }
    return Screen(said, lists, reading)


def _demand_places(linked: str, body: str) -> None:
    """Refuse links within the page that lead nowhere."""
    places = {*PLACE.findall(body)}
    for target, words in LINK.findall(linked):
        if target not in places and unescape(unquote(target)) not in {*map(unescape, places)}:
            said = unescape(ELEMENT.sub("", words))
            raise InputError(f'the link "{said}" leads to #{unescape(target)}, and there is no such place')


def _data_address(content: bytes, mime: str) -> str:
    return f"data:{mime};base64,{base64.b64encode(content).decode()}"
