"""The equations of owning: published factors, exact limits, and accounts that balance to nothing."""

import math

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from analysis import formulas
from analysis.exhibits import symbolic

EXACT = {"rel": 1e-12}
# NREL's workbook of the Annual Technology Baseline 2023, land-based wind, R&D case, as the test data of its
# calculator (github.com/NREL/ATB-calc) hold it.
ATB_REAL_WACC, ATB_TAX_RATE = 0.03966058342324974, 0.2574
ATB_TEN_YEAR_CRF, ATB_PVD, ATB_PFF = 0.12308271249382599, 0.8406042111852181, 1.0552497657432331

interests = st.floats(0.001, 0.5)
lives = st.floats(0.5, 40)
payments = st.sampled_from([1.0, 2.0, 4.0, 12.0])
shares = st.floats(0, 1)


# Tables of compound interest factors, as textbooks of engineering economics print them (A/P).
@pytest.mark.parametrize(
    ("interest", "life", "printed"),
    [(0.05, 20, 0.0802426), (0.10, 10, 0.1627454), (0.08, 30, 0.0888274), (0.12, 5, 0.2774097), (0.01, 4, 0.2562811)],
)
def test_the_capital_recovery_factor_is_that_of_the_tables(interest, life, printed):
    assert formulas.capital_recovery_factor(interest, life, 1) == pytest.approx(printed, abs=5e-8)


def test_monthly_payments_are_those_of_a_mortgage():
    """A loan of $1,000 at 6% over 30 years is paid with $5.9955 a month."""
    assert 1000 * formulas.capital_recovery_factor(0.06, 30, 12) / 12 == pytest.approx(5.9955, abs=5e-5)


def test_nrels_published_factors_are_recomputed():
    assert formulas.capital_recovery_factor(ATB_REAL_WACC, 10, 1) == pytest.approx(ATB_TEN_YEAR_CRF, **EXACT)
    assert formulas.project_finance_factor(ATB_TAX_RATE, ATB_PVD) == pytest.approx(ATB_PFF, **EXACT)


def test_both_ways_to_write_the_capital_recovery_factor_are_one():
    """The textbooks' i(1+i)^n / ((1+i)^n - 1) and NREL's WACC / (1 - 1 / (1 + WACC)^t)."""
    symbols = symbolic.symbols(formulas.capital_recovery_factor)
    interest, life = symbols["cost_of_capital"], symbols["economic_life"]
    ours = symbolic.expression(formulas.capital_recovery_factor).subs(symbols["payments_per_year"], 1)
    growth = (1 + interest) ** life
    assert sympy.simplify(ours - interest * growth / (growth - 1)) == 0


def test_the_limit_of_the_capital_recovery_factor_at_zero_interest_is_one_over_the_life():
    symbols = symbolic.symbols(formulas.capital_recovery_factor)
    factor = symbolic.expression(formulas.capital_recovery_factor)
    assert sympy.limit(factor, symbols["cost_of_capital"], 0) == 1 / symbols["economic_life"]


def test_the_factor_near_zero_interest_is_the_series_of_the_factor():
    symbols = symbolic.symbols(formulas.capital_recovery_factor)
    factor = symbolic.expression(formulas.capital_recovery_factor)
    series = sympy.series(factor, symbols["cost_of_capital"], 0, 3).removeO()
    assert sympy.simplify(series - symbolic.expression(formulas.capital_recovery_factor_near_zero)) == 0


def test_with_ever_more_payments_interest_compounds_continuously():
    symbols = symbolic.symbols(formulas.discount_factor)
    interest, life, often = (symbols[name] for name in ("cost_of_capital", "economic_life", "payments_per_year"))
    limit = sympy.limit(symbolic.expression(formulas.discount_factor), often, sympy.oo)
    assert sympy.simplify(limit - sympy.exp(-interest * life)) == 0


@given(interest=interests, years=st.integers(1, 30), often=st.sampled_from([1, 2, 4, 12]))
def test_the_payments_are_worth_the_capital(interest, years, often):
    factor = formulas.capital_recovery_factor(interest, years, often)
    dates = np.arange(1, years * often + 1) / often
    assert (factor / often * formulas.discount_factor(interest, dates, often)).sum() == pytest.approx(1, rel=1e-9)


@given(interest=interests, more=st.floats(1.01, 2), life=lives, often=payments)
def test_recovery_costs_more_at_higher_interest_and_less_over_a_longer_life(interest, more, life, often):
    factor = formulas.capital_recovery_factor(interest, life, often)
    assert formulas.capital_recovery_factor(interest * more, life, often) > factor
    assert formulas.capital_recovery_factor(interest, life * more, often) < factor
    assert factor > max(interest, 1 / life)


@given(tax=st.floats(0, 0.9), value=shares)
def test_taxes_never_lower_the_cost_and_cancel_where_all_is_written_off_at_once(tax, value):
    assert formulas.project_finance_factor(tax, value) >= 1 - 1e-12
    assert formulas.project_finance_factor(tax, 1.0) == pytest.approx(1, **EXACT)
    assert formulas.project_finance_factor(0.0, value) == 1


@given(
    capital=st.floats(1e3, 1e5), interest=interests, years=st.integers(1, 12),
    tax=st.floats(0, 0.6), residual=shares,
)  # fmt: skip
def test_the_capital_charge_leaves_an_owner_with_exactly_nothing(capital, interest, years, tax, residual):
    """Revenue, tax, straight-line depreciation and taxed resale, year by year, discounted: the account balances."""
    recovery = formulas.capital_recovery_factor(interest, years, 1)
    discount = formulas.discount_factor(interest, years, 1)
    written_off = 1 / (years * recovery)
    finance = formulas.project_finance_factor(tax, written_off)
    revenue = 8760 * formulas.capital_charge_per_gpu_hour(capital, recovery, finance, residual, discount)
    cash = np.full(years, revenue * (1 - tax) + tax * capital / years)
    cash[-1] += residual * capital * (1 - tax)
    worth = sum(amount / (1 + interest) ** year for year, amount in enumerate(cash, start=1))
    assert worth == pytest.approx(capital, rel=1e-9)


@given(capital=st.floats(1e3, 1e5), life=lives, residual=shares)
def test_depreciation_uses_up_the_capital_but_for_its_residual_value(capital, life, residual):
    hours = 8760 * life
    spent = hours * formulas.depreciation_per_gpu_hour(capital, residual, life)
    assert spent + residual * capital == pytest.approx(capital, **EXACT)


def test_the_constants_convert_the_stated_units():
    assert formulas.electricity_per_gpu_hour(2.0, 0.5, 0.1) == pytest.approx(0.1)
    assert 8760 * formulas.colocation_per_gpu_hour(1.5, 130) == pytest.approx(12 * 1.5 * 130)
    assert 8760 * formulas.facility_per_gpu_hour(1.5, 10_000, 0.1) == pytest.approx(1500)
    assert 8760 * formulas.operations_per_gpu_hour(30_000, 0.02, 250, 100) == pytest.approx(950)
    assert formulas.capital_per_gpu(3_750_000, 72, 0, 0) == pytest.approx(52_083.33, abs=0.005)
    assert formulas.gpus_within_power(10, 2.0) == 5000
    assert formulas.tokens_per_year(1, 1, 1) == 365 * 24 * 3600
    assert formulas.revenue_per_megawatt_year(0.5, 2e6 * 10, 10) == pytest.approx(1)


def test_gpu_hours_that_cannot_serve_raise_the_price_of_the_others():
    price = formulas.levelized_price_per_gpu_hour(1.9, 0.95)
    assert price == pytest.approx(2)
    assert price - formulas.downtime_per_gpu_hour(price, 0.95) == pytest.approx(1.9)


@given(cost=st.floats(0.01, 100), availability=st.floats(0.1, 1), utilization=st.floats(0.05, 1))
def test_without_its_idle_time_a_token_costs_what_it_costs_at_full_load(cost, availability, utilization):
    at_full_load = cost * availability * utilization
    idle = formulas.idle_cost_per_million_tokens(cost, availability, utilization)
    assert cost - idle == pytest.approx(at_full_load, rel=1e-9)
    assert math.isclose(formulas.idle_cost_per_million_tokens(cost, 1, 1), 0)


def test_revenue_of_a_megawatt_is_its_throughput_times_the_price_of_a_token():
    """Against the published measure: tokens per second per megawatt."""
    power, throughput, token_price = 2.1, 5970.2614, 0.5
    tokens = formulas.tokens_per_year(formulas.gpus_within_power(7, power), throughput, 1)
    revenue = formulas.revenue_per_megawatt_year(token_price, tokens, 7)
    per_second = formulas.throughput_per_megawatt(throughput, power)
    assert revenue == pytest.approx(per_second * 3600 * 8760 / 1e6 * token_price, **EXACT)
