"""Figures of the cost of owning say in words and data what they draw, and draw the same thing each time."""

import io

import numpy as np
import pandas as pd
import pytest

from analysis.machinery.press.amounts import agrees, amounts
from analysis.studies.ownership.charts import closing, cost_parts, moves
from analysis.studies.ownership.levelized import COST, PRICE
from tests.support.owned import pair

NAMES = ("parts", "gaps")


@pytest.fixture(scope="module")
def owned(library):
    return pair(library)


@pytest.fixture(scope="module")
def figures(owned):
    return {"parts": cost_parts(owned), "gaps": closing(owned)}


def data(shown):
    return pd.read_csv(io.StringIO(shown.report["csv"]))


@pytest.mark.parametrize("name", NAMES)
def test_every_number_in_the_words_of_a_figure_has_a_value_behind_it(figures, name):
    shown = figures[name]
    text = shown.report["alt"].replace("HGX H200", "").replace("GB300 NVL72", "")
    known = [(value.show(4), value.number) for value in shown.values]  # noqa: PD011
    assert text.endswith(".")
    for amount in amounts(text):
        assert any(agrees(amount, *value) for value in known), amount


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_brings_what_it_draws_as_data(figures, name):
    table = data(figures[name])
    assert len(table) >= 3
    assert not table.isna().all().any()


@pytest.mark.parametrize("name", NAMES)
def test_no_text_is_set_as_mathematics(figures, name):
    # Two dollar signs in a text would make what stands between them a formula, in italics.
    assert "DejaVuSans-Oblique" not in figures[name].data["image/svg+xml"]


def test_parts_add_up_to_the_whole_of_both_units(figures, owned):
    table = data(figures["parts"]).groupby("platform")[["usd_per_gpu_hour", "usd_per_million_tokens"]].sum()
    for owner in owned.owners.values():
        assert table.loc[owner.name, "usd_per_gpu_hour"] == pytest.approx(owner.levels[PRICE].number)
        assert table.loc[owner.name, "usd_per_million_tokens"] == pytest.approx(owner.levels[COST].number)


def test_the_message_of_the_parts_holds_of_what_is_drawn(figures, owned):
    assert "the machine and the money" in figures["parts"].report["caption"]
    dear = owned.under(finance={"electricity_price": 9.0})
    assert "part by part" in cost_parts(dear).report["caption"]


def test_each_closing_amount_meets_the_published_price(owned):
    for key, owner in owned.owners.items():
        for move in moves(owner, owned.prices[key]):
            changed = owned.under(finance={f"{key}.{move.before.quantity.key}": move.after.number})
            met = changed.owners[key].levels[PRICE].number
            assert met == pytest.approx(owned.prices[key].number, rel=1e-9)


def test_moves_begin_with_the_smallest_and_end_with_those_from_nothing(owned):
    listed = moves(owned.subject, owned.prices["gb300"])
    changes = [abs(move.change) for move in listed]
    relative = [change for change in changes if not np.isnan(change)]
    assert relative == sorted(relative)
    assert changes[: len(relative)] == relative
    assert {move.before.quantity.key for move in listed[len(relative) :]} == {
        "support_rate", "staff_cost", "software_licenses",
    }  # fmt: skip
    assert listed[1].words == "$52,100 → $54,300 USD/GPU"


def test_one_platform_alone_can_be_shown(library):
    alone = pair(library, subject="b300")
    assert data(cost_parts(alone))["platform"].unique().tolist() == ["HGX H200"]
    assert "HGX H200" in closing(alone).report["alt"]


def test_where_no_capital_is_known_nothing_is_drawn(library):
    unknown = pair(library, baseline="b200", subject="b300")
    assert cost_parts(unknown) is None
    assert closing(unknown) is None


def test_figures_are_drawn_the_same_each_time(figures, owned):
    assert cost_parts(owned).data == figures["parts"].data
