"""Quantiles, means and supports of the distributions agree with their closed forms and with SciPy's."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, stats

from analysis.errors import InputError
from analysis.studies.uncertainty.distributions import Fixed, Lognormal, Triangular, Uniform, lognormal

PROBABILITIES = np.linspace(0.001, 0.999, 97)
EXAMPLES = {
    "uniform": (Uniform(2.0, 5.0), stats.uniform(2, 3)),
    "triangular": (Triangular(1.0, 2.0, 5.0), stats.triang(0.25, 1, 4)),
    "triangular at its low end": (Triangular(1.0, 1.0, 5.0), stats.triang(0, 1, 4)),
    "triangular at its high end": (Triangular(1.0, 5.0, 5.0), stats.triang(1, 1, 4)),
    "lognormal": (Lognormal(3.0, 0.5), stats.lognorm(0.5, scale=3)),
}


@pytest.mark.parametrize(("ours", "theirs"), EXAMPLES.values(), ids=EXAMPLES)
def test_quantiles_mean_and_support_are_scipys(ours, theirs):
    assert ours.quantile(PROBABILITIES) == pytest.approx(theirs.ppf(PROBABILITIES), rel=1e-12)
    assert ours.mean == pytest.approx(theirs.mean(), rel=1e-12)
    assert ours.support == pytest.approx(theirs.support())


@pytest.mark.parametrize(("ours", "_"), EXAMPLES.values(), ids=EXAMPLES)
def test_the_mean_is_the_integral_of_the_quantiles(ours, _):
    whole, error = integrate.quad(lambda probability: float(ours.quantile(np.array(probability))), 0, 1)
    assert whole == pytest.approx(ours.mean, abs=max(10 * error, 1e-9))


@given(low=st.floats(-100, 100), below=st.floats(0, 50), above=st.floats(0.01, 50))
def test_a_triangular_amount_stays_in_its_support_and_its_mode_has_its_probability(low, below, above):
    one = Triangular(low, low + below, low + below + above)
    amounts = one.quantile(PROBABILITIES)
    assert np.all(np.diff(amounts) >= 0)
    assert amounts[0] >= one.low - 1e-9
    assert amounts[-1] <= one.high + 1e-9
    at_mode = (one.mode - one.low) / (one.high - one.low)
    assert float(one.quantile(np.array(at_mode))) == pytest.approx(one.mode, rel=1e-6, abs=1e-6)


def test_a_fixed_amount_never_varies():
    assert Fixed(4.0).quantile(PROBABILITIES).tolist() == [4.0] * len(PROBABILITIES)
    assert Fixed(4.0).mean == 4.0
    assert Fixed(4.0).support == (4.0, 4.0)


@given(
    low=st.floats(1e-3, 1e3), factor=st.floats(1.01, 100), first=st.floats(0.01, 0.49), second=st.floats(0.51, 0.99)
)
def test_two_quantiles_are_met_exactly(low, factor, first, second):
    found = lognormal("price", {second: low * factor, first: low})
    assert found.quantile(np.array([first, second])) == pytest.approx([low, low * factor], rel=1e-9)


def test_three_quantiles_of_a_lognormal_give_it_back():
    one = Lognormal(2.65, 0.2)
    quantiles = {level: float(one.quantile(np.array(level))) for level in (0.05, 0.5, 0.95)}
    found = lognormal("price", quantiles)
    assert (found.median, found.spread) == pytest.approx((2.65, 0.2), rel=1e-12)


def test_three_quantiles_that_are_nearly_lognormal_are_met_nearly():
    """The price of a GB300 rack, in millions: 3.5, 3.75, 4.0."""
    found = lognormal("price", {0.05: 3.5, 0.5: 3.75, 0.95: 4.0})
    assert found.quantile(np.array([0.05, 0.5, 0.95])) == pytest.approx([3.5, 3.75, 4.0], rel=0.005)


@pytest.mark.parametrize(("quantiles", "said"), [
    ({0.1: 2.0, 0.9: 1.0}, "quantiles out of order, found 0.1: 2, 0.9: 1"),
    ({0.1: 2.0, 0.9: 2.0}, "quantiles out of order"),
    ({0.1: 1.0, 0.5: 3.0, 0.9: 2.0}, "quantiles out of order"),
    ({0.5: 1.0}, "found 1 quantiles, allowed are two or more"),
    ({}, "found 0 quantiles, allowed are two or more"),
    ({0.0: 1.0, 0.9: 2.0}, "allowed are probabilities between 0 and 1"),
    ({0.1: 1.0, 1.0: 2.0}, "allowed are probabilities between 0 and 1"),
    ({0.1: -1.0, 0.9: 2.0}, "amounts above 0"),
    ({0.05: 1.0, 0.5: 1.1, 0.95: 9.0}, "no lognormal has the quantiles 0.05: 1, 0.5: 1.1, 0.95: 9; the nearest is"),
])  # fmt: skip
def test_quantiles_that_cannot_be_are_refused_by_name(quantiles, said):
    with pytest.raises(InputError) as refused:
        lognormal("scenario, price, quantiles", quantiles)
    assert str(refused.value).startswith("scenario, price, quantiles: ")
    assert said in str(refused.value)


def test_a_lognormal_reaches_down_to_nothing_and_up_without_end():
    assert Lognormal(1.0, 0.1).support == (0, math.inf)
