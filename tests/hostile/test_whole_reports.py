"""A brief for a buyer who writes code in place of words shows the words, on the page, on paper, and in its tables."""

import csv
import html
import io
import re

import pytest

from analysis.machinery.press.jobs import jobs, notebooks
from analysis.machinery.press.pdf import text
from analysis.machinery.press.publish import render
from analysis.scenario import read_scenario as scenario
from tests.machinery.press.test_html import Tags
from tests.support.spreadsheets import cells

TITLE = "<script>alert(1)</script> #panic() $x$ {{ a }} \\input{x} [a](javascript:b)"
PROVIDERS = {
    "<script>alert(1)</script>": "#panic(x) $y$ @z",
    "a =HYPERLINK(http://x)": "[a](javascript:b) | *c* `d`",
    "a{{b}}{%c%}\\input{d}": "</td></table> {=html}",
}
BUYER = """
minimum_interactivity: 50
input_tokens: 8192
as_of: 2026-05-05
vintage: 2026-08
price_tier: rental_3yr
organization: '"><img src=x onerror=alert(1)>'
audience: "=cmd|' /C calc'!A0"
"""
FORMULA = re.compile(r"[=+@\t\r-](?![\d.]+(e[-+]?\d+)?$)")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    quotes = [
        f'  - {{provider: "{name}", terms: "{terms}", platform: b200, price: {4 + place / 8}}}'.replace("\\", "\\\\")
        for place, (name, terms) in enumerate(PROVIDERS.items())
    ]
    path = tmp_path_factory.mktemp("buyer") / "own.yaml"
    path.write_text("\n".join([f"title: '{TITLE}'", BUYER, "quotes:", *quotes]), encoding="utf-8")
    (job,) = jobs(scenario(str(path)), [], notebooks(["06-procurement-brief"]))
    return render(job)


def test_the_page_shows_the_words_and_runs_nothing(made):
    page = made["06-procurement-brief.html"].decode()
    shown = html.unescape(page)
    assert all(words in shown for words in (TITLE, *PROVIDERS, *PROVIDERS.values()))
    read = Tags(page)
    assert not {"script", "iframe", "object", "embed", "svg"} & {tag for tag, _ in read.tags}
    assert not [name for _, attributes in read.tags for name in attributes if name.startswith("on")]
    assert all(source.startswith("data:image/") for source in read.all("src"))
    assert not [
        address for address in read.all("href") if address.lower().lstrip().startswith(("javascript", "data"))
    ]


def test_the_paper_shows_the_words(made):
    paper = re.sub(r"\s+", "", text(made["06-procurement-brief.pdf"]))
    assert all(re.sub(r"\s+", "", words) in paper for words in (TITLE, *PROVIDERS))


def test_no_cell_of_a_table_beside_the_report_is_a_formula(made):
    tables = {name: content for name, content in made.items() if name.endswith(".csv")}
    found = [cell for content in tables.values() for row in csv.reader(io.StringIO(content.decode())) for cell in row]
    assert len(tables) > 3
    assert any("=HYPERLINK" in cell for cell in found)
    assert not [cell for cell in found if FORMULA.match(cell)]


def test_the_workbook_holds_the_words_as_text(made):
    found = cells(made["06-procurement-brief/procurement.xlsx"])
    holding = [(formula, shown) for formula, shown in found.values() if "HYPERLINK" in str(shown)]
    assert holding
    assert all(formula == "" for formula, _ in holding)
