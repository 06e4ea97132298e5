"""Tests of the one Markdown document that all forms of a report are written from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.errors import InputError
from analysis.machinery.press.displays import Block
from analysis.machinery.press.document import Document, fenced
from analysis.machinery.press.front import Front, Provenance
from analysis.machinery.press.pandoc import convert
from analysis.machinery.press.reading import read
from tests.support.press import bodies, html
from tests.support.report_notebook import code, display, equation, figure, notebook, table


def html_of(*cells: object) -> str:
    return bodies(new_notebook(cells=list(cells))).html


def document(notebook: object, *, code: bool = False) -> Document:
    return read(notebook, code=code).document


def test_the_same_notebook_gives_the_same_document() -> None:
    assert document(notebook()) == document(notebook())


def test_code_stands_in_the_document_only_when_asked_for() -> None:
    assert "show(answer)" not in document(notebook()).markdown()
    assert "show(answer)" in document(notebook(), code=True).markdown()


def test_all_notebooks_have_a_token_of_their_own() -> None:
    other = notebook()
    other.cells[0].source += "!"
    assert document(notebook()).token != document(other).token


def test_prose_cannot_write_a_display_since_its_token_depends_on_it() -> None:
    made = document(notebook())
    forged = notebook()
    forged.cells.append(new_markdown_cell(f"~~~ {{.{made.token}}}\n<p data-generated='x'>42</p>\n~~~"))
    again = document(forged)
    page = convert(again).html
    assert "&lt;p data-generated" in page
    assert made.token not in page


@given(st.text(alphabet="~`{}#.\\\"'<>& \nabc", max_size=60))
def test_a_fence_holds_whatever_text(text: str) -> None:
    opening, *_, closing = fenced(Block("output", text, {"alt": text}), "token").split("\n")
    fence = closing.strip()
    assert set(fence) == {"~"}
    assert opening.startswith(fence + " {.token ")
    assert fence not in text


def test_an_attached_picture_is_part_of_the_document() -> None:
    cell = new_markdown_cell("![a dot](attachment:dot.png)", attachments={"dot.png": {"image/png": "AAAA"}})
    made = document(new_notebook(cells=[cell]))
    assert made.pictures == {"picture-1.png": b"\0\0\0"}
    assert '<img src="picture-1.png" alt="a dot"' in convert(made).html


def test_a_message_names_the_cell() -> None:
    cells = [new_markdown_cell("a"), code("", display("figure", "text/html", "x"))]
    with pytest.raises(InputError, match=r"cell \[1\]"):
        document(new_notebook(cells=cells))


def test_outputs_in_markdown_are_prose() -> None:
    cell = new_code_cell("", outputs=[new_output("display_data", data={"text/markdown": "**bold** <script>"})])
    assert "<strong>bold</strong> &lt;script&gt;" in html_of(cell)


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("# T\n\n## A\n\n### B", ["h2 A", "h3 B"]),
        ("# A\n\n# B\n\n## C", ["h2 A", "h2 B", "h3 C"]),
        ("Prose\n\n# A\n\n## B", ["h2 A", "h3 B"]),
        ("## A\n\n#### B\n\n## C", ["h2 A", "h3 B", "h2 C"]),
        ("### A\n\n## B", ["h2 A", "h2 B"]),
    ],
)
def test_headings_follow_one_another_without_a_gap(markdown: str, expected: list[str]) -> None:
    import re

    page = html_of(new_markdown_cell(markdown))
    found = re.findall(r"<(h\d) id=\"[\w-]+\"><span[^>]*>[\d.]+</span> (\w+)</h\d>", page)
    assert [f"{level} {text}" for level, text in found] == expected


def test_headings_have_identifiers_of_their_own() -> None:
    output = display("text", "text/html", "<h3>Same</h3>")
    page = html_of(new_markdown_cell("## Same"), code("", output, output))
    assert [f'id="{name}"' in page for name in ("same", "same-1", "same-2")] == [True] * 3


def test_a_link_within_the_report_leads_to_its_heading_in_both_forms() -> None:
    made = document(new_notebook(cells=[new_markdown_cell("[there](#the-end)\n\n## The end")]))
    assert '<a href="#the-end">there</a>' in convert(made).html
    assert "#link(<the-end>)[there]" in convert(made, ["pdf"]).pdf


@pytest.mark.parametrize("target", ["loads", "table-loads", "figure-a", "equation-cost"])
def test_prose_can_lead_to_headings_tables_figures_and_equations(target: str) -> None:
    shown = [table(1, 2, "loads", "Loads"), figure(1, "a"), equation("cost", "x", "x")]
    cells = [new_markdown_cell(f"## Loads\n\n[there](#{target})"), code("", *shown)]
    made = document(new_notebook(cells=cells))
    assert f'id="{target}"' in convert(made).html
    assert f"<{target}>" in convert(made, ["pdf"]).pdf.replace(f"#link(<{target}>)", "")


@pytest.mark.parametrize("cell", [new_markdown_cell(r"$\unknown{x}$"), code("", equation("a", r"\frac{x}", "x"))])
def test_an_equation_that_is_not_tex_is_refused_by_its_text(cell: dict) -> None:
    with pytest.raises(InputError, match=r"equation \".*\" cannot be read as TeX"):
        convert(document(new_notebook(cells=[cell])))


def test_a_link_that_leads_nowhere_is_refused_by_name() -> None:
    nowhere = new_notebook(cells=[new_markdown_cell("[the *end*](#the-end)")])
    with pytest.raises(InputError, match='"the end" leads to #the-end'):
        html(nowhere, Front("T"), Provenance(()))


def test_derivations_stand_on_the_page_and_on_paper_of_their_own() -> None:
    written = bodies(notebook())
    assert 'id="derivations"' in written.html
    assert "#derivations-list-part()" in written.derivations
    assert not {"#derivations-list-part()", "<derivations>"} & set(written.pdf.split("\n"))
    assert all("#sources-list-part()" in body for body in (written.pdf, written.derivations))
    assert "<the-answer>" in written.pdf
    assert "<the-answer>" not in written.derivations


def test_a_brief_goes_without_its_sources_on_paper_and_the_page_has_them() -> None:
    brief = notebook()
    brief["metadata"]["report"] = {"brief": True}
    written = bodies(brief)
    assert written.html == bodies(notebook()).html
    assert "#sources-list-part()" not in written.pdf
    assert "#provenance-list-part()" in written.pdf


def test_what_leads_to_a_part_that_is_not_printed_is_plain_words_there() -> None:
    made = notebook()
    made["cells"].append(new_markdown_cell("[there](#derivations)"))
    written = bodies(made)
    assert '<a href="#derivations">there</a>' in written.html
    assert "\nthere\n" in written.pdf


@pytest.mark.parametrize("where", ["prose", "output", "output of other HTML"])
def test_a_file_that_the_notebook_gives_is_linked_where_it_lies(where: str) -> None:
    link = "[the model](model.xlsx)" if where == "prose" else ""
    html = '<p><a href="model.xlsx">the model</a></p>' if where.startswith("output") else "<p>None.</p>"
    html += '<p style="color: red">Colors are not settled.</p>' if where.endswith("HTML") else ""
    given = display("text", "text/html", html, file={"name": "model.xlsx", "base64": "YQ=="})
    made = read(new_notebook(cells=[new_markdown_cell(link), code("", given)]), "my report").document
    written = convert(made, ["pdf"])
    assert '<a href="my%20report/model.xlsx">the model</a>' in written.html
    assert '#link("my%20report/model.xlsx")[the model]' in written.pdf


def test_every_row_of_a_table_that_a_reader_writes_stands_once() -> None:
    prose = new_markdown_cell("| letter | word |\n|---|---|\n| a | apple |\n| b | berry |")
    body = "<tbody><tr><th>r</th><td>alpha</td></tr></tbody>"
    frame = f"<table><thead><tr><th></th><th>name</th></tr></thead>{body}</table>"
    shown = new_output("display_data", data={"text/html": frame})
    written = bodies(new_notebook(cells=[prose, new_code_cell("", outputs=[shown])]))
    for word in ("letter", "apple", "berry", "name", "alpha"):
        assert written.html.count(f">{word}<") == 1, word
        assert written.pdf.count(f"[{word}]") == 1, word
