"""Tests of the list of reports."""

from functools import cache

from analysis.machinery.press.front import Link
from analysis.machinery.press.index import Listed, index
from analysis.machinery.press.reading import read
from tests.machinery.press.test_html import HOSTILE, Tags
from tests.support.report_notebook import notebook


@cache
def reports():
    findings = read(notebook()).findings
    return (
        Listed("One", "Below", "published", "published/one.html", findings, (Link("PDF", "published/one.pdf"),)),
        Listed("Two", "", "", "published/two.html"),
    )


def test_reports_stand_in_the_given_order_with_their_forms() -> None:
    page = index(reports())
    assert page.index(">One</a>") < page.index(">Two</a>")
    assert 'href="published/one.pdf"' in page
    assert "Scenario: published" in page


def test_numbers_of_a_finding_lead_to_their_derivation_in_the_report() -> None:
    assert 'href="published/one.html#n' in index(reports())
    assert '$2.65<sup class="mark" data-letter="p"></sup>' in index(reports())
    assert "a placeholder" in index(reports())


def test_the_page_nests_and_runs_nothing() -> None:
    read = Tags(index(reports()))
    assert read.open == []
    assert not [tag for tag, _ in read.tags if tag == "script"]


def test_titles_appear_as_text() -> None:
    page = index((Listed(HOSTILE, HOSTILE, HOSTILE, "a.html"),))
    assert "<script" not in page
    assert page.count("&lt;script&gt;") >= 3


def test_a_list_of_nothing_is_a_page() -> None:
    assert Tags(index(())).open == []
