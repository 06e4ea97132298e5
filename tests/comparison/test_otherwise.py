"""Straight lines between logarithms pass through the same rows, follow the same rules, and bound a percentile."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.comparison.advantage import Advantage
from analysis.comparison.contenders import contender
from analysis.comparison.otherwise import percentiles, power_law, straight_in_logs
from analysis.frontier import throughput_curve
from analysis.frontier.curves import Envelope
from analysis.scenario import Parameters


@pytest.fixture(scope="module")
def here(library):
    return Advantage(*(contender(library, Parameters(), key) for key in ("h200", "gb300")))


@given(st.floats(0.0, 1.0))
def test_between_two_rows_of_a_power_law_nothing_is_lost(share):
    speed = 10.0 * 4.0**share
    one = Envelope((throughput_curve([10.0, 40.0], [400.0, 25.0]),))
    assert power_law(one, speed) == pytest.approx(400.0 * (speed / 10) ** -2)


def test_the_best_series_at_or_above_counts_and_none_is_extended():
    series = [throughput_curve([10.0, 40.0], [400.0, 100.0]), throughput_curve([20.0, 80.0], [300.0, 30.0])]
    both = Envelope(tuple(series))
    assert power_law(both, [15.0, 20.0]) == pytest.approx([300.0, 300.0])
    assert power_law(both, 12.0) == pytest.approx(400.0 * 10 / 12)
    assert np.isnan(power_law(both, [9.0, 81.0])).all()


def test_both_curves_pass_through_the_measured_rows(here):
    knots = here.subject.curve.knots
    on_curve = knots[here.subject.curve.best(knots["interactivity"]) == knots["curve"]]
    assert power_law(here.subject.curve, on_curve["interactivity"]) == pytest.approx(
        on_curve["throughput"].to_numpy()
    )


def test_where_one_was_not_measured_there_is_no_ratio(here):
    assert np.isnan(straight_in_logs(here, 1e6))


def test_the_published_point_is_near_the_top_by_both_curves(here):
    low, high = (value.number for value in percentiles(here, 64.09))
    assert low == pytest.approx(0.868, abs=0.001)
    assert high == pytest.approx(0.995, abs=0.001)


@pytest.mark.parametrize("pair", [("h200", "gb300"), ("h100", "b200"), ("mi355x", "gb300")])
def test_percentiles_rise_with_the_ratio_from_none_to_all(library, pair):
    curves = Advantage(*(contender(library, Parameters(), key) for key in pair))
    lowest, highest = curves.lowest_ratio.number, curves.highest_ratio.number
    shares = [[value.number for value in percentiles(curves, times)] for times in np.linspace(lowest, highest, 7)]
    assert (np.diff(np.array(shares), axis=0) >= 0).all()
    assert percentiles(curves, lowest / 2)[1].number == 0
    assert percentiles(curves, highest * 2)[0].number == 1
