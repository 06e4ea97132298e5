"""Tests of the reports as nbconvert exporters."""

import nbconvert

from analysis.report.document import Front, Provenance
from analysis.report.html import html
from tests.report_notebook import notebook


def exporter(name: str) -> nbconvert.exporters.Exporter:
    return nbconvert.get_exporter(f"analysis.report.exporters.{name}")()


def test_nbconvert_finds_the_page_by_its_name_and_writes_the_same() -> None:
    page, resources = exporter("HtmlReport").from_notebook_node(notebook(), {"metadata": {"name": "example"}})
    assert resources["output_extension"] == ".html"
    assert page == html(notebook(), Front("The published comparison"), Provenance((("Notebook", "example"),)))


def test_nbconvert_finds_the_pdf_by_its_name() -> None:
    content, resources = exporter("PdfReport").from_notebook_node(notebook())
    assert resources["output_extension"] == ".pdf"
    assert content.startswith(b"%PDF")
