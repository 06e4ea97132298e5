"""Draws follow their distributions and their correlations, evenly, and are the same for the same seed."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.errors import InputError
from analysis.studies.uncertainty.distributions import Fixed, Lognormal, Triangular, Uniform
from analysis.studies.uncertainty.sampling import Correlation, UncertainInputs, blocks

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
