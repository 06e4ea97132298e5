"""What a record tells: every change that a reader could see, and none that no reader can."""

import io

import matplotlib
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure
from xlsxwriter import Workbook

from analysis.exhibits.statements import say, table
from analysis.library.values import counted
from analysis.machinery.press.inline import notebook_of
from tests.published.drawing import drawing
from tests.published.markup import brief, lines
from tests.published.notebook import notebook
from tests.published.notebook import table as told
from tests.published.rounded import in_full, places, rounded, thinned
from tests.published.workbook import workbook

CHANGES = {
    "the size": lambda figure, axes: figure.set_size_inches(5, 3),
    "a title": lambda figure, axes: axes.set_title("Other", loc="left"),
    "a title of all": lambda figure, axes: figure.suptitle("All"),
    "a label of an axis": lambda figure, axes: axes.set_xlabel("other"),
    "the size of a label": lambda figure, axes: axes.xaxis.label.set_fontsize(5),
    "a scale": lambda figure, axes: axes.set_yscale("log"),
    "a limit": lambda figure, axes: axes.set_xlim(0, 3.01),
    "a direction": lambda figure, axes: axes.invert_yaxis(),
    "ticks": lambda figure, axes: axes.set_xticks([1, 2]),
    "labels of ticks": lambda figure, axes: axes.set_xticks([1, 2, 3], ["a", "b", "c"]),
    "turned labels": lambda figure, axes: axes.tick_params(axis="x", rotation=30),
    "the grid": lambda figure, axes: axes.grid(visible=True, axis="x"),
    "a spine": lambda figure, axes: axes.spines["top"].set_visible(False),
    "a point": lambda figure, axes: axes.lines[0].set_ydata([1, 4, 2.001]),
    "a line's color": lambda figure, axes: axes.lines[0].set_color("#0b5c7b"),
    "a line's width": lambda figure, axes: axes.lines[0].set_linewidth(1.7),
    "a line's style": lambda figure, axes: axes.lines[0].set_linestyle("--"),
    "a line's name": lambda figure, axes: axes.lines[0].set_label("other"),
    "a line's layer": lambda figure, axes: axes.lines[0].set_zorder(9),
    "a line's opacity": lambda figure, axes: axes.lines[0].set_alpha(0.5),
    "a hidden line": lambda figure, axes: axes.lines[0].set_visible(False),
    "markers": lambda figure, axes: axes.lines[0].set_marker("o"),
    "one line more": lambda figure, axes: axes.axhline(2),
    "a bar's height": lambda figure, axes: axes.patches[0].set_height(0.6),
    "a bar's color": lambda figure, axes: axes.patches[0].set_facecolor("red"),
    "a bar's hatch": lambda figure, axes: axes.patches[0].set_hatch("/"),
    "an area's color": lambda figure, axes: axes.collections[0].set_facecolor("red"),
    "a point of many": lambda figure, axes: axes.collections[1].set_offsets([[1, 1], [2, 2.5]]),
    "sizes of points": lambda figure, axes: axes.collections[1].set_sizes([9]),
    "a text": lambda figure, axes: axes.texts[0].set_text("there"),
    "a text's place": lambda figure, axes: axes.texts[0].set_x(0.51),
    "a text's coordinates": lambda figure, axes: axes.texts[0].set_transform(axes.transData),
    "a text's side": lambda figure, axes: axes.texts[0].set_ha("right"),
    "a text's weight": lambda figure, axes: axes.texts[0].set_fontweight("bold"),
    "what a text points at": lambda figure, axes: setattr(axes.texts[1], "xy", (2, 2)),
    "the legend's place": lambda figure, axes: axes.legend(loc="lower left"),
    "the legend's title": lambda figure, axes: axes.legend(loc="upper right", title="Of"),
    "the legend's columns": lambda figure, axes: axes.legend(loc="upper right", ncols=2),
    "no legend": lambda figure, axes: axes.get_legend().remove(),
}


def figure(change=lambda figure, axes: None):
    with matplotlib.rc_context({"font.family": "DejaVu Sans"}):
        made = Figure(figsize=(5, 4), layout="constrained")
        axes = made.subplots()
        axes.plot([1, 2, 3], [1, 4, 2], color="#0b5c7a", label="line")
        axes.fill_between([1, 2, 3], [0, 0, 0], [1, 2, 1], color="gray", label="area")
        axes.scatter([1, 2], [1, 2])
        axes.bar([1], [0.5])
        axes.text(0.5, 0.5, "here", transform=axes.transAxes)
        axes.annotate("point", (1, 1), (3, 3), textcoords="offset points", arrowprops={"arrowstyle": "-"})
        axes.set(xlabel="x", ylabel="y", xlim=(0, 3), ylim=(0.1, 5))
        axes.legend(loc="upper right")
        change(made, axes)
        return drawing(made)


@pytest.mark.parametrize("name", CHANGES)
def test_a_drawing_tells_every_change_that_a_reader_sees(name):
    assert figure(CHANGES[name]) != figure()


def test_a_drawing_is_told_in_the_same_words_whatever_the_last_digits():
    assert figure(lambda _, axes: axes.lines[0].set_ydata(np.array([1, 4, 2]) * (1 + 1e-12))) == figure()
    assert figure(lambda _, axes: axes.patches[0].set_height(0.5 + 1e-14)) == figure()


def test_a_drawing_refuses_what_it_does_not_tell():
    with pytest.raises(AssertionError, match="does not tell yet"):
        figure(lambda _, axes: axes.imshow([[1, 2]]))


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_rounding_is_within_half_of_the_last_digit_and_is_its_own(number):
    found = float(rounded(number))
    assert found == pytest.approx(number, rel=5.1e-6, abs=1e-12)
    assert rounded(found) == rounded(number)


@pytest.mark.parametrize("number", [-0.0, -1e-17, 1e-13])
def test_nothing_is_zero_without_a_sign(number):
    assert rounded(number) == "0"
    assert places(number) == "0"


def test_texts_are_rounded_where_they_are_fractions_only():
    assert [in_full(one) for one in ("1.23456789", "1e-7", "123456789", "nan", "GB300", "2026-04")] == [
        "1.23457", "1e-07", "123456789", "nan", "GB300", "2026-04",
    ]  # fmt: skip


@given(st.lists(st.integers(), max_size=200), st.integers(2, 50))
def test_of_many_as_many_are_picked_with_both_ends(things, most):
    found = thinned(things, most)
    assert len(found) == min(len(things), most)
    assert not things or (found[0], found[-1]) == (things[0], things[-1])


def test_html_has_a_line_for_each_cell_and_numbers_without_their_hashes():
    shown = table("levels", "Of {one}.", ["Head", "Level"], [["row", counted(7, "rows")]], one=counted(3, "rows"))
    assert lines(shown.html) == [
        "<table>", "<caption>Of {3}.</caption>", "<thead>", "<tr>", '<th scope="col">Head</th>',
        '<th scope="col">Level</th></tr></thead>', "<tbody>", "<tr>", '<th scope="row">row</th>',
        '<td class="number">{7}</td></tr></tbody></table>',
    ]  # fmt: skip
    assert brief('<span class="number placeholder" data-number="n0123456789">7</span>') == "{7 placeholder}"


def test_every_row_of_a_long_table_counts():
    rows = [f"{number},a" for number in range(100)]
    other = [*rows[:50], "50.5,a", *rows[51:]]
    assert list(told("\n".join(["head,word", *rows]))) != list(told("\n".join(["head,word", *other])))


def test_a_record_tells_of_each_number_and_its_source():
    text = notebook(notebook_of("One", [say("Of {all} rows.", role="answer", all=counted(7, "rows"))]))
    assert '<p class="answer">Of {7} rows.</p>' in text
    assert "7: count, rows\n  7; derived; shown" in text


@pytest.mark.parametrize(
    "change", [{"formula": "=A1*3"}, {"pattern": "0.0"}, {"bold": True}, {"number": 2.5}, {"width": 9}]
)
def test_a_workbook_is_told_with_formulas_formats_and_looks(change):
    assert list(workbook(book(**change))) != list(workbook(book()))
    assert list(workbook(book())) == list(workbook(book()))


def book(formula="=A1*2", pattern="0.00", number=2.0, *, bold=False, width=12):
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True}) as made:
        sheet = made.add_worksheet("One")
        sheet.set_column(0, 0, width)
        sheet.write_number(0, 0, number, made.add_format({"num_format": pattern, "bold": bold}))
        sheet.write_formula(1, 0, formula, None, 4)
    return file.getvalue()
