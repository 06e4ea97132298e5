"""A day's load keeps its tokens, batch never adds to the peak that it can avoid, and off-peak users are faster."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.comparison.day import SHAPES, DayLoad, day_fleet, day_load, hourly, shape
from analysis.comparison.sides import goodput
from analysis.comparison.tariff import serving
from analysis.errors import InputError
from analysis.frontier.tariff import Request
from analysis.library.quantities import quantity
from analysis.library.sources import load
from analysis.library.values import Status, Value
from analysis.scenario import Parameters

TOKENS = Value(2e9, quantity("tokens_per_day"), "a load", Status.CHOSEN)
days = st.lists(st.floats(0, 1000), min_size=24, max_size=24)


@pytest.fixture(scope="module")
def library():
    return load()


@given(days, st.floats(0, 1))
def test_a_day_has_all_its_tokens_and_batch_only_fills_what_users_leave(loads, batch):
    assume(max(loads) > 1e-3)
    day, users = DayLoad(TOKENS, hourly(loads), batch), DayLoad(TOKENS, hourly(loads))
    assert day.hours.sum() * 3600 == pytest.approx(TOKENS.number)
    assert (day.hours >= (1 - batch) * users.hours - 1e-6).all()
    assert day.peak_factor.number <= users.peak_factor.number * (1 + 1e-9)
    busy = day.hours > (1 - batch) * users.hours * (1 + 1e-6) + 1e-6
    assert np.ptp(day.hours[busy]) <= 1e-6 * day.hours.max() if busy.any() else True


def test_all_batch_is_a_flat_day():
    assert DayLoad(TOKENS, shape("office hours"), 1.0).peak_factor.number == pytest.approx(1)


def test_shapes_have_a_mean_of_one_and_two_time_zones_peak_less_than_one():
    assert all(shape(name).mean() == pytest.approx(1) for name in SHAPES)
    assert 1 == shape("flat").max() < shape("two time zones").max() < shape("office hours").max()


@pytest.mark.parametrize("wrong", [[1.0] * 23, [0.0] * 24, [-1.0] + [1.0] * 23, [float("nan")] * 24])
def test_own_hours_are_24_and_not_all_nil(wrong):
    with pytest.raises(InputError, match="24"):
        hourly(wrong)


def test_an_unknown_shape_is_refused():
    with pytest.raises(InputError, match="office hours"):
        shape("night")


@pytest.mark.parametrize("hardware", ["h200", "gb300"])
@pytest.mark.parametrize("request_", [None, Request(12_000, 600, 0.5)])
def test_utilization_follows_from_the_day_and_quiet_hours_are_faster(library, hardware, request_):
    side = serving(library, Parameters(), hardware, request_)
    large = Value(2e12, quantity("tokens_per_day"), "a load", Status.CHOSEN)
    flat, office = (day_fleet(side, DayLoad(large, shape(name)), 50.0, 0.9) for name in ("flat", "office hours"))
    assert flat.utilization.number == pytest.approx(0.9, rel=1e-2)
    assert office.utilization.number == pytest.approx(0.9 / shape("office hours").max(), rel=1e-2)
    assert office.gpus.number > office.needed.number
    assert office.quietest.number == office.speeds.max() > office.speeds.min() >= 50.0
    assert office.speed(int(np.argmax(office.load.hours))).number == office.speeds.min()


def test_batch_that_waits_needs_fewer_gpus(library):
    side = serving(library, Parameters(), "h200")
    now, waits = (day_fleet(side, DayLoad(TOKENS, shape("office hours"), share), 116.0, 0.9) for share in (0, 0.3))
    assert waits.gpus.number < now.gpus.number
    assert waits.utilization.number > now.utilization.number


def test_nothing_serves_beyond_the_measured_speeds(library):
    assert day_fleet(serving(library, Parameters(), "h200"), DayLoad(TOKENS, shape("flat")), 900.0, 0.9) is None


def test_a_scenario_states_its_day_by_a_shape_or_by_its_hours():
    assert day_load(Parameters(), TOKENS).peak_factor.number == pytest.approx(1)
    assert day_load(Parameters(day_shape="office hours"), TOKENS).arrivals.max() == shape("office hours").max()
    assert day_load(Parameters(hourly_load=[2.0] + [1.0] * 23), TOKENS).peak_factor.number == pytest.approx(1.92)


@pytest.mark.parametrize("hardware", ["h200", "gb300", "b200", "mi355x"])
def test_goodput_is_of_a_row_that_keeps_both_tails_and_falls_with_each(library, hardware):
    strict, loose = (goodput(library, Parameters(), hardware, 50.0, wait) for wait in (5.0, 60.0))
    assert loose.row["interactivity_p99"] >= 50.0
    assert loose.row["ttft_p99"] <= 60.0
    if strict:
        assert strict.row["ttft_p99"] <= 5.0
        assert strict.throughput.number <= loose.throughput.number
    assert goodput(library, Parameters(), hardware, 1e5, 60.0) is None
