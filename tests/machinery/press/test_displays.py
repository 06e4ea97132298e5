"""Tests of how single outputs become blocks."""

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from analysis.errors import InputError
from analysis.machinery.press.displays import Counters, block, formulas, with_classes
from tests.support.press import outputs, register
from tests.support.report_notebook import display, equation, figure, notebook, table


def made(output: object, counters: Counters | None = None) -> object:
    (read,) = outputs(new_notebook(cells=[new_code_cell("", outputs=[output])]))
    return block(read, counters or Counters())


def test_figures_and_tables_are_counted_apart() -> None:
    counters = Counters()
    texts = [made(one, counters).text for one in (figure(1, "a"), table(1, 2, "a", "T"), figure(1, "b"))]
    labels = ["Figure 1.", "Table 1.", "Figure 2."]
    assert all(f'<span class="label">{label}</span>' in text for label, text in zip(labels, texts, strict=True))


def test_a_name_stands_once_only() -> None:
    counters = Counters()
    made(figure(1, "a"), counters)
    with pytest.raises(InputError, match="figure with the name 'a'"):
        made(figure(9, "a"), counters)


def test_the_picture_of_a_figure_is_kept_as_a_file() -> None:
    counters = Counters()
    assert '<img src="picture-1.svg"' in made(figure(1, "a"), counters).text
    assert counters.pictures["picture-1.svg"].startswith(b"<?xml")


@pytest.mark.parametrize("key", ["alt", "caption", "name"])
@pytest.mark.parametrize("value", ["", "  ", None, 3])
def test_a_figure_without_its_words_is_refused(key: str, value: object) -> None:
    output = figure(1, "a")
    output["metadata"]["report"][key] = value
    with pytest.raises(InputError, match=rf"cell \[1\].*{key}"):
        made(output)


def test_an_output_without_its_data_is_refused() -> None:
    with pytest.raises(InputError, match="text/latex"):
        made(display("equation", "text/html", "x", label="a", alt="b"))


def test_a_kind_that_does_not_exist_is_refused_with_the_nearest() -> None:
    with pytest.raises(InputError, match="'tabel'; did you mean 'table'"):
        made(display("tabel", "text/html", "x"))


def test_an_equation_shown_again_has_no_second_label() -> None:
    counters = Counters()
    first, second = (made(equation("a", "x = y", "x is y"), counters) for _ in range(2))
    assert (first.attributes["label"], "label" in second.attributes) == ("a", False)
    assert [one.attributes["number"] for one in (first, second)] == ["1", "2"]


def test_words_in_equations_are_set_as_words() -> None:
    assert made(equation("a", r"\mathrm{cost} = \mathrm{c}", "cost")).text == r"\text{cost} = \mathrm{c}"


def test_equations_behind_numbers_are_shown_where_the_notebook_does_not() -> None:
    numbers = register(notebook()).values()
    labels = [one.attributes["label"] for one in formulas(numbers, Counters())]
    assert labels == ["cost_per_million_tokens", "ratio", "throughput_per_megawatt"]
    counters = Counters(labels={"ratio", "cost_per_million_tokens"})
    assert [one.attributes["label"] for one in formulas(numbers, counters)] == ["throughput_per_megawatt"]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p class="note">a</p>', '<div class="note"><p>a</p></div>'),
        ("<p>a</p>", "<p>a</p>"),
        (
            '<ul class="a"><li><ul><li>b</li></ul></li></ul>',
            '<div class="a"><ul><li><ul><li>b</li></ul></li></ul></div>',
        ),
        ('<ol><li><p class="x">a</p></li></ol>', '<ol><li><div class="x"><p>a</p></div></li></ol>'),
        ("<pre>a</pre></p>", "<pre>a</pre></p>"),
    ],
)
def test_the_class_of_a_paragraph_or_list_is_kept(html: str, expected: str) -> None:
    assert with_classes(html) == expected


def test_outputs_that_say_nothing_of_themselves_are_shown_in_their_richest_form() -> None:
    data = {"text/plain": "plain", "text/html": "<b>rich</b>"}
    assert made(new_output("execute_result", data=data)).text == "<b>rich</b>"
    assert "&lt;plain&gt;" in made(new_output("execute_result", data={"text/plain": "<plain>"})).text
    assert "a &amp; b" in made(new_output("stream", text="a & b")).text
    assert made(new_output("execute_result", data={"text/latex": "$x$", "text/plain": "x"})).kind == "equation"


def test_an_error_is_shown_without_terminal_colors() -> None:
    output = new_output("error", ename="E", evalue="v", traceback=["\x1b[31mE\x1b[0m: v"])
    assert "<pre>E: v</pre>" in made(output).text
