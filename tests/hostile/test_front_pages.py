"""What a scenario says of itself stands on the front page as it was typed, in HTML and on paper, and nothing runs."""

import html
import json
import re
from functools import cache
from html.parser import HTMLParser

import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from analysis.machinery.press.front import Order
from analysis.machinery.press.index import Listed, index
from analysis.machinery.press.pdf import text
from analysis.machinery.press.publish import publish

TEXTS = {
    "a script": "<script>alert(1)</script>",
    "a picture that fails": "<img src=x onerror=alert(1)>",
    "the end of an attribute": '" onmouseover="alert(1)',
    "the end of an attribute in single quotes": "' onclick='alert(1)",
    "the end of the title": "</title></head><script>x</script>",
    "the end of the style": "</style><svg/onload=alert(1)>",
    "a remark": "<!-- x --><!--part:sources-list--><!--contents-->",
    "entities": "&lt;b&gt; &amp; &#60;b&#62; &bogus;",
    "a number of the report": '<span class="number" data-number="n1">5</span>',
    "a picture of the report": '<img src="picture-1.svg">',
    "an import of Typst": '#import "@preview/x:0.1.0": *',
    "a file read by Typst": '#read("/etc/passwd") #eval("1") #panic()',
    "the end of a block of Typst": "] ) } #[ #let x = 1",
    "marks of Typst": "<label> @ref $x$ `raw` = h - + / _e_ *s* ~",
    "remarks of Typst": "/* a */ // b",
    "the end of a string": '\\" + read("x") + "',
    "a picture of Markdown": "![x](https://example.org/p.png)",
    "a link of Markdown": "[a](javascript:alert(1)) <https://example.org>",
    "a raw attribute": "`<script>`{=html} ```{=typst} #panic() ```",
    "a division": "::: {.caution onclick=x} :::",
    "a head of YAML": "--- title: x ---",
    "mathematics": "$$x^2$$ \\(y\\) $\\input{z}$",
    "TeX": "\\input{/etc/passwd} \\write18{id} % c",
    "a template": "{{ 7*7 }} {% include 'x' %} {# c #} {{ self.__init__ }}",
    "a format": "%s %(x)s {0} {x!r} {front} ${HOME} $(id)",
    "a formula of a spreadsheet": "=cmd|' /C calc'!A0",
    "JSON": '"], "x": ["\\u0041',
    "one word without end": "W" * 300,
    "signs one over another": "Z" + "\u0301\u0302\u0303\u0308" * 20,
    "another direction": "שלום abc עולם",
    "a face": "\U0001f600 ok",
}
BASE = {"subtitle": "s", "organization": "o", "audience": "a", "confidentiality": "c", "disclaimer": "d"}


class Elements(HTMLParser):
    """The elements of a page with their attributes' names."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, ...]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, *(name for name, _ in attrs)))


def made(words, *forms):
    front = {**dict.fromkeys(BASE, words), "title": words, "authors": (words,), "attribution": (words,)}
    notebook = new_notebook(cells=[new_markdown_cell("Text.", id="a")])
    return publish("one", notebook, Order({**front, "date": "2026-04-15"}, (("Scenario", words),), forms))


@cache
def plain():
    return Elements(made("words", "html", "pdf")["one.html"].decode()).found


def squeezed(words):
    return re.sub(r"\s+", "", words)


@pytest.mark.parametrize("words", TEXTS.values(), ids=TEXTS)
def test_what_is_typed_on_the_front_page_appears_as_it_was_typed(words):
    report = made(words, "html", "pdf")
    page = report["one.html"].decode()
    assert Elements(page).found == plain()
    assert html.unescape(page).count(words) >= 10
    assert squeezed(text(report["one.pdf"])).count(squeezed(words)) >= 7
    assert json.loads(report["one/summary.json"])["title"] == words


@pytest.mark.parametrize("words", TEXTS.values(), ids=TEXTS)
def test_the_list_of_reports_shows_titles_as_they_were_typed(words):
    page = index((Listed(words, words, words, "a.html"),), title="Reports")
    assert html.unescape(page).count(words) >= 3
    assert not {"script", "svg", "img", "iframe"} & {element[0] for element in Elements(page).found}
