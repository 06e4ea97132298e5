"""Draws follow their distributions and their correlations, evenly, and are the same for the same seed."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.errors import InputError
from analysis.studies.ownership.cost_model import RATIO, CostModel
from analysis.studies.uncertainty.declarations import uncertain_inputs
from analysis.studies.uncertainty.distributions import Fixed, Lognormal, Triangular, Uniform
from analysis.studies.uncertainty.sampling import QUANTILES, Correlation, Sample, UncertainInputs, blocks, propagate
from tests.support.owned import platform

THREE = {"a": Uniform(0, 1), "b": Triangular(1, 2, 4), "c": Lognormal(3, 0.4), "d": Fixed(7.0)}


def drawn(inputs, seed=1, draws=4096):
    (block,) = blocks(inputs, seed=seed, draws=draws, randomizations=1)
    return block


def tied(**correlations):
    pairs = {"ab": ("a", "b"), "ac": ("a", "c"), "bc": ("b", "c")}
    return UncertainInputs(THREE, tuple(Correlation(pairs[key], number) for key, number in correlations.items()))


@pytest.mark.parametrize("inputs", [tied(), tied(ab=0.7, bc=-0.5)], ids=["independent", "correlated"])
def test_each_input_follows_its_distribution(inputs):
    block = drawn(inputs)
    levels = np.linspace(0.01, 0.99, 50)
    for name in ("a", "b", "c"):
        # Quasi-random points are evener than random ones: 4,096 lie within a quarter of a percent of probability.
        found = np.searchsorted(np.sort(block[name]), THREE[name].quantile(levels)) / 4096
        assert np.abs(found - levels).max() < (0.0025 if not inputs.correlations else 0.012)
    assert block["d"] == 7.0


def test_independent_points_fill_each_cell_of_a_fine_grid_once():
    """The property of a Sobol' sequence in base two, kept by scrambling."""
    block = drawn(UncertainInputs({"a": Uniform(0, 1), "b": Uniform(0, 1)}), draws=1024)
    cells = np.floor(block["a"] * 32) * 32 + np.floor(block["b"] * 32)
    assert len(set(cells)) == 1024
    assert len(set(np.floor(block["a"] * 1024))) == 1024


@settings(max_examples=20, deadline=None)
@given(correlation=st.floats(-0.95, 0.95))
def test_the_rank_correlation_is_that_of_the_copula(correlation):
    block = drawn(tied(bc=correlation))
    expected = 6 / np.pi * np.arcsin(correlation / 2)
    assert stats.spearmanr(block["b"], block["c"]).statistic == pytest.approx(expected, abs=0.03)
    assert stats.spearmanr(block["a"], block["c"]).statistic == pytest.approx(0, abs=0.03)


def test_correlated_lognormals_have_the_declared_correlation_of_their_logarithms():
    two = UncertainInputs({"a": Lognormal(2, 0.3), "b": Lognormal(5, 0.6)}, (Correlation(("a", "b"), 0.6),))
    block = drawn(two, draws=2**14)
    assert np.corrcoef(np.log(block["a"]), np.log(block["b"]))[0, 1] == pytest.approx(0.6, abs=0.01)


def test_the_same_seed_gives_the_same_draws_bit_for_bit_and_another_gives_others():
    first, again, other = (drawn(tied(ab=0.5), seed=seed) for seed in (3, 3, 4))
    for name in ("a", "b", "c"):
        assert first[name].tobytes() == again[name].tobytes()
        assert first[name].tobytes() != other[name].tobytes()


def test_randomizations_differ_and_do_not_depend_on_how_many_there_are():
    few, more = (list(blocks(tied(), seed=5, draws=256, randomizations=number)) for number in (2, 4))
    assert len(more) == 4
    assert few[1]["a"].tobytes() == more[1]["a"].tobytes()
    assert len({block["a"].tobytes() for block in more}) == 4


@pytest.mark.parametrize("seed", range(20))
def test_no_draw_is_infinite(seed):
    block = drawn(tied(bc=0.9), seed=seed, draws=1024)
    assert all(np.isfinite(block[name]).all() for name in block)
    assert (block["c"] > 0).all()


def test_correlations_that_contradict_each_other_are_refused_by_name():
    """a moves with b and b with c, so a cannot move against c."""
    with pytest.raises(InputError, match=r"contradict each other: a and b 0\.9, a and c -0\.9, b and c 0\.9"):
        tied(ab=0.9, ac=-0.9, bc=0.9)
    tied(ab=0.9, bc=0.9, ac=0.7)


@pytest.mark.parametrize(("pair", "correlation", "said"), [
    (("a", "z"), 0.5, "'z' does not vary"), (("a", "d"), 0.5, "'d' does not vary"), (("a", "a"), 0.5, "found twice"),
    (("a", "b"), 1.0, "found 1, allowed"), (("a", "b"), float("nan"), "found nan, allowed"),
])  # fmt: skip
def test_a_correlation_that_cannot_be_is_refused_by_name(pair, correlation, said):
    with pytest.raises(InputError, match=rf"^correlation of {pair[0]} and {pair[1]}: {said}"):
        UncertainInputs(THREE, (Correlation(pair, correlation),))


def test_a_pair_correlates_once():
    with pytest.raises(InputError, match="found twice"):
        UncertainInputs(THREE, (Correlation(("a", "b"), 0.5), Correlation(("b", "a"), 0.2)))


@pytest.mark.parametrize("draws", [0, 1, 1000, -8])
def test_draws_are_a_power_of_two(draws):
    with pytest.raises(InputError, match=rf"^draws: found {draws}, allowed is a power of two, such as \d+"):
        drawn(tied(), draws=draws)


def test_something_must_vary():
    with pytest.raises(InputError, match="found none that varies"):
        drawn(UncertainInputs({"d": Fixed(7.0)}))


def test_only_inputs_that_correlate_leave_their_points():
    uniform = np.random.default_rng(1).uniform(0.01, 0.99, (64, 3))
    free = UncertainInputs({name: Uniform(0, 1) for name in "abc"}, (Correlation(("a", "b"), 0.5),)).at(uniform)
    np.testing.assert_array_equal(free["c"], uniform[:, 2])
    assert np.abs(free["b"] - uniform[:, 1]).max() > 0.01
    none = UncertainInputs({name: Uniform(0, 1) for name in "abc"}).at(uniform)
    np.testing.assert_array_equal(np.column_stack([none[name] for name in "abc"]), uniform)


FEW = {"draws": 2**12, "randomizations": 16}
# A standard error from 16 randomizations is itself uncertain: Student's t with 15 degrees of freedom, 1 in 10,000.
FAR = stats.t.ppf(1 - 5e-5, 15)


def product(amounts):
    return {"product": math.prod(amounts.values())}


def agrees(estimate, exact):
    return abs(estimate.value - exact) <= FAR * estimate.standard_error + 1e-12


PRICE, THROUGHPUT = Lognormal(2.65, 0.2), Lognormal(90.0, 0.4)


@pytest.mark.parametrize("correlation", [0.0, 0.8, -0.6])
def test_a_product_of_lognormals_is_lognormal(correlation):
    tied = (Correlation(("a", "b"), correlation),) if correlation else ()
    sample = propagate(product, UncertainInputs({"a": PRICE, "b": THROUGHPUT}, tied), seed=1, **FEW)
    spread = math.sqrt(0.2**2 + 0.4**2 + 2 * correlation * 0.2 * 0.4)
    exact = stats.lognorm(spread, scale=2.65 * 90)
    assert agrees(sample.mean("product"), exact.mean())
    for level, estimate in zip(QUANTILES, sample.quantiles("product"), strict=True):
        assert agrees(estimate, exact.ppf(level)), level
        assert estimate.standard_error < 0.002 * estimate.value
    for threshold in (150.0, 240.0, 500.0):
        assert agrees(sample.probability_above("product", threshold), exact.sf(threshold))


@pytest.mark.parametrize("one", [Triangular(1, 2, 5), Uniform(2, 3), Lognormal(3, 0.5)])
def test_the_mean_of_an_input_is_its_distributions(one):
    sample = propagate(lambda amounts: amounts, UncertainInputs({"a": one}), seed=2, **FEW)
    assert agrees(sample.mean("a"), one.mean)
    assert sample.mean("a").value == pytest.approx(one.mean, rel=1e-4)


def test_the_sampling_error_falls_nearly_with_the_draws():
    """With 64 times as many random draws it would be an eighth; with scrambled Sobol' points it is far less."""
    inputs = UncertainInputs({"a": PRICE, "b": THROUGHPUT})
    errors = [propagate(product, inputs, seed=3, draws=2**power, randomizations=16).mean("product").standard_error
              for power in (8, 14)]  # fmt: skip
    assert errors[1] < errors[0] / 20


def test_the_stated_error_is_the_error():
    """Over forty seeds the estimates scatter as much as each one says."""
    inputs = UncertainInputs({"a": PRICE, "b": THROUGHPUT})
    found = [propagate(product, inputs, seed=seed, draws=256, randomizations=8).mean("product") for seed in range(40)]
    exact = PRICE.mean * THROUGHPUT.mean
    off = np.array([(one.value - exact) / one.standard_error for one in found])
    assert 0.6 < off.std() < 1.8
    assert abs(off.mean()) < 0.6


def test_the_same_seed_gives_the_same_bytes():
    inputs = UncertainInputs({"a": PRICE, "b": THROUGHPUT}, (Correlation(("a", "b"), 0.5),))
    first, again, other = (propagate(product, inputs, seed=seed, **FEW) for seed in (7, 7, 8))
    assert first.results["product"].tobytes() == again.results["product"].tobytes()
    assert first.results["product"].tobytes() != other.results["product"].tobytes()
    assert first.quantiles("product") == again.quantiles("product")


def test_what_does_not_vary_has_no_band():
    sample = propagate(lambda amounts: {"price": 1.41}, UncertainInputs({"a": PRICE}), seed=1, draws=8)
    assert sample.quantiles("price", [0.1, 0.9])[0].value == 1.41
    assert sample.mean("price").standard_error == pytest.approx(0, abs=1e-15)


def test_quantiles_of_every_result_rise():
    sample = propagate(lambda amounts: amounts | product(amounts), UncertainInputs({"a": PRICE, "b": THROUGHPUT}),
                       seed=1, **FEW)  # fmt: skip
    for result in ("a", "b", "product"):
        low, middle, high = sample.quantiles(result, [0.1, 0.5, 0.9])
        assert low.value < middle.value < high.value
        assert 0 <= middle.standard_error < 0.5


def test_a_result_at_the_threshold_does_not_exceed_it():
    sample = Sample({"a": np.array([[1.0, 2.0, 3.0, 4.0], [1.0, 2.0, 2.0, 5.0]])})
    found = [sample.probability_above("a", threshold).value for threshold in (0.5, 1.0, 2.0, 4.0, 5.0)]
    assert found == [1.0, 0.75, 0.375, 0.125, 0.0]
    assert sample.probability_above("a", 2.0).standard_error == pytest.approx(0.125)


def test_quantiles_and_means_are_those_of_the_draws_and_their_error_that_of_the_randomizations():
    sample = Sample({"a": np.array([[1.0, 2.0, 3.0], [3.0, 4.0, 5.0]]), "b": np.ones((2, 3))})
    mean = sample.mean("a")
    assert (mean.value, mean.standard_error) == (3.0, pytest.approx(1.0))
    assert [one.value for one in sample.quantiles("a", [0.25, 0.5, 0.75])] == [2.5, 3.0, 3.5]
    assert [one.value for one in sample.quantiles("a")] == pytest.approx([2.1, 2.5, 3.0, 3.5, 3.9])
    assert len(sample.quantiles("a")) == len(QUANTILES)


@pytest.mark.parametrize("levels", [[0.9, 0.1], [0.5, 0.5], [0.0, 0.5], [0.5, 1.0], [], [float("nan")]])
def test_quantiles_out_of_order_are_refused(levels):
    sample = Sample({"a": np.zeros((2, 4))})
    with pytest.raises(InputError, match="quantiles: out of order"):
        sample.quantiles("a", levels)


def test_an_unknown_result_is_answered_with_the_nearest():
    with pytest.raises(InputError, match=r"unknown result 'ratio'; did you mean 'ratios'\?"):
        Sample({"ratios": np.zeros((2, 4))}).mean("ratio")


@pytest.mark.parametrize("randomizations", [0, 1])
def test_one_randomization_states_no_error(randomizations):
    with pytest.raises(InputError, match=f"randomizations: found {randomizations}, allowed is 2 or more"):
        propagate(product, UncertainInputs({"a": PRICE}), seed=1, randomizations=randomizations)


def test_the_whole_model_is_sampled_from_a_scenario():
    """Throughputs lognormal and all else fixed: the cost ratio is lognormal around the published one."""
    model = CostModel("h200", "gb300", {name: platform() for name in ("h200", "gb300")})
    declared = {
        "h200.throughput_per_gpu": {"distribution": "lognormal", "quantiles": {0.05: 80.0, 0.95: 108.5}},
        "gb300.throughput_per_gpu": {"distribution": "lognormal", "quantiles": {0.05: 4500.0, 0.95: 7920.0}},
        "cost_of_capital": {"distribution": "triangular", "low": 0.0, "mode": 0.1, "high": 0.2},
        "economic_life": 4,
    }
    inputs = uncertain_inputs("base.yaml", declared, [], model.domains(declared))
    sample = propagate(model, inputs, seed=1, **FEW)
    h200, gb300 = (inputs.distributions[f"{name}.throughput_per_gpu"] for name in ("h200", "gb300"))
    exact = stats.lognorm(math.hypot(h200.spread, gb300.spread), scale=gb300.median / h200.median)
    for threshold in (35.0, 64.0, 100.0):
        assert agrees(sample.probability_above(RATIO, threshold), exact.sf(threshold))
    assert sample.probability_above(RATIO, 1.0).value == 1.0
    assert agrees(sample.mean(RATIO), exact.mean())
