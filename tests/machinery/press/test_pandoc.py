"""Tests of the one run of pandoc over a report's document."""

import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from analysis.machinery.press.document import document
from analysis.machinery.press.pandoc import CONTENTS_END, convert
from tests.support.report_notebook import notebook


def prose(markdown: str, to: str) -> str:
    return convert(document(new_notebook(cells=[new_markdown_cell(markdown)])), to)


def test_the_contents_list_the_sections_down_to_the_second_level() -> None:
    contents, body = prose("## A\n\n### B\n\n#### C", "html5").split(CONTENTS_END)
    assert all(f'href="#{name}"' in contents for name in ("a", "b"))
    assert 'href="#c"' not in contents
    assert 'id="c"' in body


def test_numbers_stay_on_one_line_with_their_identifiers() -> None:
    body = convert(document(notebook()), "html5")
    assert body.count('<span class="number') == body.count('" data-number="n')


@pytest.mark.parametrize(
    ("markdown", "typst"),
    [
        ("#let x = 1", "\\#let x \\= 1"),
        ("a @b", "a \\@b"),
        ("*a* **b** ~~c~~", "#emph[a] #strong[b] #strike[c]"),
        ("`#eval`", "`#eval`"),
        ("- a\n- b", "- a\n- b"),
    ],
)
def test_prose_is_written_as_text_of_typst(markdown: str, typst: str) -> None:
    written = prose(markdown, "typst")
    assert typst in written or typst.replace("\\=", "=") in written


def test_a_table_fills_the_paper_and_its_numbers_stand_right() -> None:
    written = convert(document(notebook()), "typst")
    head = written.split("#data-table(")[1].split("table.header")[0]
    assert head.startswith("false, 0, columns: (1fr, ")
    assert "align: (left,left,right,right,left,)" in head


def test_a_wide_table_reaches_into_the_margin_and_is_set_smaller_only_where_it_must() -> None:
    rooms = [part.split(", columns")[0] for part in convert(document(notebook()), "typst").split("#data-table(")[1:]]
    assert rooms == ["false, 0", "true, 1", "false, 0"]
