"""The equations of a buyer's load: what a day, a peak and a growth take."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import formulas

amounts = st.floats(1e-3, 1e9)
shares = st.floats(0.01, 0.99)
factors = st.floats(1, 20)


def test_a_day_has_86400_seconds():
    assert formulas.peak_load(86_400, 1) == 1
    assert formulas.peak_load(2e9, 1.5) == pytest.approx(34_722.2, abs=0.05)


@given(load=amounts, factor=factors, throughput=amounts, gpus=amounts, utilization=shares)
def test_deployments_at_the_planned_utilization_deliver_the_peak(load, factor, throughput, gpus, utilization):
    peak = formulas.peak_load(load, factor)
    needed = formulas.deployments_for_load(peak, throughput, gpus, utilization)
    assert needed * gpus * throughput * utilization == pytest.approx(peak, rel=1e-9)


@given(users=amounts, interactivity=amounts, factor=factors, share=shares)
def test_users_at_the_peak_get_their_interactivity(users, interactivity, factor, share):
    output = formulas.output_tokens_per_day(users, interactivity, factor)
    total = formulas.tokens_per_day_for_output(output, share)
    assert (1 - share) * formulas.peak_load(total, factor) == pytest.approx(users * interactivity, rel=1e-9)


@given(inputs=st.floats(1, 1e5), outputs=st.floats(1, 1e5))
def test_a_load_in_the_measured_mix_needs_as_many_tokens_as_it_has(inputs, outputs):
    share = formulas.input_share(inputs, outputs)
    total = formulas.tokens_per_day(inputs, outputs)
    assert formulas.tokens_per_day_for_input(inputs, share) == pytest.approx(total, rel=1e-9)
    assert formulas.tokens_per_day_for_output(outputs, share) == pytest.approx(total, rel=1e-9)


@given(growth=st.floats(0, 2))
def test_the_growth_of_a_year_is_that_of_twelve_months_in_a_row(growth):
    load = 1.0
    for _ in range(12):
        load *= 1 + growth
    assert formulas.growth_per_year(growth) == pytest.approx(load - 1, rel=1e-9, abs=1e-12)


def test_six_percent_a_month_doubles_a_load_in_a_year():
    assert formulas.growth_per_year(2 ** (1 / 12) - 1) == pytest.approx(1, rel=1e-12)


def test_more_requests_than_a_deployment_was_measured_with_take_more_than_one():
    assert formulas.deployments_for_requests(1229, 1229, 1) == 1
    assert formulas.deployments_for_requests(5000, 1000, 0.5) == 10
