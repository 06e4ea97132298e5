"""Tests of what is read from an executed notebook."""

import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from analysis.errors import InputError
from analysis.machinery.press.outputs import about, attachments, data_files, findings, title
from tests.support.report_notebook import answer, code, display, figure, notebook, table


def test_data_of_figures_and_tables_are_found_by_name() -> None:
    files = data_files(notebook())
    assert list(files) == ["comparison", "frontier", "loads", "sensitivity", "deployments"]
    assert files["frontier"].startswith("interactivity,throughput\n")


def test_one_name_for_two_sets_of_data_is_refused() -> None:
    cells = [code("", figure(1, "same")), code("", table(1, 2, "same", "Another"))]
    with pytest.raises(InputError, match=r"cell 2 .*'same'"):
        data_files(new_notebook(cells=cells))


@pytest.mark.parametrize("name", ["../outside", "a/b", "", ".hidden", "with space"])
def test_a_name_that_is_no_file_name_is_refused(name: str) -> None:
    output = display("table", "text/html", "<table></table>", name=name, csv="a\n")
    with pytest.raises(InputError, match="cell 1"):
        data_files(new_notebook(cells=[code("", output)]))


def test_findings_are_the_outputs_marked_as_such() -> None:
    assert findings(notebook()) == [answer()["data"]["text/html"]]


def test_title_is_the_heading_with_which_the_notebook_begins() -> None:
    assert title(notebook()) == "The published comparison"
    assert title(new_notebook(cells=[new_markdown_cell("Prose.\n\n# Later")])) == ""
    assert title(new_notebook()) == ""


@pytest.mark.parametrize(
    "said",
    [
        {"kind": 3},
        {"name": b"bytes"},
        {"finding": "yes"},
        {"finding": 1},
        {"numbers": {}},
        {"conclusions": "none"},
        {"file": "a.xlsx"},
        {"file": {"name": "a.xlsx"}},
        {"file": {"name": b"a.xlsx", "base64": ""}},
        {"file": {"name": "a.xlsx", "base64": b""}},
    ],
)
def test_what_an_output_says_of_itself_in_another_form_is_refused_with_its_place(said: dict) -> None:
    with pytest.raises(InputError, match=r"^cell 3 of the notebook, report"):
        about({"metadata": {"report": said}}, "cell 3 of the notebook")


def test_an_output_may_say_nothing() -> None:
    assert about({}, "here") is None
    assert about({"metadata": {}}, "here") is None
    assert about({"metadata": {"report": {}}}, "here") == {}


def test_files_beside_the_report_are_found_by_name_and_two_of_one_name_must_be_the_same() -> None:
    def given(name: str, base64: str) -> object:
        return display("text", "text/html", "<p></p>", file={"name": name, "base64": base64})

    same = [code("", given("a.txt", "YQ=="), given("b.txt", "Yg==")), code("", given("a.txt", "YQ=="))]
    assert attachments(new_notebook(cells=same)) == {"a.txt": b"a", "b.txt": b"b"}
    other = [code("", given("a.txt", "YQ==")), code("", given("a.txt", "Yg=="))]
    with pytest.raises(InputError, match=r"^cell 2 of the notebook: the name 'a\.txt' is already taken"):
        attachments(new_notebook(cells=other))
