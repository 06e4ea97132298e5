"""A tornado shows what each range alone does."""

import math

import numpy as np
import pytest

from analysis.errors import InputError
from analysis.library.values import Status
from analysis.studies.ownership.cost_model import RATIO, CostModel
from analysis.studies.uncertainty.distributions import Fixed, Lognormal, Uniform
from analysis.studies.uncertainty.sampling import Correlation, UncertainInputs
from analysis.studies.uncertainty.sensitivity import Reach, sobol_indices, tornado
from tests.support.owned import platform

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


ANGLES = UncertainInputs({name: Uniform(-math.pi, math.pi) for name in ("x", "y", "z")})


def ishigami(amounts, a=7.0, b=0.1):
    x, y, z = (amounts[name] for name in ("x", "y", "z"))
    return {"result": np.sin(x) + a * np.sin(y) ** 2 + b * z**4 * np.sin(x)}


def ishigami_indices(a=7.0, b=0.1):
    """Variances in closed form: A. Saltelli et al., Global Sensitivity Analysis (2008), after Ishigami and Homma."""
    x = 0.5 * (1 + b * math.pi**4 / 5) ** 2
    y = a**2 / 8
    xz = b**2 * math.pi**8 * (1 / 18 - 1 / 50)
    whole = x + y + xz
    return {"x": (x / whole, (x + xz) / whole), "y": (y / whole, y / whole), "z": (0.0, xz / whole)}


def indexed(table):
    return table.set_index("input")


def test_the_indices_of_the_ishigami_function_are_found():
    found = indexed(sobol_indices(ishigami, ANGLES, "result", seed=1))
    for name, (first, total) in ishigami_indices().items():
        row = found.loc[name]
        assert row["first_order"] == pytest.approx(first, abs=max(row["first_order_error"], 0.01))
        assert row["total"] == pytest.approx(total, abs=max(row["total_error"], 0.01))
    assert found.loc["x", "total"] == pytest.approx(0.5576, abs=0.02)
    assert found.loc["y", "first_order"] == pytest.approx(0.4424, abs=0.02)


def test_a_product_of_lognormals_owes_its_variance_to_both_and_to_their_meeting():
    spreads = {"a": 0.3, "b": 0.5}
    inputs = UncertainInputs({name: Lognormal(2.0, spread) for name, spread in spreads.items()})
    found = indexed(sobol_indices(lambda amounts: {"c": amounts["a"] * amounts["b"]}, inputs, "c", seed=2))
    own = {name: math.expm1(spread**2) for name, spread in spreads.items()}
    whole = math.expm1(0.3**2 + 0.5**2)
    for name in spreads:
        assert found.loc[name, "first_order"] == pytest.approx(own[name] / whole, abs=0.03)
        assert found.loc[name, "total"] == pytest.approx((own[name] + own["a"] * own["b"]) / whole, abs=0.03)


def test_a_sum_has_no_meeting():
    inputs = UncertainInputs({"a": Uniform(0, 1), "b": Uniform(0, 2), "c": Uniform(0, 3)})
    table = sobol_indices(lambda amounts: {"sum": sum(amounts.values())}, inputs, "sum", seed=3)
    assert table["input"].tolist() == ["c", "b", "a"]
    assert table["first_order"].to_numpy() == pytest.approx([9 / 14, 4 / 14, 1 / 14], abs=0.01)
    assert table["total"].to_numpy() == pytest.approx(table["first_order"].to_numpy(), abs=0.02)


@pytest.mark.parametrize("seed", [0, 1, 12345])
def test_the_same_seed_gives_the_same_indices_to_the_last_digit(seed):
    first, again = (sobol_indices(ishigami, ANGLES, "result", seed=seed, draws=256) for _ in range(2))
    assert first.equals(again)
    assert not first.equals(sobol_indices(ishigami, ANGLES, "result", seed=seed + 1, draws=256))


def test_a_fixed_input_has_no_index_and_an_idle_one_has_none_worth():
    inputs = UncertainInputs({"a": Uniform(0, 1), "idle": Uniform(0, 1), "fixed": Fixed(2.0)})
    found = indexed(sobol_indices(lambda amounts: {"r": amounts["a"] * amounts["fixed"]}, inputs, "r", seed=1))
    assert set(found.index) == {"a", "idle"}
    assert found.loc["idle", "total"] == pytest.approx(0, abs=1e-12)
    assert found.loc["a", "first_order"] == pytest.approx(1, abs=0.02)


def test_correlated_inputs_have_no_indices():
    tied = UncertainInputs(dict(ANGLES.distributions), (Correlation(("x", "y"), 0.5),))
    with pytest.raises(InputError, match="found correlated inputs, allowed are independent ones"):
        sobol_indices(ishigami, tied, "result", seed=1)


def test_a_result_that_does_not_vary_is_refused():
    with pytest.raises(InputError, match="price does not vary with x, y, z"):
        sobol_indices(lambda amounts: {"price": 1.41}, ANGLES, "price", seed=1)
    with pytest.raises(InputError, match="none that varies"):
        sobol_indices(ishigami, UncertainInputs({"x": Fixed(1.0)}), "result", seed=1)
    with pytest.raises(InputError, match="draws: found 1000, allowed is a power of two"):
        sobol_indices(ishigami, ANGLES, "result", seed=1, draws=1000)


def test_the_strongest_input_stands_first_and_places_are_counted_anew():
    found = sobol_indices(ishigami, ANGLES, "result", seed=1)
    assert found["input"].tolist() == ["x", "y", "z"]
    mirrored = UncertainInputs({name: Uniform(-math.pi, math.pi) for name in ("z", "y", "x")})
    other = sobol_indices(ishigami, mirrored, "result", seed=1)
    assert other["input"].tolist() == ["x", "y", "z"]
    assert other.index.tolist() == [0, 1, 2]
