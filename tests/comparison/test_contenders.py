"""A contender's metrics are made from its throughput and nothing else, at curves and at rows alike."""

import numpy as np
import pytest

from analysis.comparison.advantage import Advantage
from analysis.comparison.contenders import contender
from analysis.comparison.head_to_head import compare
from analysis.comparison.metrics import METRICS
from analysis.errors import InputError
from analysis.frontier.limits import InfeasibleError
from analysis.library.values import Status
from analysis.scenario import Parameters

CONDITIONS = Parameters()
SERVED = [key for key, metric in METRICS.items() if metric.is_served]
COST, POWER, THROUGHPUT = "cost_per_million_tokens", "throughput_per_megawatt", "throughput_per_gpu"


@pytest.fixture(scope="module")
def h200(library):
    return contender(library, CONDITIONS, "h200")


@pytest.fixture(scope="module")
def gb300(library):
    return contender(library, CONDITIONS, "gb300")


@pytest.mark.parametrize("key", SERVED)
def test_value_at_an_interactivity_is_the_metric_there(h200, key):
    for place in (20.323103, 35, 62.64, 116, 174.8246):
        assert h200.at(place)[key].number == pytest.approx(float(h200.metric(key, place)), rel=1e-12)


def test_cost_times_throughput_is_the_price_everywhere(gb300):
    places = np.random.default_rng(1).uniform(gb300.curve.low, gb300.curve.high, 200)
    dollars = gb300.metric(COST, places) * gb300.metric(THROUGHPUT, places) * 3600 / 1e6
    np.testing.assert_allclose(dollars, gb300.price.number, rtol=1e-12)
    watts = gb300.metric(THROUGHPUT, places) / gb300.metric(POWER, places) * 1e3
    np.testing.assert_allclose(watts, gb300.power.number, rtol=1e-12)


def test_published_levels_are_those_of_the_two_rows(h200, gb300):
    for side, row, cost, power in ((h200, 1183, 4.2046, 53846), (gb300, 959, 0.12339, 2842982)):
        metrics = side.measured(side.curve.knots.loc[row])
        assert metrics[COST].number == pytest.approx(cost, rel=1e-4)
        assert metrics[POWER].number == pytest.approx(power, rel=1e-5)
        assert metrics[THROUGHPUT].status == Status.MEASURED
        assert metrics["interactivity"].number == pytest.approx(116.8, abs=0.1)


def test_there_is_no_metric_where_nothing_was_measured(h200):
    assert h200.at(h200.curve.high + 1) == {}
    assert np.isnan(h200.metric(COST, [500.0, 501.0])).all()


def test_metric_has_the_shape_that_was_asked(h200):
    for key in SERVED:
        assert h200.metric(key, [[40.0, 50.0, 60.0]]).shape == (1, 3)
        assert h200.metric(key, 50.0).shape == ()


def test_between_two_rows_a_metric_carries_that_it_is_interpolated(h200):
    assert Status.INTERPOLATED in h200.at(100.0)[COST].cautions
    assert Status.INTERPOLATED not in h200.at(116.71943)[COST].cautions


def test_own_price_is_used_for_its_own_platform_only(library, h200, gb300):
    own = Parameters(baseline_price=9.5)
    assert contender(library, own, "h200").price.number == 9.5
    assert contender(library, own, "h200").price.status == Status.ASSUMED
    assert contender(library, own, "gb300").price == gb300.price
    assert h200.price.number == 1.41


def test_a_price_of_ones_own_is_one_value_in_a_comparison_and_on_a_curve(library):
    own = Parameters(baseline_price=2.0)
    pair = compare(library, own)
    curves = Advantage(*(contender(library, own, key) for key in ("h200", "gb300")))
    for side, curve in zip(pair.sides, (curves.baseline, curves.subject), strict=True):
        assert side.given["price_per_gpu_hour"].id == curve.price.id
    assert curves.baseline.price.kinds == {"price": "own price"}
    assert curves.at(COST, 116.0).kinds["price"] == "own price / hyperscaler ownership"
    assert curves.constant(COST).number == pytest.approx(2.0 / 2.652)


def test_a_platform_beside_itself_may_have_two_prices_of_ones_own(library):
    pair = compare(library, Parameters(subject="h200", baseline_price=2.0, subject_price=4.0))
    assert pair.ratio("price_per_gpu_hour").number == 2.0


def test_place_is_an_interactivity_of_the_platform(h200):
    place = h200.place(50.0, "of a test")
    assert (place.number, place.quantity.unit, place.subject) == (50.0, "tok/s/user", "HGX H200")


def test_conditions_of_the_scenario_hold(library):
    other = contender(library, CONDITIONS, "gb300", lengths=(8192, 1024))
    assert other.kinds["workload"] == "8k/1k"
    suspect = "dynamo-trt fp8 mtp"
    assert suspect not in contender(library, CONDITIONS, "gb300").curve.series
    let_in = Parameters(suspect_series=[f"gb300 {suspect}"])
    assert suspect in contender(library, let_in, "gb300").curve.series
    careful = let_in.model_copy(update={"minimum_accuracy": 0.93})
    assert suspect not in contender(library, careful, "gb300").curve.series
    with pytest.raises(InfeasibleError, match="as_of"):
        contender(library, Parameters(as_of="2025-10-10"), "gb300")
    with pytest.raises(InputError, match="no rows of workload 77/1"):
        contender(library, CONDITIONS, "gb300", lengths=(77, 1))
