"""Draws uncertain inputs, quasi-random, seeded and correlated, and says how sure a result of them is."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from analysis.errors import InputError, nearest
from analysis.studies.uncertainty.distributions import Distribution, Fixed, Floats

_BITS = 30
_HALF_CELL = 0.5 ** (_BITS + 1)
_SINGULAR = 1e-10


@dataclass(frozen=True)
class Correlation:
    """That two inputs move together."""

    inputs: tuple[str, str]  # their names
    # Of the two standard normals behind them, more than -1 and less than 1. Their rank correlation is 6 / pi x
    # arcsin(correlation / 2).
    correlation: float


@dataclass(frozen=True, eq=False)
class UncertainInputs:
    """Inputs by name, each with a distribution, and which of them move together.

    Raises:
        InputError: A correlation names an unknown or fixed input or one pair twice, is out of its range, or the
            correlations contradict each other.
    """

    distributions: Mapping[str, Distribution]
    correlations: tuple[Correlation, ...] = ()  # between pairs; the other pairs are independent

    def __post_init__(self) -> None:
        """Refuse correlations that cannot be."""
        seen: set[frozenset[str]] = set()
        for tie in self.correlations:
            place = f"correlation of {' and '.join(tie.inputs)}"
            for name in tie.inputs:
                if name not in self.varied:
                    raise InputError(f"{place}: {name!r} does not vary; {nearest(name, self.varied)}")
            if len(pair := frozenset(tie.inputs)) < 2 or pair in seen:
                raise InputError(f"{place}: found twice, allowed is once for two different inputs")
            if not -1 < tie.correlation < 1:
                raise InputError(f"{place}: found {tie.correlation:g}, allowed is more than -1 and less than 1")
            seen.add(pair)
        if self.varied and np.linalg.eigvalsh(self.matrix)[0] < _SINGULAR:
            pairs = ", ".join(f"{' and '.join(tie.inputs)} {tie.correlation:g}" for tie in self.correlations)
            raise InputError(f"correlations contradict each other: {pairs}; their matrix is not positive definite")

    @cached_property
    def varied(self) -> tuple[str, ...]:
        """The names of the inputs that are not fixed."""
        return tuple(name for name, distribution in self.distributions.items() if not isinstance(distribution, Fixed))

    @cached_property
    def matrix(self) -> Floats:
        """The correlations of the varied inputs, a row and a column each."""
        matrix = np.eye(len(self.varied))
        for tie in self.correlations:
            first, second = (self.varied.index(name) for name in tie.inputs)
            matrix[first, second] = matrix[second, first] = tie.correlation
        return matrix

    def at(self, uniform: Floats) -> dict[str, Floats]:
        """Return the amounts at points of the unit cube, by name."""
        columns = self._correlated(uniform).T
        drawn = {name: self.distributions[name].quantile(columns[index]) for index, name in enumerate(self.varied)}
        fixed = {name: np.asarray(self.distributions[name].mean) for name in self.distributions if name not in drawn}
        return drawn | fixed

    def _correlated(self, uniform: Floats) -> Floats:
        """A Gaussian copula: only the inputs that correlate pass through the normal distribution."""
        tied = np.flatnonzero((self.matrix != np.eye(len(self.varied))).any(axis=1))
        if not tied.size:
            return uniform
        from scipy.special import ndtr, ndtri  # as late as in `blocks`

        root = np.linalg.cholesky(self.matrix[np.ix_(tied, tied)])
        together = uniform.copy()
        together[:, tied] = ndtr(ndtri(uniform[:, tied]) @ root.T)
        return together


def blocks(inputs: UncertainInputs, *, seed: int, draws: int, randomizations: int) -> Iterator[dict[str, Floats]]:
    """Yield one block of draws for each randomization: scrambled Sobol' points, independent between blocks.

    Args:
        inputs: What varies.
        seed: The same seed gives the same draws, bit for bit.
        draws: Draws in a block, a power of two, which is where Sobol' points are balanced.
        randomizations: Blocks.

    Raises:
        InputError: No input varies, or the draws are no power of two.

    Source of the method: A. B. Owen, "Scrambling Sobol' and Niederreiter-Xing points", Journal of Complexity 14
    (1998), 466.
    """
    from scipy.stats import qmc  # a second, and whoever only declares what varies draws nothing

    check(inputs, draws)
    for child in np.random.SeedSequence(seed).spawn(randomizations):
        engine = qmc.Sobol(len(inputs.varied), bits=_BITS, rng=np.random.default_rng(child))
        # Points lie on a grid that begins at 0; in the middle of its cells every quantile is finite.
        yield inputs.at(engine.random(draws) + _HALF_CELL)


def check(inputs: UncertainInputs, draws: int) -> None:
    """Refuse inputs and numbers of draws that make no sequence of Sobol' points.

    Raises:
        InputError: No input varies, or the draws are no power of two.
    """
    if not inputs.varied:
        raise InputError("uncertain inputs: found none that varies, allowed is one or more")
    if draws < 2 or draws & (draws - 1):
        nearest_power = 2 ** max(1, draws.bit_length())
        raise InputError(f"draws: found {draws}, allowed is a power of two, such as {nearest_power}")


Model = Callable[[Mapping[str, Any]], Mapping[str, Any]]
DRAWS = 2**16
RANDOMIZATIONS = 16
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True)
class Estimate:
    """A number that sampling gave."""

    value: float  # the mean over the randomizations
    standard_error: float  # how far it lies off from sampling alone: the standard error over the randomizations


@dataclass(frozen=True, eq=False)
class Sample:
    """The results of all draws."""

    results: Mapping[str, Floats]  # by name, a row a randomization and a column a draw

    def mean(self, result: str) -> Estimate:
        """Return the mean of a result."""
        return _estimate(self._of(result).mean(axis=1))

    def quantiles(self, result: str, probabilities: Sequence[float] = QUANTILES) -> list[Estimate]:
        """Return the amounts that a result does not exceed with these probabilities.

        Raises:
            InputError: The result is unknown, or the probabilities do not rise from above 0 to below 1.
        """
        if not probabilities or not np.all(np.diff([0.0, *probabilities, 1.0]) > 0):
            stated = ", ".join(f"{probability:g}" for probability in probabilities)
            raise InputError(f"quantiles: out of order, found {stated}; allowed are rising ones between 0 and 1")
        return [_estimate(row) for row in np.quantile(self._of(result), probabilities, axis=1)]

    def probability_above(self, result: str, threshold: float) -> Estimate:
        """Return how probable it is that a result exceeds a threshold; its error is 0 where all draws agree."""
        return _estimate((self._of(result) > threshold).mean(axis=1))

    def _of(self, result: str) -> Floats:
        if result not in self.results:
            raise InputError(f"unknown result {result!r}; {nearest(result, self.results)}")
        return self.results[result]


def propagate(
    model: Model, inputs: UncertainInputs, *, seed: int, draws: int = DRAWS, randomizations: int = RANDOMIZATIONS
) -> Sample:
    """Return what the model makes of uncertain inputs.

    Args:
        model: Takes arrays by name and returns results by name, such as
            `analysis.studies.ownership.cost_model.CostModel`.
        inputs: What varies.
        seed: The same seed gives the same results, bit for bit.
        draws: Draws in a randomization, a power of two.
        randomizations: Independent ones, from which the sampling error is read: two or more.

    Raises:
        InputError: A number of draws that cannot be, or what the model refuses.
    """
    if randomizations < 2:
        raise InputError(f"randomizations: found {randomizations}, allowed is 2 or more: the error is read from them")
    results: dict[str, Floats] = {}
    for row, amounts in enumerate(blocks(inputs, seed=seed, draws=draws, randomizations=randomizations)):
        for name, result in model(amounts).items():
            results.setdefault(name, np.empty((randomizations, draws)))[row] = result
    return Sample(results)


def _estimate(randomized: Floats) -> Estimate:
    error = randomized.std(ddof=1) / np.sqrt(len(randomized))
    return Estimate(float(randomized.mean()), float(error))
