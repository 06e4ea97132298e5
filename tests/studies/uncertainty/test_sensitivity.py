"""Elasticities are the exact derivatives, and a tornado shows what each range alone does."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import formulas
from analysis.errors import InputError
from analysis.exhibits import symbolic
from analysis.formulas.steps import run
from analysis.library.values import Status
from analysis.studies.ownership import COST
from analysis.studies.ownership.cost_model import RATIO, CostModel
from analysis.studies.ownership.elasticities import elasticities, ratio_elasticities
from analysis.studies.ownership.recovery import on_numbers
from analysis.studies.uncertainty.sensitivity import Reach, tornado
from tests.support.owned import FACILITY, platform

COST_RESULT = "cost_per_million_tokens"


def numerically(numbers, key, result=COST_RESULT, step=1e-5):
    """By central differences of logarithms."""
    if not numbers[key]:
        return 0.0
    low, high = (
        np.log(run(COST, numbers | {key: numbers[key] * np.exp(side)}, on_numbers)[result]) for side in (-step, step)
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
    found = elasticities(COST, numbers, COST_RESULT)
    assert set(found) == set(numbers)
    for key, pull in found.items():
        assert pull == pytest.approx(numerically(numbers, key), abs=2e-8), key


def test_what_enters_as_a_factor_pulls_one_for_one():
    found = elasticities(COST, platform().numbers(), COST_RESULT)
    assert found["utilization"] == found["throughput_per_gpu"] == found["availability"] == -1


def test_the_parts_of_the_price_pull_as_their_shares():
    """All that costs money, taken together, pulls one for one: twice the prices are twice the price."""
    owned = platform()
    numbers = owned.numbers()
    found = elasticities(COST, numbers, "price_per_gpu_hour")
    money = ("capital_per_gpu", "electricity_price", "colocation", "staff_cost", "software_licenses")
    assert sum(found[key] for key in money) == pytest.approx(1, rel=1e-12)
    known = run(COST, numbers, on_numbers)
    share = known["electricity_per_gpu_hour"] / known["owned_cost_per_gpu_hour"]
    assert found["electricity_price"] == pytest.approx(share, rel=1e-12)


def test_an_input_that_is_nothing_pulls_with_nothing():
    numbers = platform(residual_value=0.0, support_rate=0.0, staff_cost=0.0, software_licenses=0.0,
                       cost_of_capital=0.0).numbers()  # fmt: skip
    found = elasticities(COST, numbers, COST_RESULT)
    assert found["cost_of_capital"] == found["staff_cost"] == found["facility_capital"] == 0
    assert found["economic_life"] == pytest.approx(numerically(numbers, "economic_life"), abs=2e-8)


def test_a_single_formula_has_the_elasticities_of_the_symbols():
    exact = symbolic.elasticity(formulas.cost_per_million_tokens, "price_per_gpu_hour")
    found = elasticities(COST[-1:], {"price_per_gpu_hour": 1.41, "delivered_throughput_per_gpu": 93.0}, COST_RESULT)
    assert found == {"price_per_gpu_hour": float(exact), "delivered_throughput_per_gpu": -1.0}


def test_a_ratio_moves_by_the_difference_of_its_sides():
    sides = [platform(capital_per_gpu=capital).numbers() for capital in (20_000.0, 60_000.0)]
    found = ratio_elasticities(*(elasticities(COST, side, COST_RESULT) for side in sides))
    for key in ("electricity_price", "cost_of_capital", "economic_life", "utilization"):
        assert found[key] == pytest.approx(numerically(sides[0], key) - numerically(sides[1], key), abs=4e-8)
    assert found["utilization"] == 0
    assert found["electricity_price"] > 0


def test_an_unknown_result_is_answered_with_the_nearest():
    with pytest.raises(InputError, match=r"unknown result 'cost'; .*cost_per_million_tokens"):
        elasticities(COST, platform().numbers(), "cost")


MODEL = CostModel("h200", "gb300", {
    "h200": platform(throughput_per_gpu=93.153164), "gb300": platform(capital_per_gpu=52_083.0),
})  # fmt: skip
REACHES = {
    "electricity_price": Reach(0.0737, 0.1729, Status.THIRD_PARTY),
    "gb300.capital_per_gpu": Reach(48_611, 55_556, Status.THIRD_PARTY),
    "utilization": Reach(0.3, 1.0, Status.ESTIMATE),
    "h200.power_per_gpu": Reach(1.2, 1.2, Status.QUOTED),
}


def swings(result):
    return tornado(lambda inputs: MODEL(inputs)[result], MODEL.base(REACHES), REACHES)


@pytest.mark.parametrize("result", [RATIO, "h200.cost_per_million_tokens", "gb300.price_per_gpu_hour"])
def test_each_row_is_the_result_with_that_input_alone_moved(result):
    table = swings(result)
    assert (table["result"] == MODEL({})[result]).all()
    for row in table.itertuples():
        for end, found in ((row.low, row.result_at_low), (row.high, row.result_at_high)):
            assert found == pytest.approx(MODEL({row.input: end})[result], rel=1e-13)
        assert row.swing == abs(row.result_at_high - row.result_at_low)


def test_the_widest_swing_stands_first_and_says_how_far_its_range_can_be_trusted():
    table = swings("h200.cost_per_million_tokens")
    assert table["swing"].is_monotonic_decreasing
    assert table.loc[0, ["input", "status"]].tolist() == ["utilization", "estimate"]
    assert swings(RATIO).loc[0, "input"] == "gb300.capital_per_gpu"


def test_what_both_platforms_share_hardly_moves_their_ratio():
    table = swings(RATIO).set_index("input")
    assert table.loc["utilization", "swing"] == pytest.approx(0, abs=1e-9)
    assert table.loc["h200.power_per_gpu", "swing"] == 0
    assert table.loc["gb300.capital_per_gpu", "swing"] > 4


def test_the_function_is_called_once_with_arrays():
    calls = []

    def function(inputs):
        calls.append(inputs)
        return inputs["a"] * inputs["b"] + inputs["fixed"]

    reaches = {"a": Reach(1, 3, Status.ASSUMED), "b": Reach(0, 20, Status.ASSUMED)}
    table = tornado(function, {"a": 2.0, "b": 10.0, "fixed": 5.0}, reaches)
    assert len(calls) == 1
    assert table["input"].tolist() == ["b", "a"]
    assert table[["result_at_low", "result", "result_at_high"]].to_numpy().tolist() == [[5, 25, 45], [15, 25, 35]]


@pytest.mark.parametrize(("name", "reach", "said"), [
    ("utilisation", Reach(0.3, 1, Status.ASSUMED), "no such input; did you mean 'utilization'"),
    ("utilization", Reach(1.0, 0.3, Status.ASSUMED), "found 1 to 0.3, allowed is low to high"),
    ("utilization", Reach(float("nan"), 0.3, Status.ASSUMED), "found nan to 0.3"),
])  # fmt: skip
def test_a_range_that_cannot_be_is_refused(name, reach, said):
    with pytest.raises(InputError, match=said):
        tornado(lambda inputs: 1.0, {"utilization": 0.6}, {name: reach})
