"""Tests of what a report takes from its notebook, all of it read once."""

import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from analysis.errors import InputError
from analysis.machinery.press import reading
from analysis.machinery.press.front import Order
from analysis.machinery.press.publish import publish
from analysis.machinery.press.reading import read
from tests.support.report_notebook import answer, code, display, figure, notebook, table


def test_a_notebook_is_read_once_whatever_is_made_of_it(monkeypatch) -> None:
    calls = []
    once = reading.cells
    monkeypatch.setattr(reading, "cells", lambda made: calls.append(made) or once(made))
    made = publish("one", notebook(), Order(forms=("html", "pdf")))
    assert {"one.html", "one.pdf", "one/numbers.json", "one/summary.json"} <= set(made)
    assert len(calls) == 1


def test_data_of_figures_and_tables_are_found_by_name() -> None:
    files = read(notebook()).tables
    assert list(files) == ["comparison", "frontier", "loads", "sensitivity", "deployments"]
    assert files["frontier"].startswith("interactivity,throughput\n")


def test_one_name_for_two_sets_of_data_is_refused() -> None:
    cells = [code("", figure(1, "same")), code("", table(1, 2, "same", "Another"))]
    with pytest.raises(InputError, match=r"cell \[\d\]:.*'same'"):
        read(new_notebook(cells=cells))


@pytest.mark.parametrize("name", ["../outside", "a/b", "", ".hidden", "with space"])
def test_a_name_that_is_no_file_name_is_refused(name: str) -> None:
    output = display("table", "text/html", "<table></table>", name=name, csv="a\n")
    with pytest.raises(InputError, match=r"cell \[1\]"):
        read(new_notebook(cells=[code("", output)]))


def test_findings_are_the_outputs_marked_as_such() -> None:
    assert read(notebook()).findings == (answer()["data"]["text/html"],)


def test_title_is_the_heading_with_which_the_notebook_begins() -> None:
    assert read(notebook()).title == "The published comparison"
    assert read(new_notebook(cells=[new_markdown_cell("Prose.\n\n# Later")])).title == ""
    assert read(new_notebook()).title == ""


def test_files_beside_the_report_are_found_by_name_and_two_of_one_name_must_be_the_same() -> None:
    def given(name: str, base64: str) -> object:
        return display("text", "text/html", "<p></p>", file={"name": name, "base64": base64})

    same = [code("", given("a.txt", "YQ=="), given("b.txt", "Yg==")), code("", given("a.txt", "YQ=="))]
    assert read(new_notebook(cells=same)).files == {"a.txt": b"a", "b.txt": b"b"}
    other = [code("", given("a.txt", "YQ==")), code("", given("a.txt", "Yg=="))]
    with pytest.raises(InputError, match=r"^cell \[2\]: the name 'a\.txt' is already taken"):
        read(new_notebook(cells=other))
