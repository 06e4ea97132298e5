"""The equations of what tokens earn: margins, prices and revenues that undo one another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import formulas

EXACT = {"rel": 1e-12}
amounts = st.floats(1e-3, 1e6)
shares = st.floats(0.01, 1)


def test_a_rack_at_the_stated_throughput_earns_what_arithmetic_says():
    """72 GPUs at 10,000 tok/s each deliver 22.7 trillion tokens a year; at $1 per million that is $22.7 million."""
    tokens = formulas.tokens_per_year(72, 10_000, 1)
    assert tokens == pytest.approx(22_705_920_000_000, **EXACT)
    assert formulas.token_revenue(1, tokens, 1) == pytest.approx(22_705_920, **EXACT)
    assert formulas.revenue_per_gpu_hour(1, 10_000) == 36


@given(price=amounts, cost=amounts)
def test_the_margin_is_how_far_the_price_can_fall(price, cost):
    margin = formulas.gross_margin(price, cost)
    assert price * (1 - margin) == pytest.approx(cost, rel=1e-9, abs=1e-9 * price)


@given(price=amounts, throughput=amounts, capacity=amounts)
def test_margin_by_the_token_is_margin_by_the_hour(price, throughput, capacity):
    revenue = formulas.revenue_per_gpu_hour(price, throughput)
    cost = formulas.cost_per_million_tokens(capacity, throughput)
    profit = formulas.gross_profit_per_gpu_hour(revenue, capacity)
    assert formulas.gross_margin(price, cost) == pytest.approx(profit / revenue, rel=1e-9, abs=1e-9)


@given(price=amounts, throughput=amounts, capacity=amounts, utilization=shares)
def test_nothing_is_left_at_the_least_utilization(price, throughput, capacity, utilization):
    delivered = formulas.delivered_throughput_per_gpu(throughput, utilization)
    cost = formulas.cost_per_million_tokens(capacity, delivered)
    least = formulas.least_utilization(utilization, cost, price)
    there = formulas.cost_per_million_tokens(capacity, formulas.delivered_throughput_per_gpu(throughput, least))
    assert formulas.gross_margin(price, there) == pytest.approx(0, abs=1e-9)


@given(price=amounts, tokens=amounts, life=st.floats(0.5, 40))
def test_a_revenue_asks_for_the_price_and_the_years_that_make_it(price, tokens, life):
    revenue = formulas.token_revenue(price, tokens, life)
    assert formulas.token_price_for_revenue(revenue, tokens, life) == pytest.approx(price, **EXACT)
    assert formulas.years_for_revenue(revenue, price, tokens) == pytest.approx(life, **EXACT)


@given(miss=amounts, hit=amounts, rate=st.floats(0, 1))
def test_a_mean_input_price_lies_between_its_two_and_reaches_both(miss, hit, rate):
    low, high = sorted((miss, hit))
    assert low * (1 - 1e-9) <= formulas.mean_input_token_price(miss, hit, rate) <= high * (1 + 1e-9)
    assert formulas.mean_input_token_price(miss, hit, 0.0) == miss
    assert formulas.mean_input_token_price(miss, hit, 1.0) == hit


@pytest.mark.parametrize(("lengths", "share"), [((1024, 1024), 0.5), ((8192, 1024), 8 / 9), ((1024, 8192), 1 / 9)])
def test_the_input_share_of_the_benchmarks_workloads(lengths, share):
    assert formulas.input_share(*lengths) == pytest.approx(share, **EXACT)


@given(price=amounts, throughput=amounts, gain=st.floats(1.01, 10))
def test_a_gain_in_speed_makes_up_for_the_fall_that_it_offsets(price, throughput, gain):
    fallen = price * (1 - formulas.price_fall_offset(gain))
    before = formulas.revenue_per_gpu_hour(price, throughput)
    assert formulas.revenue_per_gpu_hour(fallen, gain * throughput) == pytest.approx(before, rel=1e-9)
