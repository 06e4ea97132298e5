"""What a report's style sheet adds stands in a notebook's own output: letters, notes, alignment, links, files."""

import pandas as pd
import pytest

from analysis import formulas
from analysis.exhibits.figure import canvas, drawn
from analysis.exhibits.in_lab import dressed
from analysis.exhibits.notation import equations
from analysis.exhibits.statements import Shown, say
from analysis.exhibits.tables import table
from analysis.exhibits.workbook import Block, Line, attached
from analysis.library.choices import value
from analysis.library.quantities import Quoted
from analysis.library.values import Value

ADDRESS = "https://example.org/a"


@pytest.fixture(scope="module")
def price() -> Value:
    return value(1.99, "USD/GPU/h", source="my quote")


@pytest.fixture(scope="module")
def shown(price: Value) -> Shown:
    rows = [["A & B", price, Quoted(ADDRESS)], ["C", "none", ""]]
    return table("prices", "What is paid.", ["Who", "Price", "Where"], rows, note="As of {day}.", day="today")


def bundle(thing: Shown) -> dict[str, str]:
    return thing._repr_mimebundle_()[0]


def test_a_table_carries_letters_their_meaning_its_note_and_alignment_in_its_own_html(shown: Shown) -> None:
    html = bundle(shown)["text/html"]
    assert '$1.99<sup title="assumed for this analysis, or computed from an assumption">a</sup>' in html
    assert html.endswith("</sup> assumed for this analysis, or computed from an assumption.</p></div>")
    assert "As of today." in html
    assert html.count("text-align:right") == 3  # the head and both cells of the only column of numbers
    assert f'<a href="{ADDRESS}">{ADDRESS}</a>' in html
    assert "caption-side:top" in html


def test_what_a_report_is_handed_is_without_all_that(shown: Shown) -> None:
    data, metadata = shown._repr_mimebundle_()
    assert shown.for_report() == ({"text/plain": ""}, metadata)
    assert metadata["report"]["html"] == shown.html
    assert "style=" not in shown.html
    assert "style=" in data["text/html"]


def test_a_report_is_handed_a_picture_once() -> None:
    with canvas() as (figure, axes):
        axes.plot([1, 2], [1, 2])
    shown = drawn(figure, "f", "A figure.", "A line.", pd.DataFrame({"x": [1]}))
    data, metadata = shown.for_report()
    assert data.keys() == {"image/svg+xml", "text/plain"}
    assert "html" not in metadata["report"]
    assert "data:image/svg+xml;base64," in bundle(shown)["text/html"]


def test_a_table_is_latex_with_the_same_letters_note_and_alignment(shown: Shown) -> None:
    latex = bundle(shown)["text/latex"]
    assert r"\begin{tabular}{lrl}" in latex
    assert r"A \& B & \$1.99\textsuperscript{a} & " in latex
    assert latex.endswith("\\\\As of today.\n\\end{center}")


def test_an_equation_is_mathematics_to_lab_and_words_to_a_terminal() -> None:
    (equation,) = equations(formulas.ratio)
    assert set(bundle(equation)) == {"text/latex", "text/plain"}
    assert bundle(equation)["text/plain"] == "ratio equals numerator divided by denominator"


def test_a_workbook_is_downloaded_from_the_output_itself(price: Value) -> None:
    block = Block("Prices", ["Own"], [Line("Price", [price])])
    html = bundle(attached("sums", "Sums", [block]))["text/html"]
    assert 'href="data:application/vnd.openxmlformats-officedocument.spreadsheetml.sheet;base64,UEsD' in html
    assert 'download="sums.xlsx"' in html


def test_a_terminal_is_told_the_words_and_a_line_is_a_line(shown: Shown, price: Value) -> None:
    assert bundle(shown)["text/plain"].splitlines()[1:3] == [
        "Who | Price | Where", f"A & B | $1.99[a] | {ADDRESS}",
    ]  # fmt: skip
    assert repr(say("It costs {price}.", price=price)) == "It costs $1.99[a]."
    assert len(repr(shown)) <= 100


def test_no_color_is_fixed_but_the_ground_of_pictures_and_the_rule_of_cautions() -> None:
    html = dressed('<p class="caution">x</p><p class="answer">x</p><table><caption>x</caption></table><img src="x">')
    assert [part for part in html.split(";") if "color:" in part] == []
    assert html.count("#fff") == html.count("#b26a00") == 1
