"""A load is stated in one of three ways, peaks and grows, and what nobody knows of it is marked as assumed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.comparison.day import day_load
from analysis.errors import InputError
from analysis.scenario import Parameters
from analysis.studies.procurement.load import load_of
from tests.support.buyers import conditions

loads = st.floats(1, 1e15)


def test_two_billion_tokens_a_day_are_a_peak_of_35_thousand_a_second():
    load = load_of(conditions(tokens_per_day=2e9, peak_factor=1.5))
    assert load.tokens_per_day.number == load.as_measured.number == 2e9
    assert load.peak.number == pytest.approx(34_722, abs=1)
    assert load.peak.quantity.unit == "tok/s"


@given(inputs=loads, outputs=loads)
def test_the_measured_mix_holds_all_tokens_of_the_load(inputs, outputs):
    load = load_of(conditions(input_tokens=8192, input_tokens_per_day=inputs, output_tokens_per_day=outputs))
    assert load.tokens_per_day.number == pytest.approx(inputs + outputs)
    assert load.as_measured.number * 8 / 9 >= inputs * (1 - 1e-9)
    assert load.as_measured.number / 9 >= outputs * (1 - 1e-9)
    held = (load.as_measured.number * 8 / 9 / inputs, load.as_measured.number / 9 / outputs)
    assert min(held) == pytest.approx(1)


def test_a_load_in_the_ratio_of_the_lengths_is_sized_as_it_is():
    load = load_of(conditions(input_tokens=8192, input_tokens_per_day=8e9, output_tokens_per_day=1e9))
    assert load.as_measured.number == pytest.approx(9e9)


def test_users_get_the_minimum_interactivity_at_the_peak_and_one_request_each():
    load = load_of(conditions(concurrent_users=5000, minimum_interactivity=50, peak_factor=2))
    # At 1k/1k every output token has an input token beside it.
    assert load.peak.number == pytest.approx(2 * 5000 * 50)
    assert load.tokens_per_day.number == pytest.approx(2 * 5000 * 50 * 86_400 / 2)
    assert load.requests.number == 5000
    assert load_of(conditions()).requests is None


def test_growth_of_a_month_is_told_by_the_year():
    assert load_of(conditions(growth_per_month=0.1)).growth.number == pytest.approx(1.1**12 - 1)
    assert load_of(conditions(growth_per_year=0.5)).growth.number == 0.5


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ({"input_tokens_per_day": 1e9}, "output_tokens_per_day: missing"),
        ({"output_tokens_per_day": 1e9}, "input_tokens_per_day: missing"),
        (
            {"input_tokens_per_day": 1e9, "output_tokens_per_day": 1e9, "concurrent_users": 5},
            "concurrent_users: the load is stated in tokens per day already",
        ),
    ],
)
def test_a_load_stated_by_half_or_twice_is_refused(stated, said):
    with pytest.raises(InputError, match=said):
        load_of(conditions(**stated))


def test_what_the_buyer_says_is_chosen_and_what_nobody_knows_is_assumed():
    load = load_of(conditions())
    assert load_of(conditions(tokens_per_day=1e9)).tokens_per_day.status == "chosen"
    assert load_of(conditions(tokens_per_day=2e9, stated=["tokens_per_day"])).tokens_per_day.status == "chosen"
    assert {load.tokens_per_day.status, load.peak_factor.status, load.growth.status} == {"assumed"}
    assert "assumed" in load.peak.cautions
    assert load.peak_factor.place == "parameter peak_factor"


def test_the_peak_is_that_of_the_day_where_its_shape_is_stated():
    day = Parameters(day_shape="office hours", peak_factor=1.2)
    found = load_of(day)
    assert found.peak_factor == day_load(day, found.tokens_per_day).peak_factor
    assert load_of(Parameters(hourly_load=[2.0] + [1.0] * 23)).peak_factor.number == pytest.approx(1.92)
    assert load_of(Parameters(day_shape="flat")).peak_factor.number == pytest.approx(1)
