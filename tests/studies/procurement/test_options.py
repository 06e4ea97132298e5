"""A growing load outgrows what was bought and what is allowed, and the first of them is what binds."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.library.values import counted_up
from analysis.studies.procurement.options import (
    SMALLEST,
    THROUGHPUT,
    binding,
    budget,
    ceilings,
    gpus_later,
    months_until,
    needed_later,
)
from tests.support.buyers import brief, conditions


def value(number, key):
    return counted_up(number, key, "a platform", "", {})


def until(room, needed, growth):
    return months_until(
        value(room, "fleet_deployments"), value(needed, "deployments_needed"), value(growth, "growth_per_year"), "it"
    )


def months(room, needed, growth):
    return until(room, needed, growth).number


def bound(found, hardware="b200"):
    fleet, asked = found.fleets[hardware], found.conditions
    price = found.modeled[hardware].price
    return binding(fleet, found.load, asked, ceilings(fleet, found.load, asked, price))


def test_a_load_that_doubles_each_year_doubles_in_twelve_months():
    assert months(2, 1, 1.0) == 12
    assert months(8, 1, 1.0) == 36
    assert months(1.99, 1, 1.0) == 11


def test_the_months_name_what_they_rest_on():
    assert {name: one.number for name, one in until(8, 1, 0.5).inputs.items()} == {
        "room": 8,
        "needed": 1,
        "growth": 0.5,
    }


@given(room=st.floats(1.01, 1e6), growth=st.floats(0.01, 50))
def test_after_those_months_the_load_still_fits_and_a_month_later_it_does_not(room, growth):
    passed = months(room, 1, growth)
    assert (1 + growth) ** (passed / 12) <= room * (1 + 1e-9)
    assert (1 + growth) ** ((passed + 1) / 12) >= room * (1 - 1e-9)


def test_no_room_is_no_month_and_no_growth_is_no_end():
    assert months(0, 1, 1.0) == 0
    assert months(1, 1, 1.0) == 0
    assert months(1, 2, 0.0) == 0
    assert months(2, 1, 0.0) == math.inf


def test_a_limit_of_power_holds_whole_systems_only(library):
    found = brief(library, power_limit=1.0)
    fleet = found.fleets["gb300"]
    (limit,) = ceilings(fleet, found.load, found.conditions, None)
    # 72 GPUs x 2.10 kW are 0.151 MW: six racks in a megawatt, one deployment in each.
    assert (limit.name, limit.room.number) == ("power", 6)
    assert limit.served.number == pytest.approx(6 / fleet.needed.number)
    assert limit.months.number == math.floor(12 * math.log2(6 / fleet.needed.number))


def test_a_budget_means_nothing_without_a_price(library):
    found = brief(library, budget_per_month=1e6)
    fleet = found.fleets["b200"]
    assert ceilings(fleet, found.load, found.conditions, None) == ()
    (limit,) = ceilings(fleet, found.load, found.conditions, found.modeled["b200"].price)
    # At $1.95 six nodes cost $68,328 a month: a million pays for fourteen times as many.
    assert (limit.name, limit.room.number) == ("budget", 14)


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({}, THROUGHPUT),
        ({"power_limit": 1000.0}, THROUGHPUT),
        ({"power_limit": 0.3}, "power"),  # enough for today, not for the horizon
        ({"power_limit": 0.05}, "power"),
        ({"budget_per_month": 1000.0}, "budget"),
        ({"power_limit": 0.3, "budget_per_month": 1000.0}, "budget"),
        ({"power_limit": 0.05, "budget_per_month": 1e9}, "power"),
        ({"tokens_per_day": 1e6}, SMALLEST),
        ({"tokens_per_day": 1e6, "power_limit": 0.01}, "power"),
        ({"growth_per_year": 0.0, "power_limit": 0.11}, SMALLEST),
    ],
)
def test_what_binds_is_the_first_limit_that_growth_reaches(library, changes, word):
    assert bound(brief(library, **changes)) == word


def test_at_the_horizon_the_load_has_grown_and_so_has_the_fleet(library):
    found = brief(library, horizon=36, growth_per_year=1.0)
    fleet = found.fleets["b200"]
    assert needed_later(fleet, found.load, found.conditions).number == pytest.approx(8 * fleet.needed.number)
    assert gpus_later(fleet, found.load, found.conditions).number == 48 * math.ceil(8 * fleet.needed.number)
    still = brief(library, growth_per_year=0.0)
    assert gpus_later(still.fleets["b200"], still.load, still.conditions).number == still.fleets["b200"].gpus.number


def test_a_budget_that_is_not_stated_is_none():
    assert budget(conditions()) is None
    assert budget(conditions(budget_per_month=5e4)).number == 5e4
