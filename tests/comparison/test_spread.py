"""The spread of repeated runs grows with the steepness of a curve and covers the share that it promises."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.comparison.advantage import Advantage
from analysis.comparison.contenders import contender
from analysis.comparison.spread import (
    elasticity,
    leave_open,
    percentiles,
    power_law,
    spread,
    steeper,
    straight_in_logs,
)
from analysis.frontier import platform_curve, throughput_curve
from analysis.frontier.curves import Envelope
from analysis.scenario import Parameters
from tests.support.benchmark_rows import shipped
from tests.support.strategies import ENVELOPES, curve, everywhere


@pytest.fixture(scope="module")
def runs(library):
    return spread(library)


def test_values_that_rows_or_repeated_runs_do_not_tell_apart_have_no_order(library, runs):
    price = library.price("h200", "hyperscaler", "2026-04")
    low, high = replace(price, number=1.0, bracket=(0.5, 1.5)), replace(price, number=2.0, bracket=(1.5, 3.0))
    assert leave_open(library, low, high)
    assert leave_open(library, high, low)
    one, spread_of_runs = replace(price, number=1.0), runs.most(0.0).number
    assert not leave_open(library, one, high)
    assert leave_open(library, one, replace(price, number=1 + 0.9 * spread_of_runs))
    assert not leave_open(library, one, replace(price, number=1 + 1.1 * spread_of_runs))


@pytest.fixture(scope="module")
def h200():
    return platform_curve(shipped(), "h200", input_tokens=1024, output_tokens=1024)


def test_only_runs_within_the_window_count(library, runs):
    table = library.tables["software_gains"]
    days = (table["last_date"] - table["first_date"]).dt.days
    assert len(runs.repeats) == (days <= runs.within.number).sum() == len(runs.throughput) == len(runs.interactivity)
    assert 0 < len(runs.repeats) < len(table)


def test_changes_are_logarithms_of_last_over_first(runs):
    first = runs.repeats.iloc[0]
    assert runs.throughput[0] == pytest.approx(np.log(first["last_throughput"] / first["first_throughput"]))
    assert runs.interactivity[0] == pytest.approx(np.log(first["last_interactivity"] / first["first_interactivity"]))


@given(slope=st.floats(-6, 0))
def test_band_covers_its_share_of_the_repeated_runs(runs, slope):
    moved = np.abs(runs.throughput - slope * runs.interactivity)
    covered = np.mean(moved <= np.log(runs.factor(slope)) * (1 + 1e-9))
    assert abs(covered - runs.band.number) <= 1 / len(moved)


def test_factor_has_the_shape_of_the_elasticities_and_is_at_least_one(runs):
    factors = runs.factor([[0.0, -1.0, -2.0]])
    assert factors.shape == (1, 3)
    assert (factors > 1).all()
    assert runs.factor(-2.0) > runs.factor(0.0)


def test_values_are_shares_of_the_runs(runs):
    half = runs.typical("throughput").number
    assert np.mean(np.abs(np.expm1(np.abs(runs.throughput))) <= half) == pytest.approx(0.5, abs=0.02)
    assert runs.most(-2.0).number == pytest.approx(float(runs.factor(-2.0)) - 1)
    assert half < runs.most(0.0).number
    assert runs.most(-2.0).inputs == {"age": runs.within, "band_share": runs.band}


def platform(*points):
    """A platform of one series."""
    return Envelope((curve(list(points)),))


class TestElasticity:
    def test_power_law_has_its_exponent(self):
        x = np.linspace(10, 100, 200)
        law = platform(*zip(x, 1e4 * x**-1.5, strict=True))
        np.testing.assert_allclose(elasticity(law, [20.0, 50.0, 90.0]), -1.5, rtol=1e-3)

    def test_it_is_the_slope_of_the_logarithms(self, h200):
        x, step = np.array([40.0, 60.0, 100.0, 117.0, 150.0]), 1e-6
        change = np.log(h200(x * (1 + step)) / h200(x * (1 - step))) / np.log((1 + step) / (1 - step))
        np.testing.assert_allclose(elasticity(h200, x), change, rtol=1e-4)

    @given(ENVELOPES)
    def test_it_is_never_positive_and_missing_only_where_nothing_was_measured(self, envelope):
        x = everywhere(envelope)
        found = elasticity(envelope, x)
        assert np.isnan(found[np.isnan(envelope(x))]).all()
        assert (found[~np.isnan(found)] <= 1e-9).all()

    def test_steeper_is_the_lower_and_ignores_what_was_not_measured(self):
        flat, steep = platform((10, 100), (50, 90)), platform((30, 100), (80, 1))
        both = [elasticity(one, [40.0])[0] for one in (flat, steep)]
        assert steeper([flat, steep], [40.0])[0] == min(both) == both[1]
        assert steeper([flat, steep], [20.0])[0] == elasticity(flat, 20.0)
        assert np.isnan(steeper([flat, steep], 90.0))


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
