"""How near the model comes to the published prices, and what would close the gap, honestly."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import formulas
from analysis.errors import InputError
from analysis.exhibits import symbolic
from analysis.formulas.steps import run
from analysis.studies.ownership.calibration import closing_amounts, elasticities, ratio_elasticities
from analysis.studies.ownership.finance import ALL_IN, sourced_finance
from analysis.studies.ownership.levelized import COST_STEPS, Performance, levelized, on_numbers
from tests.support.owned import FACILITY, FINANCE, finance, pair, platform

# Computed once from the sourced inputs: platform, vintage of power, published price, modeled price.
GAPS = [
    ("h200", "2026-04", "hyperscaler", 1.41, 1.7986),
    ("h200", "2026-07", "hyperscaler", 1.41, 1.7031),
    ("h200", "2026-07", "neocloud", 1.74, 1.7031),
    ("gb300", "2026-04", "hyperscaler", 2.652, 2.5680),
    ("gb300", "2026-04", "neocloud", 3.30, 2.5680),
]
# Next to all that an input could be, where it could be anything.
EVERYWHERE = {
    "average_load": (0.001, 1), "availability": (0.001, 1), "residual_value": (0, 1), "tax_rate": (0, 0.999),
    "electricity_price": (0, 1e4), "colocation": (0, 1e6), "staff_cost": (0, 1e8), "pue": (1, 1e4),
    "support_rate": (0, 1e3), "depreciation_present_value": (0, 1), "power_per_gpu": (1e-6, 1e4),
}  # fmt: skip


def price(**changes):
    return levelized(finance(**changes), Performance(throughput_per_gpu=1))["price_per_gpu_hour"]


@pytest.mark.parametrize(("hardware", "vintage", "tier", "published", "modeled"), GAPS)
def test_the_gap_to_the_published_price_is_what_it_is(library, hardware, vintage, tier, published, modeled):
    owner = pair(library, vintage=vintage).owners[hardware]
    price = library.price(hardware, tier, vintage)
    assert price.number == published
    assert owner.levels["price_per_gpu_hour"].number == pytest.approx(modeled, abs=5e-5)
    assert owner.gap(price).number == pytest.approx(modeled / published - 1, abs=5e-5)


def test_the_modeled_price_by_hand(library):
    """Published inputs alone: 34,698 USD at 13.3% over 4 years, 1.37 kW at 130 USD/kW/month and 0.087 USD/kWh."""
    recovery = 0.133 * 1.133**4 / (1.133**4 - 1)
    by_hand = 34_698 * recovery / 8760 + 1.37 * 130 * 12 / 8760 + 1.37 * 0.087
    modeled = levelized(sourced_finance(library, "h200", "2026-07"), Performance(throughput_per_gpu=1))
    assert modeled["price_per_gpu_hour"] == pytest.approx(by_hand, rel=1e-12)


@settings(max_examples=20)
@given(published=st.floats(0.3, 8))
def test_each_closing_amount_alone_closes_the_gap(published):
    closing = closing_amounts(finance(), published)
    assert any(amount is not None for amount in closing.values())
    for key, amount in closing.items():
        if amount is not None:
            assert price(**{key: amount}) == pytest.approx(published, rel=1e-8), key


@settings(max_examples=20)
@given(published=st.floats(0.3, 8))
def test_where_none_is_said_to_close_it_none_does(published):
    closing = closing_amounts(finance(), published)
    for key, (low, high) in EVERYWHERE.items():
        if closing[key] is None:
            gaps = price(**{key: np.geomspace(max(low, 1e-9), high, 60)}) - published
            assert (np.sign(gaps) == np.sign(price() - published)).all(), key


def test_a_price_below_electricity_and_space_is_closed_by_no_capital():
    closing = closing_amounts(finance(), 0.2)
    assert closing["capital_per_gpu"] is None
    assert closing["economic_life"] is None
    assert closing["power_per_gpu"] is None


def test_a_price_that_is_met_is_closed_by_what_is():
    closing = closing_amounts(finance(), price())
    assert closing == {key: FINANCE[key] for key in closing}


def test_only_what_an_owner_can_answer_for_moves():
    rented = set(closing_amounts(finance(), 2.0))
    assert "colocation" in rented
    assert not {"facility_capital", "facility_life", "payments_per_year"} & rented
    owned = set(closing_amounts(finance(**FACILITY), 2.0))
    assert {"facility_capital", "facility_life"} <= owned
    assert "colocation" not in owned
    assert "pue" not in closing_amounts(finance(power_boundary=ALL_IN, pue=1), 2.0)
    assert "depreciation_present_value" not in closing_amounts(finance(tax_rate=0.0), 2.0)


def test_free_money_does_not_bring_h200_to_its_published_price(library):
    """With the power in force when the comparison was published the interest would have to be below zero."""
    closing = closing_amounts(sourced_finance(library, "h200", "2026-04"), 1.41)
    assert closing["cost_of_capital"] < 0
    assert closing["capital_per_gpu"] == pytest.approx(24_636, abs=1)
    assert closing["economic_life"] == pytest.approx(6.46, abs=0.005)
    assert closing["residual_value"] == pytest.approx(0.478, abs=0.0005)
    assert closing["colocation"] is None
    assert closing["electricity_price"] is None


@pytest.mark.parametrize("published", [0, -1.41, float("nan")])
def test_a_published_price_is_a_positive_number(published):
    with pytest.raises(InputError, match=r"^published: found"):
        closing_amounts(finance(), published)


TOKENS = "cost_per_million_tokens"


def numerically(numbers, key, result=TOKENS, step=1e-5):
    """By central differences of logarithms."""
    if not numbers[key]:
        return 0.0
    low, high = (
        np.log(run(COST_STEPS, numbers | {key: numbers[key] * np.exp(side)}, on_numbers)[result])
        for side in (-step, step)
    )
    return (high - low) / (2 * step)


@settings(max_examples=12, deadline=None)
@given(
    interest=st.floats(0.01, 0.4), life=st.floats(1, 12), utilization=st.floats(0.1, 1), tax=st.floats(0, 0.5),
    often=st.sampled_from([1.0, 12.0, 365.0]), own=st.booleans(),
)  # fmt: skip
def test_elasticities_are_the_derivatives(interest, life, utilization, tax, often, own):
    numbers = platform(
        cost_of_capital=interest, economic_life=life, utilization=utilization, tax_rate=tax, payments_per_year=often,
        **(FACILITY if own else {}),
    ).numbers()  # fmt: skip
    found = elasticities(COST_STEPS, numbers, TOKENS)
    assert set(found) == set(numbers)
    for key, pull in found.items():
        assert pull == pytest.approx(numerically(numbers, key), abs=5e-8), key  # what differences of logarithms lose


def test_what_enters_as_a_factor_pulls_one_for_one():
    found = elasticities(COST_STEPS, platform().numbers(), TOKENS)
    assert found["utilization"] == found["throughput_per_gpu"] == found["availability"] == -1


def test_the_parts_of_the_price_pull_as_their_shares():
    """All that costs money, taken together, pulls one for one: twice the prices are twice the price."""
    owned = platform()
    numbers = owned.numbers()
    found = elasticities(COST_STEPS, numbers, "price_per_gpu_hour")
    money = ("capital_per_gpu", "electricity_price", "colocation", "staff_cost", "software_licenses")
    assert sum(found[key] for key in money) == pytest.approx(1, rel=1e-12)
    known = run(COST_STEPS, numbers, on_numbers)
    share = known["electricity_per_gpu_hour"] / known["owned_cost_per_gpu_hour"]
    assert found["electricity_price"] == pytest.approx(share, rel=1e-12)


def test_an_input_that_is_nothing_pulls_with_nothing():
    numbers = platform(residual_value=0.0, support_rate=0.0, staff_cost=0.0, software_licenses=0.0,
                       cost_of_capital=0.0).numbers()  # fmt: skip
    found = elasticities(COST_STEPS, numbers, TOKENS)
    assert found["cost_of_capital"] == found["staff_cost"] == found["facility_capital"] == 0
    assert found["economic_life"] == pytest.approx(numerically(numbers, "economic_life"), abs=2e-8)


def test_a_single_formula_has_the_elasticities_of_the_symbols():
    exact = symbolic.elasticity(formulas.cost_per_million_tokens, "price_per_gpu_hour")
    found = elasticities(COST_STEPS[-1:], {"price_per_gpu_hour": 1.41, "delivered_throughput_per_gpu": 93.0}, TOKENS)
    assert found == {"price_per_gpu_hour": float(exact), "delivered_throughput_per_gpu": -1.0}


def test_a_ratio_moves_by_the_difference_of_its_sides():
    sides = [platform(capital_per_gpu=capital).numbers() for capital in (20_000.0, 60_000.0)]
    found = ratio_elasticities(*(elasticities(COST_STEPS, side, TOKENS) for side in sides))
    for key in ("electricity_price", "cost_of_capital", "economic_life", "utilization"):
        assert found[key] == pytest.approx(numerically(sides[0], key) - numerically(sides[1], key), abs=4e-8)
    assert found["utilization"] == 0
    assert found["electricity_price"] > 0


def test_an_unknown_result_is_answered_with_the_nearest():
    with pytest.raises(InputError, match=r"unknown result 'cost'; .*cost_per_million_tokens"):
        elasticities(COST_STEPS, platform().numbers(), "cost")
