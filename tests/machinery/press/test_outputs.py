"""Tests of what an executed notebook shows, and of what an output must say of itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.errors import InputError
from analysis.exhibits.statements import say
from analysis.machinery.press.outputs import About, cells, decoded, held, notebook_of, slug


def third(more: dict) -> dict:
    """A notebook whose third cell shows something."""
    empty = {"cell_type": "code", "source": "", "outputs": [{"output_type": "stream", "text": ""}]}
    output = {"output_type": "display_data", "data": {"text/plain": "a"}, **more}
    return {"cells": [empty, empty, {"cell_type": "code", "source": "", "outputs": [output]}], "metadata": {}}


def test_an_output_stands_below_the_last_heading_above_it() -> None:
    shown = new_code_cell("", outputs=[new_output("stream", text="a")])
    made = [shown, new_markdown_cell("# T\n\n## A b"), shown, new_markdown_cell("Prose."), shown]
    assert [output.section for cell in cells(new_notebook(cells=made)) for output in cell.outputs] == [
        "",
        "A b",
        "A b",
    ]


def test_what_is_printed_and_an_error_are_text_without_terminal_colors() -> None:
    printed = new_output("stream", text="a & b")
    error = new_output("error", ename="E", evalue="v", traceback=["\x1b[31mE\x1b[0m: v", "x"])
    (cell,) = cells(new_notebook(cells=[new_code_cell("", outputs=[printed, error])]))
    assert [output.forms for output in cell.outputs] == [{"text/plain": "a & b"}, {"text/plain": "E: v\nx"}]


def test_things_are_shown_under_a_title_without_a_run() -> None:
    title, prose, shown = cells(notebook_of("Title", ["Prose.", say("Said.", finding=True)]))
    assert (title.source, prose.source) == ("# Title", "Prose.")
    assert (shown.outputs[0].html, shown.outputs[0].about.finding) == ("<p>Said.</p>", True)


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
    with pytest.raises(InputError, match=r"^cell \[\d\], report"):
        list(cells(third({"metadata": {"report": said}})))


def test_an_output_may_say_nothing() -> None:
    for said, about in (({}, None), ({"metadata": {}}, None), ({"metadata": {"report": {}}}, About())):
        assert [cell.outputs[0].about for cell in cells(third(said))][2] == about


@given(st.text(max_size=20))
def test_a_name_that_is_accepted_stays_in_its_folder(name: str) -> None:
    try:
        accepted = slug(name, "cell 1")
    except InputError:
        return
    assert accepted == name
    assert accepted[0] not in ".-"
    assert not set(accepted) & set("/\\:\0 \n")


@pytest.mark.parametrize("name", ["comparison", "ledger-mlperf-v5.1", "a_b", "7"])
def test_plain_names_are_accepted(name: str) -> None:
    assert slug(name, "cell 1") == name


@pytest.mark.parametrize("value", [None, "", "  ", 3, ["a"]])
def test_what_must_be_there_and_is_not_is_named_with_its_place(value: object) -> None:
    with pytest.raises(InputError, match=r"cell 7: .*'alt'"):
        held({"alt": value}, "alt", "cell 7")


@pytest.mark.parametrize("text", ["YWI=", "Y\nWI=\n", " YWI= "])
def test_base64_is_read_in_lines_or_not(text: str) -> None:
    assert decoded(text, "cell 1") == b"ab"


@pytest.mark.parametrize("text", ["YWI", "Y*I=", "é"])
def test_what_is_no_base64_is_named_with_its_place(text: str) -> None:
    with pytest.raises(InputError, match=r"^cell 1: found .*; not readable as base64"):
        decoded(text, "cell 1")
