"""Sobol' indices agree with the functions whose indices are known."""

import math

import numpy as np
import pytest

from analysis.errors import InputError
from analysis.studies.uncertainty.distributions import Fixed, Lognormal, Uniform
from analysis.studies.uncertainty.sampling import Correlation, UncertainInputs
from analysis.studies.uncertainty.variance import sobol_indices

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
