"""Tests of the one run of pandoc over a report's document."""

from pathlib import Path

import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from analysis.machinery.press.pandoc import Bodies, program
from tests.support.press import bodies
from tests.support.report_notebook import notebook


def prose(markdown: str) -> Bodies:
    return bodies(new_notebook(cells=[new_markdown_cell(markdown)]))


def test_the_contents_list_the_sections_down_to_the_second_level() -> None:
    made = prose("## A\n\n### B\n\n#### C")
    assert all(f'href="#{name}"' in made.contents for name in ("a", "b"))
    assert 'href="#c"' not in made.contents
    assert 'id="c"' in made.html


def test_numbers_stay_on_one_line_with_their_identifiers() -> None:
    body = bodies(notebook()).html
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
    written = prose(markdown).pdf
    assert typst in written or typst.replace("\\=", "=") in written


def test_a_table_fills_the_paper_and_its_numbers_stand_right() -> None:
    written = bodies(notebook()).pdf
    head = written.split("#data-table(")[1].split("table.header")[0]
    assert head.startswith("false, 0, columns: (1fr, ")
    assert "align: (left,left,right,right,left,)" in head


def test_a_wide_table_reaches_into_the_margin_and_is_set_smaller_only_where_it_must() -> None:
    rooms = [part.split(", columns")[0] for part in bodies(notebook()).pdf.split("#data-table(")[1:]]
    assert rooms == ["false, 0", "true, 1", "false, 0"]


@pytest.mark.parametrize(("second", "wider"), [("word " * 24, True), ("word " * 6, False)])
def test_of_columns_too_long_for_the_paper_the_longest_is_the_widest_where_that_saves_lines(second, wider) -> None:
    rows = "".join(f"| {'word ' * 12} | {second} | {'word ' * 12} |\n" for _ in range(3))
    written = prose(f"| A | B | C |\n|---|---|---|\n{rows}").pdf
    widths = written.split("columns: (")[1].split(",)")[0].split(", ")
    assert (widths[1] == "1fr") == wider
    others = [float(width.removesuffix("em")) for width in widths if width != "1fr"]
    assert (max(others) < 15) == wider


def test_pandoc_is_the_packaged_one_and_sees_nothing_of_the_machine(tmp_path, monkeypatch) -> None:
    usual = bodies(notebook())
    other = tmp_path / "bin/pandoc"
    other.parent.mkdir()
    other.write_text("#!/bin/sh\nexit 9\n")
    other.chmod(0o755)
    for folder in (tmp_path / ".pandoc", tmp_path / ".local/share/pandoc"):
        (folder / "defaults").mkdir(parents=True)
        (folder / "templates").mkdir()
        (folder / "init.lua").write_text("error 'run'")
        (folder / "defaults.yaml").write_text("number-sections: true\n")
        (folder / "templates/default.html5").write_text("other")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(other.parent))
    monkeypatch.setenv("LUA_INIT", "error 'run'")
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    program.cache_clear()
    assert bodies(notebook()) == usual
    assert not Path(program()).is_relative_to(tmp_path)
