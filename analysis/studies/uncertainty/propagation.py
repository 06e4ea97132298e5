"""How sure a result is: quantile bands and probabilities from draws, each with the error of the sampling itself."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.errors import InputError, nearest
from analysis.studies.uncertainty.distributions import Floats
from analysis.studies.uncertainty.sampling import UncertainInputs, blocks

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
