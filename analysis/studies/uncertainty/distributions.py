"""What an uncertain input may be: distributions with their quantiles, mean and support."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from analysis.errors import InputError

Floats = NDArray[np.float64]
TOLERANCE = 0.05  # how far, as a share, a lognormal may lie off a declared quantile that it cannot meet


class Distribution(Protocol):
    """What an input may be."""

    @property
    def support(self) -> tuple[float, float]:
        """The lowest and the highest amount; a bound that is only neared counts too."""

    @property
    def mean(self) -> float:
        """The mean, exactly."""

    def quantile(self, probability: Floats) -> Floats:
        """Return the amounts that are not exceeded with these probabilities, above 0 and below 1."""


@dataclass(frozen=True)
class Fixed:
    """One amount for certain."""

    value: float

    @property
    def support(self) -> tuple[float, float]:
        """The lowest and the highest amount."""
        return self.value, self.value

    @property
    def mean(self) -> float:
        """The mean, exactly."""
        return self.value

    def quantile(self, probability: Floats) -> Floats:
        """Return the amounts that are not exceeded with these probabilities."""
        return np.full_like(probability, self.value)


@dataclass(frozen=True)
class Uniform:
    """Every amount from low to high is as likely."""

    low: float
    high: float

    @property
    def support(self) -> tuple[float, float]:
        """The lowest and the highest amount."""
        return self.low, self.high

    @property
    def mean(self) -> float:
        """The mean, exactly."""
        return (self.low + self.high) / 2

    def quantile(self, probability: Floats) -> Floats:
        """Return the amounts that are not exceeded with these probabilities."""
        return self.low + (self.high - self.low) * probability


@dataclass(frozen=True)
class Triangular:
    """The mode is likeliest, and likelihood falls in straight lines to none at low and high."""

    low: float
    mode: float
    high: float

    @property
    def support(self) -> tuple[float, float]:
        """The lowest and the highest amount."""
        return self.low, self.high

    @property
    def mean(self) -> float:
        """The mean, exactly."""
        return (self.low + self.mode + self.high) / 3

    def quantile(self, probability: Floats) -> Floats:
        """Return the amounts that are not exceeded with these probabilities."""
        width, below, above = self.high - self.low, self.mode - self.low, self.high - self.mode
        rising = self.low + np.sqrt(width * below * probability)
        falling = self.high - np.sqrt(width * above * (1 - probability))
        amounts: Floats = np.where(probability * width < below, rising, falling)
        return amounts


@dataclass(frozen=True)
class Discrete:
    """Every whole number from 0 to below a count is as likely."""

    count: int

    @property
    def support(self) -> tuple[float, float]:
        """The lowest and the highest amount."""
        return 0.0, self.count - 1.0

    @property
    def mean(self) -> float:
        """The mean, exactly."""
        return (self.count - 1) / 2

    def quantile(self, probability: Floats) -> Floats:
        """Return the amounts that are not exceeded with these probabilities."""
        return np.floor(probability * self.count)


@dataclass(frozen=True)
class Lognormal:
    """The natural logarithm is normal, with a spread that is its standard deviation."""

    median: float
    spread: float

    @property
    def support(self) -> tuple[float, float]:
        """The lowest and the highest amount, neither of them ever reached."""
        return 0.0, math.inf

    @property
    def mean(self) -> float:
        """The mean, exactly."""
        return self.median * math.exp(self.spread**2 / 2)

    def quantile(self, probability: Floats) -> Floats:
        """Return the amounts that are not exceeded with these probabilities."""
        amounts: Floats = self.median * np.exp(self.spread * _normal_quantile(probability))
        return amounts


def lognormal(place: str, quantiles: Mapping[float, float]) -> Lognormal:
    """Return the lognormal with these quantiles: the straight line of their logarithms over the normal's, fitted.

    Two quantiles are met exactly. More are met as nearly as can be, by least squares.

    Raises:
        InputError: Fewer than two, a probability not between 0 and 1, an amount not positive, quantiles out of order,
            or one that the lognormal misses by more than `TOLERANCE`.
    """
    pairs = sorted(quantiles.items())
    stated = ", ".join(f"{probability:g}: {amount:g}" for probability, amount in pairs)
    if len(pairs) < 2:
        raise InputError(f"{place}: found {len(pairs)} quantiles, allowed are two or more")
    probabilities, amounts = np.array(pairs, dtype=float).T
    if probabilities[0] <= 0 or probabilities[-1] >= 1 or amounts.min() <= 0:
        raise InputError(f"{place}: found {stated}; allowed are probabilities between 0 and 1 and amounts above 0")
    if not (np.all(np.diff(probabilities) > 0) and np.all(np.diff(amounts) > 0)):
        raise InputError(f"{place}: quantiles out of order, found {stated}; allowed are amounts that rise")
    spread, level = np.polyfit(_normal_quantile(probabilities), np.log(amounts), 1)
    fitted = Lognormal(float(np.exp(level)), float(spread))
    off = np.abs(fitted.quantile(probabilities) / amounts - 1).max()
    if off > TOLERANCE:
        raise InputError(f"{place}: no lognormal has the quantiles {stated}; the nearest is {off:.0%} off")
    return fitted


def _normal_quantile(probability: Floats) -> Floats:
    from scipy.special import ndtri  # half a second, and few declare such an amount

    amounts: Floats = ndtri(probability)
    return amounts
