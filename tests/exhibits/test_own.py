"""A DataFrame and axes of one's own are shown with what stands behind them, or refused with what is missing."""

import pandas as pd
import pytest
from matplotlib import pyplot as plt

from analysis.errors import InputError
from analysis.exhibits.own import from_axes, from_frame
from analysis.exhibits.statements import Shown
from analysis.library.choices import value
from analysis.library.values import Value


@pytest.fixture
def frame() -> pd.DataFrame:
    table = pd.DataFrame({"platform": ["A", "B"], "cost": [1.5, 2.5], "sound": [True, False], "note": [None, "seen"]})
    table.attrs["units"] = {"cost": "USD/Mtok"}
    return table


def values_of(shown: Shown) -> tuple[Value, ...]:
    return vars(shown)["values"]


def test_numbers_of_a_frame_become_values_with_the_source_that_is_named(frame):
    shown = from_frame("mine", "What it says.", frame, source="my own run")
    assert [(each.number, each.subject, each.unit, each.place) for each in values_of(shown)] == [
        (1.5, "A", "USD/Mtok", "my own run"), (2.5, "B", "USD/Mtok", "my own run"),
    ]  # fmt: skip
    assert "Cost (USD/Mtok)" in shown.html
    assert '<td class="text">yes</td><td class="text"></td>' in shown.html


def test_values_in_a_frame_are_shown_as_they_are_and_need_no_source():
    price = value(1.99, "USD/GPU/h", source="my quote")
    assert values_of(from_frame("mine", "It.", pd.DataFrame({"of": ["A"], "price": [price]}))) == (price,)


def test_an_index_that_says_something_heads_the_rows(frame):
    shown = from_frame("mine", "It.", frame.set_index("platform"), source="my own run")
    assert '<th scope="row">A</th>' in shown.html


def test_plain_numbers_without_a_source_are_refused_with_what_mends_it(frame):
    with pytest.raises(InputError, match=r"table 'mine', column 'cost': nothing stands behind .* source="):
        from_frame("mine", "It.", frame)


def test_a_figure_is_shown_once_with_its_source_and_the_data_of_its_lines():
    figure, axes = plt.subplots()
    axes.plot([1, 2], [3, 4], label="mine")
    shown = from_axes("mine", "It rises.", axes, alt="A line.", source="my own run")
    assert "my own run" in shown.html
    assert shown.report["csv"] == "line,x,y\nmine,1,3\nmine,2,4\n"
    assert figure.number not in plt.get_fignums()


def test_a_figure_of_values_names_their_sources_and_one_of_plain_numbers_asks_for_one(library):
    _, axes = plt.subplots()
    with pytest.raises(InputError, match="figure 'mine': nothing stands behind"):
        from_axes("mine", "It.", axes, alt="Nothing.")
    price = library.price("h200", "hyperscaler", "2026-04")
    shown = from_axes("mine", "It.", axes, alt="Nothing.", data=pd.DataFrame({"price": [price]}))
    assert price.sources[0].id in shown.html
