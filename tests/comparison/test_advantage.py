"""The ratio of two platforms is one curve with known extremes, of which every published ratio is one point."""

import numpy as np
import pytest

from analysis import formulas
from analysis.comparison.advantage import Advantage, break_even_price, compared, price_at, prices_along
from analysis.comparison.contenders import contender
from analysis.comparison.metrics import METRICS
from analysis.library.values import Status
from analysis.scenario import Parameters
from analysis.studies.benchmark.workloads import advantages

CONDITIONS = Parameters()
COST, POWER, THROUGHPUT = "cost_per_million_tokens", "throughput_per_megawatt", "throughput_per_gpu"
LENGTHS = ["1k/1k", "1k/8k", "8k/1k"]


@pytest.fixture(scope="module")
def found(library):
    return advantages(library, CONDITIONS)


def dense(one):
    """Interactivities all over the common range, unlike those that the curve itself chooses."""
    rng = np.random.default_rng(3)
    return np.concatenate([np.sort(rng.uniform(low, high, 20_000)) for low, high in one.ranges])


def test_every_workload_that_both_were_measured_at_is_there(found):
    assert list(found) == LENGTHS


def test_published_point_is_on_the_curve(found):
    one = found["1k/1k"]
    assert one.at(THROUGHPUT, 116.0).number == pytest.approx(64.1, abs=0.1)
    assert one.at(COST, 116.0).number == pytest.approx(34.1, abs=0.1)
    assert one.at(POWER, 116.0).number == pytest.approx(52.8, abs=0.1)


def test_headline_is_near_the_highest_ratio_at_its_own_sequence_lengths(found):
    one = found["1k/1k"]
    headline = one.at(THROUGHPUT, 116.0)
    assert 0.8 < one.share_below(headline.number).number < 0.95


def test_with_long_prompts_the_ratio_of_throughput_never_passes_36(found):
    one = found["8k/1k"]
    assert 35 < one.at(THROUGHPUT, one.highest).number < 36
    assert np.nanmax(one(THROUGHPUT, dense(one))) < 36


@pytest.mark.parametrize("lengths", LENGTHS)
def test_no_interactivity_has_a_ratio_beyond_the_extremes(found, lengths):
    one = found[lengths]
    ratios = one(THROUGHPUT, dense(one))
    highest, lowest = one.highest_ratio.number, one.lowest_ratio.number
    assert ratios.max() <= highest * (1 + 1e-9)
    assert ratios.min() >= lowest * (1 - 1e-9)
    assert ratios.max() == pytest.approx(highest, rel=1e-3)
    assert ratios.min() == pytest.approx(lowest, rel=1e-2)


@pytest.mark.parametrize("lengths", LENGTHS)
def test_percentile_is_the_share_of_interactivities_with_a_lower_ratio(found, lengths):
    one = found[lengths]
    ratios = one(THROUGHPUT, dense(one))
    for times in (8.0, 20.0, 33.3):
        assert one.share_below(times).number == pytest.approx(np.mean(ratios < times), abs=0.01)


def test_percentile_runs_from_none_to_all(found):
    one = found["1k/1k"]
    lowest, highest = one.lowest_ratio.number, one.highest_ratio.number
    assert one.share_below(lowest * 0.999).number == 0
    assert one.share_below(highest * 1.001).number == 1
    shares = [one.share_below(times).number for times in np.linspace(lowest, highest, 12)]
    assert shares == sorted(shares)


@pytest.mark.parametrize("key", [COST, POWER])
def test_ratio_of_a_metric_is_the_ratio_of_throughput_times_a_constant(found, key):
    for one in found.values():
        places = one.places
        np.testing.assert_allclose(one(key, places), one(THROUGHPUT, places) * one.constant(key).number, rtol=1e-12)


def test_constants_are_those_of_prices_and_power(found):
    one = found["1k/1k"]
    assert one.constant(COST).number == pytest.approx(1.41 / 2.652)
    assert one.constant(POWER).number == pytest.approx(1.73 / 2.1)
    assert Status.PLACEHOLDER in one.constant(COST).cautions


def test_places_stay_where_both_were_measured_and_hold_every_knot(found):
    for one in found.values():
        assert not np.isnan(one(THROUGHPUT, one.places)).any()
        assert (np.diff(one.places) > 0).all()
        low, high = one.ranges[0, 0], one.ranges[-1, 1]
        assert (one.places[0], one.places[-1]) == (low, high)
        for member in one.subject.curve.members:
            inside = member.interactivity[(member.interactivity >= low) & (member.interactivity <= high)]
            assert np.isin(inside, one.places).all()


def test_value_and_curve_agree(found):
    one = found["1k/8k"]
    for key in METRICS.keys() - {"price_per_gpu_hour", "flops_per_dollar"}:
        for place in (35.0, 50.0, 100.0):
            assert one.at(key, place).number == pytest.approx(float(one(key, place)), rel=1e-12)


def test_there_is_no_ratio_where_one_side_was_not_measured(found):
    one = found["1k/1k"]
    assert one.at(THROUGHPUT, 250.0) is None
    assert np.isnan(one(THROUGHPUT, 250.0))
    assert compared(COST, {}, one.subject.at(250.0)) is None


def test_ratio_turned_round_is_its_reciprocal(found):
    one = found["1k/1k"]
    turned = Advantage(one.subject, one.baseline)
    np.testing.assert_allclose(one(COST, one.places) * turned(COST, one.places), 1, rtol=1e-12)
    assert turned.lowest == pytest.approx(one.highest, rel=1e-4)


def test_platform_has_no_advantage_over_itself(library):
    same = contender(library, CONDITIONS, "h200")
    one = Advantage(same, same)
    assert one.at(THROUGHPUT, one.highest).number == one.at(THROUGHPUT, one.lowest).number == 1
    assert one.share_below(1.0).number == 0


def test_place_names_both_platforms(found):
    place = found["1k/1k"].place(50.0, "of a test")
    assert place.subject == "GB300 NVL72 / HGX H200"


@pytest.fixture(scope="module")
def here(library):
    return Advantage(*(contender(library, Parameters(), key) for key in ("h200", "gb300")))


def test_the_line_over_interactivity_is_made_of_values(here):
    for speed in (30.0, 75.0, 116.0):
        value = price_at(here, speed)
        assert value.number == pytest.approx(float(prices_along(here, speed)), rel=1e-12)
        assert value.formula is formulas.break_even_price


def test_at_the_break_even_price_the_ratio_of_costs_is_one(here):
    speed = 100.0
    subject = here.subject.at(speed)["throughput_per_gpu"].number
    cost = formulas.cost_per_million_tokens(price_at(here, speed).number, subject)
    assert cost == pytest.approx(here.baseline.at(speed)["cost_per_million_tokens"].number, rel=1e-12)


def test_where_one_was_not_measured_nothing_breaks_even(here):
    assert price_at(here, 1e6) is None
    assert np.isnan(prices_along(here, [1e6])).all()


def test_a_platform_breaks_even_with_itself_at_its_own_price(here):
    throughput = here.subject.at(116.0)["throughput_per_gpu"]
    assert break_even_price(here.subject.price, throughput, throughput).number == here.subject.price.number
    assert break_even_price(here.subject.price, throughput, None) is None
