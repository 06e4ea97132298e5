"""On the line of the surface both tokens cost the same; on either side one is the cheaper."""

import numpy as np
import pytest

from analysis import formulas
from analysis.errors import InputError
from analysis.studies.uncertainty.break_even import break_even, surface
from tests.support.owned import pair

PRICES, UTILIZATIONS = np.linspace(0.5, 5, 46), np.linspace(0.1, 1, 10)
H200, GB300 = (1.41, 93.153164), (2.652, 5970.2614)


def found(prices=PRICES, utilizations=UTILIZATIONS, **changes):
    other = {"other_price_per_gpu_hour": H200[0], "other_throughput_per_gpu": H200[1]} | changes
    return surface(prices, utilizations, GB300[1], **other)


def test_todays_point_is_the_published_ratio():
    today = found([GB300[0]], [1.0])
    assert 1 / today.cost_ratio[0, 0] == pytest.approx(34.07, abs=0.01)
    assert today.break_even_prices[0] == pytest.approx(1.41 * 64.09, abs=0.01)


def test_the_surface_has_a_row_a_utilization_and_a_column_a_price():
    one = found()
    assert one.cost_ratio.shape == (10, 46)
    assert (np.diff(one.cost_ratio, axis=0) < 0).all()
    assert (np.diff(one.cost_ratio, axis=1) > 0).all()


def test_each_point_is_the_ratio_of_two_costs():
    one = found(other_utilization=0.6)
    for row, column in ((0, 0), (3, 17), (9, 45)):
        cost = formulas.cost_per_million_tokens(PRICES[column], GB300[1] * UTILIZATIONS[row])
        other = formulas.cost_per_million_tokens(H200[0], H200[1] * 0.6)
        assert one.cost_ratio[row, column] == pytest.approx(cost / other, rel=1e-12)


def test_on_the_line_both_cost_the_same():
    one = found(other_utilization=0.8)
    for row, price in enumerate(one.break_even_prices):
        at = found([price], [UTILIZATIONS[row]], other_utilization=0.8)
        assert at.cost_ratio[0, 0] == pytest.approx(1, rel=1e-12)


def test_the_line_falls_with_the_others_price_and_rises_with_the_own_utilization():
    assert (np.diff(found().break_even_prices) > 0).all()
    assert (found(other_price_per_gpu_hour=1.0).break_even_prices < found().break_even_prices).all()


@pytest.mark.parametrize(("changes", "said"), [
    ({"prices": [0.0]}, "price_per_gpu_hour: found 0"), ({"utilizations": [0.5, 1.5]}, "utilization: found 1.5"),
    ({"other_utilization": 0.0}, "utilization: found 0"), ({"other_price_per_gpu_hour": -1.0}, "found -1"),
    ({"other_throughput_per_gpu": float("nan")}, "throughput_per_gpu: found nan"),
])  # fmt: skip
def test_what_cannot_be_is_refused(changes, said):
    with pytest.raises(InputError, match=said):
        found(**changes)


def test_at_its_break_even_a_token_of_both_costs_the_same(library):
    owned = pair(library)
    even = break_even(owned)
    # 1.41 x 5970.2614 / 93.153164, the published price and the throughputs of both rows
    assert even.price.number == pytest.approx(90.37, abs=0.01)
    assert even.utilization.number / even.other_utilization.number == pytest.approx(1 / 34.07, rel=1e-3)
    line = np.interp(even.utilization.number, even.surface.utilizations, even.surface.break_even_prices)
    assert line == pytest.approx(even.own_price.number, rel=2e-3)
    assert even.surface.prices[0] < even.own_price.number < even.price.number < even.surface.prices[-1]


@pytest.mark.parametrize(("stated", "share"), [({}, 0.6), ({"utilization": 0.35}, 0.35)])
def test_the_baseline_is_as_busy_as_the_scenario_says_or_as_a_serving_fleet(library, stated, share):
    assert break_even(pair(library, **stated)).other_utilization.number == share
