"""The levelized cost of a GPU-hour and of a token: one plan for every kind of number, the published formula in it."""

from dataclasses import replace

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import formulas
from analysis.errors import InputError
from analysis.library.quantities import quantity
from analysis.library.values import MixedKindsError, Status, Value, calculate
from analysis.studies.ownership.finance import ALL_IN, CRITICAL_IT, Finance, sourced_finance
from analysis.studies.ownership.levelized import (
    IDLE,
    NEAR_ZERO,
    PARTS,
    Performance,
    hour_parts,
    in_place_of,
    levelized,
    levelized_values,
    on_numbers,
    on_values,
    token_parts,
)
from tests.support.owned import FACILITY, FINANCE, finance, platform

EXACT = {"rel": 1e-12}
shares = st.floats(0.05, 1)
PRICES = [(1.41, 93.153164, 4.2046, 0.0001), (2.652, 5970.2614, 0.12339, 0.00001)]


def cost(**changes):
    owned = platform(**changes)
    return levelized(owned.finance, owned.performance)["cost_per_million_tokens"]


def price(**changes):
    owned = platform(**changes)
    return levelized(owned.finance, owned.performance)["price_per_gpu_hour"]


def folded(published):
    """An owner whose whole cost is software that costs the published price, so that nothing else is in it."""
    return Finance(
        capital_per_gpu=0, economic_life=4, cost_of_capital=0, power_per_gpu=1, power_boundary=ALL_IN, pue=1,
        electricity_price=0, software_licenses=8760 * published,
    )  # fmt: skip


@pytest.mark.parametrize(("published", "throughput", "printed", "step"), PRICES)
def test_with_all_folded_into_the_price_it_is_the_published_formula(published, throughput, printed, step):
    known = levelized(folded(published), Performance(throughput_per_gpu=throughput))
    assert known["price_per_gpu_hour"] == pytest.approx(published, **EXACT)
    assert known["cost_per_million_tokens"] == pytest.approx(published / (3600 * throughput) * 1e6, **EXACT)
    assert known["cost_per_million_tokens"] == pytest.approx(printed, abs=step)


def test_an_account_by_hand():
    """Interest-free money, four years, a kilowatt: $35,040 is a dollar an hour."""
    owner = Finance(
        capital_per_gpu=35_040, economic_life=4, cost_of_capital=0, power_per_gpu=1, power_boundary=CRITICAL_IT,
        pue=1.5, electricity_price=0.1, average_load=0.8, colocation=73, support_rate=0.1, staff_cost=876,
        software_licenses=876, availability=0.5,
    )  # fmt: skip
    # 1.00 capital + 0.12 electricity + 0.10 colocation + 0.40 support + 0.10 staff + 0.10 licenses, half of the time
    known = levelized(owner, Performance(throughput_per_gpu=1e6 / 3600, utilization=0.5))
    assert known["owned_cost_per_gpu_hour"] == pytest.approx(1.82, **EXACT)
    assert known["price_per_gpu_hour"] == pytest.approx(3.64, **EXACT)
    assert known["cost_per_million_tokens"] == pytest.approx(7.28, **EXACT)


@given(utilization=shares)
def test_cost_goes_with_one_over_utilization(utilization):
    assert cost(utilization=utilization) * utilization == pytest.approx(cost(utilization=1.0), **EXACT)


@given(availability=shares)
def test_price_goes_with_one_over_availability(availability):
    assert price(availability=availability) * availability == pytest.approx(price(availability=1.0), **EXACT)


@pytest.mark.parametrize(("key", "rises"), [
    ("capital_per_gpu", True), ("economic_life", False), ("cost_of_capital", True), ("power_per_gpu", True),
    ("pue", True), ("electricity_price", True), ("average_load", True), ("residual_value", False),
    ("payments_per_year", False), ("tax_rate", True), ("depreciation_present_value", False), ("availability", False),
    ("colocation", True), ("support_rate", True), ("staff_cost", True), ("software_licenses", True),
])  # fmt: skip
def test_each_input_pulls_the_way_it_must(key, rises):
    more = price(**{key: FINANCE[key] * 1.02})
    assert (more > price()) if rises else (more < price())


@pytest.mark.parametrize(("key", "rises"), [("facility_capital", True), ("facility_life", False)])
def test_an_own_facility_costs_its_capital_over_its_own_life(key, rises):
    more = price(**FACILITY | {key: FACILITY[key] * 1.02})
    assert (more > price(**FACILITY)) if rises else (more < price(**FACILITY))


def test_the_size_of_the_boundary_is_all_that_an_all_in_power_changes():
    """A kilowatt of critical IT power at a PUE of 1.25 is 1.25 kW all-in; rent counts kilowatts of the boundary."""
    critical = price(power_per_gpu=1.0, pue=1.25, colocation=100)
    all_in = price(power_per_gpu=1.25, pue=1, power_boundary=ALL_IN, colocation=80)
    assert critical == pytest.approx(all_in, **EXACT)


def test_arrays_give_what_numbers_give():
    interests, uses = np.array([0.0, 1e-12, 0.08, 0.133]), np.array([[0.3], [1.0]])
    costs = cost(cost_of_capital=interests, utilization=uses)
    assert costs.shape == (2, 4)
    for (row, column), found in np.ndenumerate(costs):
        alone = cost(cost_of_capital=interests[column], utilization=uses[row, 0])
        assert found == pytest.approx(alone, rel=1e-14)


@settings(max_examples=25)
@given(interest=st.floats(0, 0.4), life=st.floats(1, 10), utilization=shares, residual=st.floats(0, 0.5))
def test_values_hold_what_numbers_hold(interest, life, utilization, residual):
    owned = platform(cost_of_capital=interest, economic_life=life, utilization=utilization, residual_value=residual)
    numbers = levelized(owned.finance, owned.performance)
    values = levelized_values(owned.finance, owned.performance, "HGX H200")
    assert {name: value.number for name, value in values.items()} == pytest.approx(numbers, **EXACT)


def measured(library, tokens="total"):
    rows = library.benchmark
    row = rows[(rows["hardware"] == "h200") & (rows["concurrency"] == 44) & (rows["precision"] == "fp8")].iloc[0]
    return library.measured(row, "throughput_per_gpu", "throughput_per_gpu", {"tokens": tokens})


def test_a_cost_made_of_values_leads_back_to_its_sources(library):
    owner, use = sourced_finance(library, "h200", "2026-07"), Performance(throughput_per_gpu=measured(library))
    cost = levelized_values(owner, use, "HGX H200")["cost_per_million_tokens"]
    sources = {source.id for source in cost.sources}
    stated = {"semianalysis-buildup-restated", "inferencemax-2025-10", "inferencex-constants-2026-07"}
    assert {*stated, "inferencex-rows"} <= sources
    assert cost.kinds == {
        "price": "modeled cost of ownership", "power": "all-in provisioned power", "assumptions": "2026-07",
        "tokens": "total",
    }  # fmt: skip
    assert cost.cautions == {Status.ASSUMED}
    places = {value.place for value in cost.trail() if value.quantity.key == "capital_per_gpu"}
    assert any(place.startswith("data/operating_costs.csv, line") for place in places)
    assert cost.formula is formulas.cost_per_million_tokens


def test_a_modeled_cost_is_not_mixed_with_a_published_price(library):
    owner = sourced_finance(library, "h200", "2026-04")
    modeled = levelized_values(owner, Performance(throughput_per_gpu=90.0), "HGX H200")["price_per_gpu_hour"]
    with pytest.raises(MixedKindsError, match="price"):
        calculate(formulas.ratio, numerator=modeled, denominator=library.price("h200", "hyperscaler", "2026-04"))


def test_a_value_of_another_quantity_is_refused():
    hours = Value(4.0, quantity("power_per_gpu"), "HGX H200", Status.ASSUMED)
    with pytest.raises(InputError, match="economic_life is in years"):
        levelized_values(finance(economic_life=hours), Performance(throughput_per_gpu=90.0), "HGX H200")


@pytest.mark.parametrize("utilization", [0, -0.5, 1.01, float("nan")])
def test_a_utilization_that_cannot_be_is_refused(utilization):
    with pytest.raises(InputError, match=r"^utilization: found .* allowed is more than 0 and at most 1"):
        Performance(throughput_per_gpu=90, utilization=utilization)


def test_finance_and_performance_share_no_input():
    """Two scenario axes that never mix: one side is replaced without a touch on the other."""
    owned = platform()
    assert not set(owned.finance.numbers()) & set(owned.performance.numbers())
    cheaper = replace(owned, finance=finance(capital_per_gpu=20_000))
    assert cheaper.performance is owned.performance


ALIKE = {"rel": 1e-12}


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
    assert sum(hour_parts(owned.finance).values()) == pytest.approx(known["price_per_gpu_hour"], **ALIKE)
    assert sum(parts(owned).values()) == pytest.approx(known["cost_per_million_tokens"], **ALIKE)


def test_idle_time_is_the_share_of_hours_without_tokens():
    owned = platform(availability=0.9, utilization=0.5)
    share = parts(owned)[IDLE] / whole(owned)["cost_per_million_tokens"]
    assert share == pytest.approx(1 - 0.9 * 0.5, **ALIKE)


def test_a_gpu_that_always_serves_at_full_load_has_no_idle_time():
    owned = platform(availability=1.0, utilization=1.0)
    assert parts(owned)[IDLE] == 0
    assert hour_parts(owned.finance)[IDLE] == 0


def test_interest_free_and_tax_free_money_costs_nothing():
    hour = hour_parts(finance(cost_of_capital=0.0, tax_rate=0.0))
    assert hour["money"] == pytest.approx(0, abs=1e-15)
    assert hour["capital"] == pytest.approx(35_000 * 0.9 / (4 * 8760), **ALIKE)


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


def factor(interest, life=4.0, often=1.0):
    given = {"cost_of_capital": interest, "economic_life": life, "payments_per_year": often}
    return on_numbers(formulas.capital_recovery_factor, given)


def exact(interest, life, often):
    with mpmath.workdps(60):
        interest, life, often = mpmath.mpf(interest), mpmath.mpf(life), mpmath.mpf(often)
        return float(-interest / mpmath.expm1(-life * often * mpmath.log1p(interest / often)))


@pytest.mark.parametrize("life", [0.5, 1, 4, 30])
def test_at_zero_interest_the_capital_is_repaid_in_equal_parts(life):
    assert factor(0.0, life) == 1 / life
    assert factor(0, life) == 1 / life


@pytest.mark.parametrize("interest", [1e-300, 1e-15, -1e-12, 1e-12, 1e-9, 1e-6, 2e-5])
def test_near_zero_interest_no_digit_is_lost(interest):
    assert factor(interest) == pytest.approx(exact(interest, 4, 1), rel=1e-14)


def test_the_bare_quotient_would_have_lost_them():
    assert formulas.capital_recovery_factor(1e-12, 4.0, 1.0) != pytest.approx(0.25, rel=1e-6)


@given(
    interest=st.floats(-0.5, 2, allow_subnormal=False).filter(bool),
    life=st.floats(0.25, 50),
    often=st.sampled_from([1.0, 4.0, 12.0]),
)
def test_everywhere_it_agrees_with_sixty_digits(interest, life, often):
    assert factor(interest, life, often) == pytest.approx(exact(interest, life, often), rel=2e-10)


@pytest.mark.parametrize("side", [1 - 1e-9, 1 + 1e-9])
@pytest.mark.parametrize("often", [1.0, 12.0])
def test_where_the_series_hands_over_both_are_right(side, often):
    interest = side * NEAR_ZERO / 4
    assert factor(interest, 4.0, often) == pytest.approx(exact(interest, 4, often), rel=1e-10)


def test_arrays_may_hold_zero_beside_other_interest():
    interests = np.array([0.0, 1e-12, 0.05, 0.133])
    assert factor(interests, 20.0) == pytest.approx([factor(one, 20.0) for one in interests], rel=1e-15)
    assert factor(np.array([0.1, 0.2])).shape == (2,)
    assert factor(0.0, np.array([2.0, 4.0])) == pytest.approx([0.5, 0.25])


def test_other_formulas_pass_through():
    assert on_numbers(formulas.ratio, {"numerator": 6, "denominator": 3}) == 2


def value(number, key):
    return Value(number, quantity(key), "HGX H200", Status.ASSUMED)


def test_values_say_which_formula_made_them():
    def made(interest):
        return on_values(
            formulas.capital_recovery_factor,
            {
                "cost_of_capital": value(interest, "cost_of_capital"),
                "economic_life": value(4.0, "economic_life"),
                "payments_per_year": value(1.0, "payments_per_year"),
            },
        )

    assert made(0.0).number == 0.25
    assert made(0.0).formula is formulas.capital_recovery_factor_near_zero
    assert made(0.1).formula is formulas.capital_recovery_factor
    assert made(0.1).number == factor(0.1)
    assert made(0.0).quantity.unit == made(0.1).quantity.unit


def test_only_the_quotient_is_ever_replaced():
    assert in_place_of(formulas.discount_factor, {"cost_of_capital": 0.0}) is formulas.discount_factor
