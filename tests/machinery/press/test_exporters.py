"""Tests of the reports as nbconvert exporters."""

import nbconvert
import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from analysis.machinery.press.document import Front, Provenance
from analysis.machinery.press.html import html
from tests.support.report_notebook import notebook


def exporter(name: str) -> nbconvert.exporters.Exporter:
    return nbconvert.get_exporter(f"analysis.machinery.press.exporters.{name}")()


def test_nbconvert_finds_the_page_by_its_name_and_writes_the_same() -> None:
    page, resources = exporter("HtmlReport").from_notebook_node(notebook(), {"metadata": {"name": "example"}})
    assert resources["output_extension"] == ".html"
    assert page == html(notebook(), Front("The published comparison"), Provenance((("Notebook", "example"),)))


def test_nbconvert_finds_the_pdf_by_its_name() -> None:
    content, resources = exporter("PdfReport").from_notebook_node(notebook())
    assert resources["output_extension"] == ".pdf"
    assert content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("name", "suffix", "kind", "offered"),
    [
        ("HtmlReport", ".html", "text/html", "Report (HTML)"),
        ("PdfReport", ".pdf", "application/pdf", "Report (PDF)"),
    ],
)
def test_jupyter_offers_each_by_what_it_is(name: str, suffix: str, kind: str, offered: str) -> None:
    made = exporter(name)
    assert (made.file_extension, made.output_mimetype, made.export_from_notebook) == (suffix, kind, offered)


@pytest.mark.parametrize(
    ("resources", "name"), [({"metadata": {"name": "example"}}, "example"), ({}, "Notebook"), (None, "Notebook")]
)
def test_a_notebook_without_a_heading_is_titled_by_its_name(resources: dict | None, name: str) -> None:
    plain = new_notebook(cells=[new_markdown_cell("Prose.")])
    page, _ = exporter("HtmlReport").from_notebook_node(plain, resources)
    assert page == html(plain, Front(name), Provenance((("Notebook", name),)))
