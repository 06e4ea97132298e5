"""The equations of a fleet: they balance, undo one another, and give the prices that providers print."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import formulas

EXACT = {"rel": 1e-12}
amounts = st.floats(1e-3, 1e9)


# "50.44 per 8-GPU node" and "761.904 per 72-GPU UltraServer", by the hour, as the providers print them.
@pytest.mark.parametrize(("gpus", "price", "hourly"), [(8, 6.305, 50.44), (72, 10.582, 761.904)])
def test_a_month_of_a_system_costs_730_of_the_hours_that_providers_print(gpus, price, hourly):
    assert formulas.cost_per_month(gpus, price) == pytest.approx(730 * hourly, **EXACT)


@given(gpus=amounts, price=amounts)
def test_the_break_even_quote_of_a_fleet_s_own_cost_is_its_price(gpus, price):
    cost = formulas.cost_per_month(gpus, price)
    assert formulas.break_even_quote(cost, gpus) == pytest.approx(price, **EXACT)


@given(gpus=amounts, price=amounts)
def test_a_budget_pays_for_as_many_gpus_as_cost_it(gpus, price):
    assert formulas.gpus_within_budget(formulas.cost_per_month(gpus, price), price) == pytest.approx(gpus, **EXACT)


@given(gpus=amounts, power=amounts)
def test_a_fleet_s_power_is_room_for_its_gpus(gpus, power):
    assert formulas.gpus_within_power(formulas.fleet_power(gpus, power), power) == pytest.approx(gpus, **EXACT)


@given(load=amounts, gpus=amounts, price=amounts, throughput=amounts)
def test_delivered_cost_times_utilization_is_the_cost_at_full_load(load, gpus, price, throughput):
    """What a token costs is what it would at full load, over the share of the time that GPUs work."""
    delivered = formulas.delivered_cost_per_million_tokens(formulas.cost_per_month(gpus, price), load)
    full = formulas.cost_per_million_tokens(price, throughput)
    assert delivered * formulas.fleet_utilization(load, gpus, throughput) == pytest.approx(full, rel=1e-9)


@given(room=amounts, needed=amounts)
def test_the_share_served_is_one_and_the_spare_capacity(room, needed):
    assert formulas.served_share(room, needed) == pytest.approx(1 + formulas.spare_capacity(room, needed), **EXACT)


@given(purchases=st.integers(1, 10**6), each=st.integers(1, 18), gpus=st.integers(1, 96))
def test_purchases_hold_what_they_are_needed_for(purchases, each, gpus):
    assert formulas.purchases_needed(formulas.fleet_deployments(purchases, each), each) == pytest.approx(purchases)
    assert formulas.purchases_within(formulas.fleet_gpus(purchases, gpus), gpus) == pytest.approx(purchases)
