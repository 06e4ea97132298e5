"""Elasticities are the exact derivatives of the cost of a token."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import formulas
from analysis.errors import InputError
from analysis.exhibits import symbolic
from analysis.formulas.steps import run
from analysis.studies.ownership.elasticities import elasticities, ratio_elasticities
from analysis.studies.ownership.levelized import COST_STEPS
from analysis.studies.ownership.recovery import on_numbers
from tests.support.owned import FACILITY, platform

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
