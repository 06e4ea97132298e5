"""The parts add up to the whole, and each is what its name says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.studies.ownership.decomposition import (
    IDLE,
    PARTS,
    hour_parts,
    token_parts,
)
from analysis.studies.ownership.levelized import levelized
from tests.support.owned import FACILITY, finance, platform

EXACT = {"rel": 1e-12}


def whole(platform):
    return levelized(platform.finance, platform.performance)


def parts(owned):
    return {part: value.number for part, value in token_parts(owned, "HGX H200").items()}


@given(
    availability=st.floats(0.3, 1), utilization=st.floats(0.05, 1), interest=st.floats(0, 0.5),
    tax=st.floats(0, 0.6), residual=st.floats(0, 1),
)  # fmt: skip
def test_parts_add_up(availability, utilization, interest, tax, residual):
    owned = platform(
        availability=availability, utilization=utilization, cost_of_capital=interest, tax_rate=tax,
        residual_value=residual,
    )  # fmt: skip
    known = whole(owned)
    assert sum(hour_parts(owned.finance).values()) == pytest.approx(known["price_per_gpu_hour"], **EXACT)
    assert sum(parts(owned).values()) == pytest.approx(known["cost_per_million_tokens"], **EXACT)


def test_idle_time_is_the_share_of_hours_without_tokens():
    owned = platform(availability=0.9, utilization=0.5)
    share = parts(owned)[IDLE] / whole(owned)["cost_per_million_tokens"]
    assert share == pytest.approx(1 - 0.9 * 0.5, **EXACT)


def test_a_gpu_that_always_serves_at_full_load_has_no_idle_time():
    owned = platform(availability=1.0, utilization=1.0)
    assert parts(owned)[IDLE] == 0
    assert hour_parts(owned.finance)[IDLE] == 0


def test_interest_free_and_tax_free_money_costs_nothing():
    hour = hour_parts(finance(cost_of_capital=0.0, tax_rate=0.0))
    assert hour["money"] == pytest.approx(0, abs=1e-15)
    assert hour["capital"] == pytest.approx(35_000 * 0.9 / (4 * 8760), **EXACT)


def test_each_part_moves_with_its_own_inputs_only():
    before = parts(platform())
    for changes, moved in (
        ({"electricity_price": 0.2}, {"power"}),
        ({"colocation": 200.0}, {"space"}),
        ({"staff_cost": 900.0}, {"operations"}),
        ({"cost_of_capital": 0.2}, {"money"}),
        ({"residual_value": 0.3}, {"capital", "money"}),
        ({"utilization": 0.3}, set()),
    ):
        after = parts(platform(**changes))
        assert {part for part in PARTS if after[part] != before[part]} == moved
        assert after[IDLE] != before[IDLE]


def test_an_own_facility_is_space():
    assert hour_parts(finance(**FACILITY))["space"] == pytest.approx(
        1.2 * 12_000 * (0.133 / (1 - (1 + 0.133 / 12) ** (-15 * 12))) / 8760
    )


def test_values_name_the_part_they_are():
    values = token_parts(platform(), "HGX H200")
    assert list(values) == [*PARTS, IDLE]
    assert {value.quantity.unit for value in values.values()} == {"USD/Mtok"}


def test_parts_of_two_platforms_stand_as_their_throughputs():
    slow, fast = parts(platform(throughput_per_gpu=93.0)), parts(platform(throughput_per_gpu=5970.0))
    assert slow == pytest.approx({part: cost * 5970 / 93 for part, cost in fast.items()})
