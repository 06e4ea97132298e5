"""The scenarios of a sweep: every combination of levels, a list, or points that fill a space evenly."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from analysis.frontier.curves import Floats

Codes = NDArray[np.int16]
Options = tuple[str, ...]
Method = Literal["sobol", "latin hypercube"]


@dataclass(frozen=True)
class Span:
    """All numbers between two."""

    low: float
    high: float
    log: bool = False

    def at(self, share: Floats) -> Floats:
        """Return the numbers at shares of the way from low to high, in their shape."""
        if self.log:
            return np.clip(self.low * (self.high / self.low) ** share, self.low, self.high)
        return self.low + (self.high - self.low) * share


@dataclass(frozen=True, eq=False)
class Columns:
    """Consecutive scenarios of a sweep, column by column: a part of a design, or a design that lists them all."""

    start: int  # number of the first, from 0
    count: int  # how many there are
    words: Mapping[str, Options]  # the words of each choice
    codes: Mapping[str, Codes]  # of each choice, the position of each scenario's word among them
    amounts: Mapping[str, Floats | float]  # of each amount, one number per scenario, or one for all

    def __len__(self) -> int:
        """How many scenarios there are."""
        return self.count

    def scenarios(self, start: int, stop: int) -> "Columns":
        """Return the scenarios from `start`, before `stop`, counted from the first one here."""
        return self._taken(slice(start, stop), self.start + start, stop - start)

    def chosen(self, mask: NDArray[np.bool_]) -> "Columns":
        """Return the scenarios that a mask selects; they need not be consecutive, so `start` means nothing then."""
        return self._taken(mask, self.start, int(mask.sum()))

    def scenario(self, place: int) -> dict[str, Any]:
        """Return the parameters of one scenario by name; `place` counts from the first one here."""
        scenario = self.scenarios(place, place + 1)
        chosen = {name: self.words[name][int(code[0])] for name, code in scenario.codes.items()}
        return chosen | {name: float(np.ravel(number)[0]) for name, number in scenario.amounts.items()}

    def of(self, name: str, meaning: Callable[[str], Any]) -> NDArray[Any]:
        """Return for each scenario what its word of a choice means."""
        return np.array([meaning(word) for word in self.words[name]])[self.codes[name]]

    def _taken(self, rows: slice | NDArray[np.bool_], start: int, count: int) -> "Columns":
        amounts = {
            name: numbers[rows] if isinstance(numbers, np.ndarray) else numbers
            for name, numbers in self.amounts.items()
        }
        codes = {name: positions[rows] for name, positions in self.codes.items()}
        return Columns(start, count, self.words, codes, amounts)


@dataclass(frozen=True, eq=False)
class Product:
    """Every combination; the parameter named last changes first."""

    words: Mapping[str, Options]
    numbers: Mapping[str, Floats]
    order: Options

    def __len__(self) -> int:
        """How many scenarios there are."""
        return prod(self._size(name) for name in self.order)

    def scenarios(self, start: int, stop: int) -> Columns:
        """The scenarios from number `start`, before number `stop`."""
        rest = np.arange(start, stop)
        codes: dict[str, Codes] = {}
        amounts: dict[str, Floats | float] = {}
        for name in reversed(self.order):
            size = self._size(name)
            if name in self.words:
                codes[name] = (rest % size).astype(np.int16)
            else:
                amounts[name] = float(self.numbers[name][0]) if size == 1 else self.numbers[name][rest % size]
            rest = rest // size
        return Columns(start, stop - start, self.words, codes, amounts)

    def _size(self, name: str) -> int:
        return len(self.words[name] if name in self.words else self.numbers[name])


@dataclass(frozen=True, eq=False)
class Sampled:
    """Points that fill a space evenly: each amount is a side of it, each choice a side cut into equal parts.

    Source of the method: scipy.stats.qmc; I. M. Sobol', USSR Computational Mathematics and Mathematical Physics 7, 86
    (1967), scrambled; M. D. McKay, R. J. Beckman and W. J. Conover, Technometrics 21, 239 (1979).
    """

    words: Mapping[str, Options]
    spans: Mapping[str, Span]  # the amounts that vary; the others are in `numbers`
    numbers: Mapping[str, float]  # amounts that are the same for all
    count: int  # how many points
    method: Method  # how the points are chosen
    seed: int  # of the random numbers that this uses

    def __len__(self) -> int:
        """How many scenarios there are."""
        return self.count

    def scenarios(self, start: int, stop: int) -> Columns:
        """The scenarios from number `start`, before number `stop`."""
        shares = dict(zip(self._varied, self._points(start, stop).T, strict=True))
        codes = {
            name: (shares[name] * len(words)).astype(np.int16)
            if name in shares
            else np.zeros(stop - start, dtype=np.int16)
            for name, words in self.words.items()
        }
        drawn = {name: span.at(shares[name]) for name, span in self.spans.items()}
        return Columns(start, stop - start, self.words, codes, {**self.numbers, **drawn})

    @property
    def _varied(self) -> Sequence[str]:
        return [*(name for name, words in self.words.items() if len(words) > 1), *self.spans]

    def _points(self, start: int, stop: int) -> Floats:
        if not self._varied:
            return np.empty((stop - start, 0))
        if self.method == "latin hypercube":
            return self._hypercube[start:stop]
        from scipy.stats import qmc

        sobol = qmc.Sobol(len(self._varied), rng=self.seed)
        points: Floats = (sobol.fast_forward(start) if start else sobol).random(stop - start)
        return points

    @cached_property
    def _hypercube(self) -> Floats:
        from scipy.stats import qmc

        points: Floats = qmc.LatinHypercube(len(self._varied), rng=self.seed).random(self.count)
        return points


Design = Product | Columns | Sampled
