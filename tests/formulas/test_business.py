"""The equations of earning: margins that vanish where they must, accounts that invert, money that is paid back."""

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from analysis import formulas
from analysis.exhibits import symbolic

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


def test_a_cash_flow_falls_by_the_revenue_only():
    """$10 and $2 an hour: 8,760 x (10 x 0.5^k - 2)."""
    flows = [formulas.annual_cash_flow_per_gpu(10, 2, 0.5, years, 0) for years in range(4)]
    assert flows == [70_080, 26_280, 4_380, -6_570]


def test_a_price_that_stays_gives_the_same_cash_flow_each_year():
    assert len({formulas.annual_cash_flow_per_gpu(10.0, 2.0, 0.0, years, 0.0) for years in range(10)}) == 1


def test_a_capital_of_a_years_cash_flow_is_paid_back_in_a_year():
    assert formulas.payback_time(70_080, 70_080) == 12
    assert formulas.capital_outlay_per_gpu(70_080, 0, 1) == -70_080


def test_a_tax_that_lets_all_capital_be_written_off_at_once_takes_its_share_of_every_flow():
    """Owner and state then share costs and earnings alike, so that the rate of return stays as it is."""
    assert formulas.capital_outlay_per_gpu(70_080, 0.25, 1) == 0.75 * -70_080
    assert formulas.annual_cash_flow_per_gpu(10, 2, 0, 0, 0.25) == 0.75 * 70_080
    assert formulas.resale_proceeds_per_gpu(70_080, 0.1, 0.25) == pytest.approx(0.75 * 7_008)


def test_the_running_cost_is_all_of_an_owners_cost_but_the_capital():
    owned = symbolic.symbols(formulas.owned_cost_per_gpu_hour)
    whole = symbolic.expression(formulas.owned_cost_per_gpu_hour)
    running = symbolic.expression(formulas.running_cost_per_gpu_hour)
    assert sympy.simplify(whole - running) == owned["capital_charge_per_gpu_hour"]
