"""Tests of the files that are made of an executed notebook."""

import json
import re
from dataclasses import replace as with_fields

import pytest
from nbformat.v4 import new_output

from analysis.machinery.press.check import UnbackedNumeralError
from analysis.machinery.press.files import replace
from analysis.machinery.press.front import Link, Order
from analysis.machinery.press.index import write_index
from analysis.machinery.press.pdf import text
from analysis.machinery.press.publish import publish
from tests.support.report_notebook import notebook

FRONT = {"title": "", "subtitle": "Below", "date": "2026-04-15"}
MADE_FROM = (("Rebuild", "./run report"),)
BOTH = Order(FRONT, MADE_FROM, ("html", "pdf"))


@pytest.fixture(scope="module")
def made():
    return publish("one", notebook(), BOTH)


def test_a_report_is_a_page_a_paper_its_data_and_its_numbers(made):
    assert {"one.html", "one.pdf", "one/numbers.json", "one/summary.json"} <= set(made)
    assert made["one.pdf"].startswith(b"%PDF")
    numbers = json.loads(made["one/numbers.json"])
    assert all({"id", "value", "unit", "formula", "inputs", "sources", "status"} <= set(one) for one in numbers)
    assert any(path.startswith("one/data/") for path in made)


def test_the_title_is_the_notebooks_first_heading_unless_given(made):
    summary = json.loads(made["one/summary.json"])
    page = publish("one", notebook(), Order({**FRONT, "title": "<script>alert(1)</script>"}, MADE_FROM))
    assert summary["title"] in made["one.html"].decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page["one.html"].decode()
    assert "<script" not in page["one.html"].decode()
    assert "one.pdf" not in page


def test_a_typed_numeral_fails_the_report_and_is_named():
    typed = notebook()
    prose = next(cell for cell in reversed(typed["cells"]) if cell["cell_type"] == "markdown")
    prose["source"] += "\n\nIt is 35 times cheaper."
    with pytest.raises(UnbackedNumeralError, match="'35'"):
        publish("one", typed, Order(FRONT, MADE_FROM))


def test_the_list_of_reports_shows_what_is_finished(made, tmp_path):
    replace(tmp_path / "published", "one", "key", made)
    (tmp_path / "published/two").mkdir()
    (tmp_path / "published/two/summary.json").write_text("{")
    page = write_index(tmp_path).read_text()
    assert 'href="published/one.html"' in page
    assert 'href="published/one.pdf"' in page
    assert "two" not in page.split("<main")[1].split("published/")[0]
    before = (tmp_path / "index.html").stat().st_mtime_ns
    assert write_index(tmp_path).stat().st_mtime_ns == before


@pytest.mark.parametrize("damaged", [b"", b"{", b"[]", b'{"title": "Forged"}'])
def test_a_report_whose_summary_was_damaged_is_not_listed(made, tmp_path, damaged):
    replace(tmp_path / "published", "one", "key", made)
    (tmp_path / "published/one/summary.json").write_bytes(damaged)
    page = write_index(tmp_path).read_text()
    assert "published/one" not in page
    assert "Forged" not in page


def test_what_a_report_concludes_and_where_its_numbers_stand_lie_beside_it(made):
    numbers = {one["id"]: one for one in json.loads(made["one/numbers.json"])}
    places = json.loads(made["one/places.json"])
    assert set(places.values()) == {name for name, one in numbers.items() if one["shown"]}
    (concluded,) = json.loads(made["one/summary.json"])["conclusions"]
    assert concluded["id"] == "the-answer-1"
    assert "a ratio of {Cost ratio}" in concluded["words"]


def test_a_file_that_a_notebook_gives_lies_beside_the_report_and_is_linked():
    given = notebook()
    cell = next(cell for cell in given["cells"] if cell["cell_type"] == "code" and cell["outputs"])
    file = {"name": "model.xlsx", "mime": "x/y", "base64": "cGxhaW4="}
    output = new_output("display_data", {"text/html": '<p><a href="model.xlsx">model.xlsx</a></p>'})
    output["metadata"] = {"report": {"kind": "text", "file": file}}
    cell["outputs"].append(output)
    found = publish("one", given, Order(FRONT, MADE_FROM))
    assert found["one/model.xlsx"] == b"plain"
    assert 'href="one/model.xlsx"' in found["one.html"].decode()


def test_paper_says_where_its_derivations_are(made):
    printed = publish("one", notebook(), with_fields(BOTH, forms=("html", "pdf", "derivations")))
    words = {name: " ".join(text(content).split()) for name, content in printed.items() if name.endswith("pdf")}
    assert "of every number are part of the HTML form" in " ".join(text(made["one.pdf"]).split())
    assert "are printed in one.derivations.pdf" in words["one.pdf"]
    assert "Every number in this report was registered" in words["one.derivations.pdf"]
    assert "Every number in this report was registered" not in words["one.pdf"]


@pytest.mark.parametrize(
    ("forms", "paper"),
    [
        (("html",), []),
        (("html", "pdf"), [("one.pdf", "PDF")]),
        (("html", "derivations"), [("one.derivations.pdf", "Derivations (PDF)")]),
    ],
)
def test_a_page_links_to_all_reports_its_paper_its_numbers_and_what_else_is_asked_for(forms, paper):
    order = Order(FRONT, MADE_FROM, forms, (Link("More", "more.html"),))
    page = publish("one", notebook(), order)["one.html"].decode()
    found = re.findall(
        r'<a href="(\.\./index\.html|one\.pdf|one\.derivations\.pdf|one/numbers\.json|more\.html)"[^>]*>([^<]+)</a>',
        page,
    )
    assert list(dict.fromkeys(found)) == [
        ("../index.html", "All reports"),
        *paper,
        ("one/numbers.json", "Numbers (JSON)"),
        ("more.html", "More"),
    ]


def test_the_summary_says_title_subtitle_date_findings_and_conclusions(made):
    summary = json.loads(made["one/summary.json"])
    assert set(summary) == {"title", "subtitle", "date", "findings", "conclusions"}
    assert (summary["title"], summary["subtitle"], summary["date"]) == (
        "The published comparison",
        "Below",
        "2026-04-15",
    )
    assert len(summary["findings"]) == 1
    assert (
        made["one/summary.json"].decode() == json.dumps(summary, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    )


def test_a_title_that_is_given_may_hold_digits_and_one_that_the_notebook_types_may_not() -> None:
    typed = notebook()
    typed.cells[0].source = "# 35 times cheaper"
    with pytest.raises(UnbackedNumeralError, match="'35' in section '35 times cheaper'"):
        publish("one", typed, Order({"title": ""}))
    given = publish("one", typed, Order({"title": "35 times cheaper", "subtitle": "By 36"}, forms=("html", "pdf")))
    assert "35 times cheaper" in text(given["one.pdf"])
    assert json.loads(given["one/summary.json"])["title"] == "35 times cheaper"
