"""What else the comparison could have been built on moves the ratio of costs as recomputed here, and no further."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.comparison.head_to_head import compare
from analysis.frontier import throughput_curve
from analysis.frontier.curves import Envelope
from analysis.scenario import Parameters
from analysis.studies.benchmark.spread import spread as repeated_runs
from analysis.studies.uncertainty.layers import Layer
from analysis.studies.uncertainty.robustness import sourced_ratios
from analysis.studies.uncertainty.structure import (
    advantage,
    counted_otherwise,
    measurement,
    power_law,
    price_tiers,
    straight_in_logs,
    structures,
)

COST = "cost_per_million_tokens"


@pytest.fixture(scope="module")
def pair(library):
    return compare(library, Parameters())


@pytest.fixture(scope="module")
def here(library, pair):
    return advantage(library, pair)


def test_each_layer_holds_the_ratio_that_is_reported(library, pair, here):
    ratio = pair.ratio(COST).number
    every = [measurement(library, pair, here), price_tiers(library, pair), *structures(library, pair, here)]
    assert [one.layer for one in every] == [Layer.MEASUREMENT, Layer.ASSUMPTION, *[Layer.STRUCTURE] * 3]
    for one in every:
        assert one.low <= one.base == ratio <= one.high


def test_measured_again_the_ratio_lies_as_far_below_as_above(library, pair, here):
    found = measurement(library, pair, here)
    assert found.high / found.base == pytest.approx(found.base / found.low)
    # At equal interactivity a run differs by more than its throughput alone.
    assert found.high / found.base > float(repeated_runs(library).factor(0.0))


def test_tiers_span_the_sourced_ratios_of_the_vintage(library, pair):
    found = price_tiers(library, pair)
    assert (found.low, found.high) == (pytest.approx(25.895, abs=1e-3), pytest.approx(34.075, abs=1e-3))


def test_own_prices_leave_neither_tier_nor_vintage(library):
    pair = compare(library, Parameters(baseline_price=2.0))
    assert price_tiers(library, pair) is None
    causes = [one.cause for one in structures(library, pair, advantage(library, pair))]
    assert causes == ["tokens and GPUs counted", "curve between rows"]


def test_the_published_convention_is_among_the_kinds_counted(library, pair):
    found = counted_otherwise(library, pair)
    assert found[0] == pytest.approx(pair.ratio(COST).number, rel=1e-12)
    assert len(found) == 4
    assert all(ratio > 1 for ratio in found)


def test_vintages_are_those_of_the_scenario_s_tier(library, pair, here):
    throughputs = (value.number for value in pair.levels("throughput_per_gpu"))
    table = sourced_ratios(library, "h200", "gb300", *throughputs, ["neocloud"])["cost_per_million_tokens"]
    neocloud = replace(pair, conditions=pair.conditions.model_copy(update={"price_tier": "neocloud"}))
    (found,) = [one for one in structures(library, neocloud, here) if one.cause == "vintage of prices"]
    assert found.high == pytest.approx(table.max())


@given(st.floats(0.0, 1.0))
def test_between_two_rows_of_a_power_law_nothing_is_lost(share):
    speed = 10.0 * 4.0**share
    assert power_law(throughput_curve([10.0, 40.0], [400.0, 25.0]), speed) == pytest.approx(
        400.0 * (speed / 10) ** -2
    )


def test_the_best_series_counts_and_none_is_extended():
    series = [throughput_curve([10.0, 40.0], [400.0, 100.0]), throughput_curve([20.0, 80.0], [300.0, 30.0])]
    both = Envelope(tuple(series))
    assert power_law(both, 20.0) == pytest.approx(300.0)
    assert power_law(both, 15.0) == pytest.approx(400.0 * 10 / 15)
    assert np.isnan(power_law(both, 9.0))
    assert np.isnan(power_law(both, 81.0))


def test_both_curves_pass_through_the_measured_rows(here):
    knots = here.subject.curve.knots
    on_curve = knots[here.subject.curve.best(knots["interactivity"]) == knots["curve"]]
    for row in on_curve.itertuples():
        assert power_law(here.subject.curve, row.interactivity) == pytest.approx(row.throughput)


def test_where_one_was_not_measured_there_is_no_ratio(here):
    assert np.isnan(straight_in_logs(here, 1e6))
