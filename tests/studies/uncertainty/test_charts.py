"""Figures of how sure a cost is say in words and data what they draw."""

import io

import numpy as np
import pandas as pd
import pytest

from analysis.machinery.press.amounts import agrees, amounts
from analysis.studies.ownership.cost_model import RATIO
from analysis.studies.ownership.levelized import COST
from analysis.studies.uncertainty.break_even import break_even
from analysis.studies.uncertainty.charts import (
    break_even_line,
    break_even_surface,
    exceedance,
    layers,
    tornadoes,
)
from analysis.studies.uncertainty.doubts import doubts
from analysis.studies.uncertainty.structure import spreads
from tests.support.owned import pair

NAMES = ("surface", "line", "layers", "tornado", "exceedance")


@pytest.fixture(scope="module")
def owned(library):
    return pair(library)


@pytest.fixture(scope="module")
def study(owned):
    return doubts(owned)


@pytest.fixture(scope="module")
def curves(owned):
    return owned.curves


@pytest.fixture(scope="module")
def figures(owned, study):
    return {
        "surface": break_even_surface(owned, break_even(owned)),
        "line": break_even_line(owned),
        "layers": layers(owned.pair.ratio(COST), spreads(owned, study)),
        "tornado": tornadoes(study),
        "exceedance": exceedance(study),
    }


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


def test_the_surface_is_one_where_the_break_even_lies(figures, owned):
    area = break_even(owned).surface
    table = data(figures["surface"])
    assert len(table) == area.cost_ratio.size
    near = table.iloc[(np.log(table["cost_ratio"]).abs()).argsort()[:5]]
    line = np.interp(near["utilization"], area.utilizations, area.break_even_prices)
    assert near["price_per_gpu_hour"].to_numpy() == pytest.approx(line, rel=0.3)


def test_a_modeled_price_is_on_the_surface_where_there_is_one(figures, library):
    assert "modeled" in figures["surface"].report["alt"]
    unknown = pair(library, subject="b300")
    assert "modeled" not in break_even_surface(unknown, break_even(unknown)).report["alt"]


def test_the_line_is_the_price_times_the_ratio_of_throughputs(figures, curves):
    table = data(figures["line"])
    ratio = curves("throughput_per_gpu", table["interactivity"])
    assert table["break_even_price"].to_numpy() == pytest.approx(curves.baseline.price.number * ratio, rel=1e-9)


def test_layers_hold_the_modeled_price_only_where_there_is_one(figures, owned):
    modeled = "modeled in place of published price"
    assert modeled in set(data(figures["layers"])["cause"])
    plain = data(layers(owned.pair.ratio(COST), spreads(owned, None)))["cause"].tolist()
    assert plain[0] == "repeated runs"
    assert "operating point" in plain
    assert modeled not in plain


def test_the_tornado_keeps_the_order_of_its_table_and_says_its_first(figures, study):
    table = data(figures["tornado"])
    first = table[table["of"] == "Cost ratio"]
    assert first["input"].tolist() == study.tornado(RATIO)["input"].tolist()
    assert f"the {study.uncertain.names[first['input'].iloc[0]]} moves" in figures["tornado"].report["caption"]


def test_exceedance_falls_from_all_to_none(figures):
    table = data(figures["exceedance"])
    assert table["cost_ratio"].is_monotonic_increasing
    assert table["probability_of_a_higher_ratio"].is_monotonic_decreasing
    assert table["probability_of_a_higher_ratio"].between(0, 1).all()


def test_without_doubts_about_a_modeled_cost_nothing_is_drawn():
    assert tornadoes(None) is None
    assert exceedance(None) is None


def test_figures_are_drawn_the_same_each_time(figures, study):
    assert exceedance(study).data == figures["exceedance"].data
