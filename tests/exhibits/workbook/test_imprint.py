"""A workbook travels with its organization, classification and paper, and the same bytes for the same of them."""

import io

import pytest
from openpyxl import load_workbook

from analysis.exhibits.workbook import Block, Line, Live, workbook
from analysis.exhibits.workbook.imprint import imprinted

CONTENT = workbook("Title", [Block("Numbers", ["one"], [Line("Number", [Live(entry=1.0)])])])
OWN = {
    "organization": "Müller & Söhne <GmbH>", "confidentiality": "Board only", "authors": ("A", "B"),
    "title": "2 billion", "day": "2026-11-30",
}  # fmt: skip


def book(**own):
    return load_workbook(io.BytesIO(imprinted(CONTENT, **own)))


def test_every_sheet_says_on_paper_whom_it_is_from_and_how_it_is_classified():
    for sheet in book(**OWN):
        head = sheet.oddHeader
        assert (head.left.text, head.center.text) == ("Müller && Söhne <GmbH>", "Board only")
        assert head.right.text.split() == ["2", "billion", "2026-11-30"]


def test_the_properties_name_authors_and_classification():
    found = book(**OWN).properties
    assert (found.creator, found.category, found.keywords) == ("A, B", "Board only", "Board only")
    assert book(organization="Example").properties.creator == "Example"


@pytest.mark.parametrize(("paper", "number"), [("a4", 9), ("letter", 1)])
def test_sheets_are_for_the_paper_that_was_asked(paper, number):
    assert {int(sheet.page_setup.paperSize) for sheet in book(paper=paper)} == {number}


def test_a_long_classification_stays_whole_and_a_long_title_does_not():
    head = book(confidentiality="c" * 100, title="t" * 300)["Read me"].oddHeader
    assert head.center.text == "c" * 100
    assert head.right.text.endswith("…")


def test_a_file_that_is_no_workbook_stays_as_it_is():
    assert imprinted(b"none", **OWN) == b"none"


def test_the_same_imprint_gives_the_same_bytes():
    assert imprinted(CONTENT, **OWN) == imprinted(CONTENT, **OWN)
    assert load_workbook(io.BytesIO(imprinted(CONTENT))).sheetnames == load_workbook(io.BytesIO(CONTENT)).sheetnames
