"""The equations of what an owner gets back."""

import pytest
import sympy

from analysis import formulas
from analysis.exhibits import symbolic


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
