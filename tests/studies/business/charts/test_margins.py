"""Figures of a provider's business say in words and data what they draw, and draw the same thing each time."""

import io
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from analysis.machinery.press.amounts import agrees, amounts
from analysis.studies.business.brief import brief
from analysis.studies.business.charts.margins import _bands, _margins, margin_bands, price_room
from tests.support.economies import conditions

EDGES = {
    "negative": (-np.inf, 0),
    "to 25%": (0, 0.25),
    "to 50%": (0.25, 0.5),
    "to 75%": (0.5, 0.75),
    "above": (0.75, 1),
}


@pytest.fixture(scope="module")
def figures(library):
    return brief(library, conditions())


@pytest.fixture(scope="module")
def sides(figures):
    return figures.sides


@pytest.fixture(scope="module")
def bands(figures):
    return margin_bands(figures)


@pytest.fixture(scope="module")
def room(figures):
    return price_room(figures)


def data(shown):
    return pd.read_csv(io.StringIO(shown.report["csv"]))


def test_alternative_text_names_each_platform_and_its_numbers_have_values_behind_them(sides, bands, room):
    for shown in (bands, room):
        said = shown.report["alt"]
        for side in sides:
            assert side.platform.name in said
            said = said.replace(side.platform.name, "")
        behind = [*shown.values]  # noqa: PD011
        for text in amounts(said):
            assert any(agrees(text, value.show(4), value.number) for value in behind)


def test_the_same_brief_draws_the_same_picture(figures, bands):
    again = margin_bands(figures)
    assert again.data["image/svg+xml"] == bands.data["image/svg+xml"]


def test_bands_hold_their_margins_and_follow_one_another(sides):
    for side in sides:
        table = _margins(side)
        found = list(_bands(table))
        assert found[0][0] == table["interactivity"].iloc[0]
        for (_, end, before), (start, _, after) in pairwise(found):
            assert start >= end
            assert before != after or start > end
        for start, end, band in found:
            low, high = EDGES[band]
            inside = side.margin(np.linspace(start, end, 21)[5:16])
            assert np.nanmedian(inside) >= low - 0.02
            assert np.nanmedian(inside) <= high + 0.02


def test_the_last_band_with_a_margin_ends_where_the_margin_does(sides):
    for side in sides:
        kept = [end for _, end, band in _bands(_margins(side)) if band != "negative"]
        assert kept[-1] == pytest.approx(side.fastest.number, rel=0.02)


def test_the_data_of_the_strips_are_the_margins(sides, bands):
    table = data(bands)
    assert set(table["platform"]) == {side.platform.name for side in sides}
    for side in sides:
        rows = table[table["platform"] == side.platform.name]
        margins = side.margin(rows["interactivity"].to_numpy())
        assert rows["gross_margin"].to_numpy() == pytest.approx(margins, nan_ok=True)


def test_a_platform_without_any_margin_is_said_to_have_none(library, sides):
    shown = margin_bands(brief(library, conditions(utilization=0.0001)))
    assert shown.report["alt"].count("nowhere") == len(sides)


def test_the_room_of_prices_holds_costs_with_their_ranges_and_all_prices(sides, room):
    table = data(room)
    costs = table.dropna(subset="cost").set_index("platform")
    for side in sides:
        row = costs.loc[side.platform.name]
        assert row["cost"] == pytest.approx(side["cost_per_million_tokens"].number, rel=1e-9)
        assert (row["highest"] / row["cost"], row["lowest"] / row["cost"]) == pytest.approx((2, 0.6), rel=1e-9)
    prices = table.dropna(subset="price").set_index("provider")["price"]
    assert prices.to_dict() == pytest.approx({"DeepSeek": 1.37, "Crusoe": 3.375, "Nebius": 4.0})
