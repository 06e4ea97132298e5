"""The printed report: a reader who prints the longest one holds at most so many sheets."""

from collections.abc import Callable

import pypdfium2
import pytest

from analysis.machinery.press.jobs import jobs, notebooks
from analysis.machinery.press.outputs import Notebook
from analysis.machinery.press.pdf import text
from analysis.machinery.press.publish import publish
from analysis.scenario import read_scenario

MOST_PAGES = 20


@pytest.fixture(scope="module")
def paper(ran: Callable[[str], Notebook]) -> bytes:
    (path,) = notebooks(["03-what-makes-the-difference"])
    (job,) = jobs(read_scenario("published"), [], [path], ("pdf",))
    return publish(path.stem, ran(path.stem), job.order)[f"{path.stem}.pdf"]


def test_the_longest_report_prints_no_more_pages_than_it_may(paper: bytes) -> None:
    assert len(pypdfium2.PdfDocument(paper)) <= MOST_PAGES


def test_no_page_ends_with_a_heading(paper: bytes) -> None:
    file = pypdfium2.PdfDocument(paper)
    headings = {mark.get_title().split(" ", 1)[-1] for mark in file.get_toc()}
    for page in file:
        lines = [line.strip() for line in page.get_textpage().get_text_bounded().splitlines() if line.strip()]
        before_foot = [line for line in lines if not line.startswith("page ")][-1]
        assert before_foot not in headings
    assert len(headings) > MOST_PAGES / 2


def test_no_number_on_paper_carries_a_position_where_no_derivations_are_printed(paper: bytes) -> None:
    assert "[1]" not in text(paper)
