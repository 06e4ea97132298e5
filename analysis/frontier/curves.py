"""What throughput is reached between measured operating points: by one series, and by the best of several."""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from analysis.frontier.knots import Floats as Floats
from analysis.frontier.knots import Positions, cubic_through, pareto, piecewise, steffen_slopes

if TYPE_CHECKING:
    from scipy.interpolate import PPoly


@dataclass(frozen=True, eq=False, repr=False)
class Curve:
    """Throughput against interactivity along the frontier of one series, in tok/s/GPU."""

    interactivity: Floats  # of the knots, strictly rising, in tok/s/user
    throughput: Floats  # of the knots, strictly falling, in tok/s/GPU
    slopes: Floats  # of the curve at the knots, in tok/s/GPU per tok/s/user
    counts: str = ""  # what the throughput counts and for which workload; empty where nobody said

    def __repr__(self) -> str:
        """What it covers, on a line."""
        return f"<Curve of {len(self.interactivity)} rows, {self.low:.4g} to {self.high:.4g} tok/s/user>"

    def __call__(self, interactivity: ArrayLike) -> Floats:
        """Return the throughput at each interactivity, in tok/s/GPU and its shape; NaN where not measured."""
        if isinstance(interactivity, float):
            return self._at(interactivity)
        points = np.asarray(interactivity, dtype=float)
        points = np.where((points >= self.low) & (points <= self.high), points, np.nan)
        piece = np.searchsorted(self.interactivity, points, side="right") - 1
        piece = np.clip(piece, 0, self.cubic.shape[1] - 1)
        reached: Floats = cubic_at(points - self.interactivity[piece], *self.cubic[:, piece])
        return reached[()]

    def _at(self, point: float) -> Any:
        """Return the throughput at one interactivity: most are asked for one by one, and an array of one is slow."""
        speeds, pieces = self._listed
        if not speeds[0] <= point <= speeds[-1]:
            return np.float64(np.nan)
        piece = min(bisect_right(speeds, point), len(pieces)) - 1
        return np.float64(cubic_at(point - speeds[piece], *pieces[piece]))

    def at_or_above(self, interactivity: ArrayLike) -> Floats:
        """Return the throughput at each interactivity or a higher one, in tok/s/GPU and its shape.

        Whoever is asked for less speed than the slowest row gives may run that row. NaN above the highest.
        """
        if isinstance(interactivity, float):
            return self._at(max(interactivity, self._listed[0][0]))
        return self(np.maximum(interactivity, self.low))

    def rows_around(self, interactivity: ArrayLike) -> tuple[Floats, Floats]:
        """Return the throughput of the next measured row at or above each interactivity, and of that at or below it.

        In tok/s/GPU and its shape. Between them the curve is interpolated. Below the slowest row both are that row's;
        NaN above the fastest.
        """
        points = np.maximum(np.asarray(interactivity, dtype=float), self.low)
        above = np.searchsorted(self.interactivity, points, side="left")
        below = np.searchsorted(self.interactivity, points, side="right") - 1
        answers = np.append(self.throughput, np.nan)
        served = points <= self.high
        return answers[np.where(served, above, -1)][()], answers[np.where(served, below, -1)][()]

    @property
    def low(self) -> float:
        """The lowest interactivity measured, in tok/s/user."""
        return float(self.interactivity[0])

    @property
    def high(self) -> float:
        """The highest interactivity measured, in tok/s/user."""
        return float(self.interactivity[-1])

    @property
    def ranges(self) -> Floats:
        """Where the curve answers: one row of lowest and highest interactivity, in tok/s/user."""
        return np.array([[self.low, self.high]])

    @property
    def members(self) -> tuple["Curve", ...]:
        """The curve itself, as the only member of the envelope that it is."""
        return (self,)

    @cached_property
    def cubic(self) -> Floats:
        """What stands before the powers 0 to 3 of the distance from the left knot, a column a piece."""
        if len(self.interactivity) == 1:
            return np.array([self.throughput, *np.zeros((3, 1))])
        return cubic_through(self.interactivity, self.throughput, self.slopes)

    @cached_property
    def _listed(self) -> tuple[list[float], list[list[float]]]:
        """The interactivities of the knots, and the cubic of each piece."""
        return np.asarray(self.interactivity, dtype=float).tolist(), self.cubic.T.tolist()

    @cached_property
    def spline(self) -> "PPoly | None":
        """The same piecewise cubic with its derivatives and roots; none where there is but one knot."""
        return None if len(self.interactivity) == 1 else piecewise(self.interactivity, self.cubic)


def cubic_at(beyond: Any, start: Any, slope: Any, square: Any, cube: Any) -> Any:
    """Return the throughput so far beyond the left knot (tok/s/user) of a piece with these coefficients."""
    return start + slope * beyond + square * (beyond * beyond) + cube * (beyond * beyond * beyond)


def curve_through(interactivity: Floats, throughput: Floats, counts: str = "") -> Curve:
    """Return the curve through the Pareto frontier of points of one series, one value of each per point."""
    one_series = np.zeros(len(interactivity), dtype=int)
    kept = pareto(interactivity, throughput, one_series)
    speed, output = interactivity[kept], throughput[kept]
    return Curve(speed, output, steffen_slopes(speed, output, one_series[kept]), counts)


@dataclass(frozen=True, eq=False)
class Envelope:
    """The highest throughput of several curves at an interactivity or above it, in tok/s/GPU.

    An operator runs one configuration at a time, so nothing lies between two series, and may always run one that
    serves faster than was asked. So the envelope never rises with interactivity; it is level where a faster series
    is the best, and falls by a jump where a series ends.
    """

    members: tuple[Curve, ...]  # one curve per series
    counts: str = ""  # what the throughput counts and for which workload; empty where nobody said

    def __call__(self, interactivity: ArrayLike) -> Floats:
        """Return the throughput at each interactivity, in tok/s/GPU and its shape; NaN above the highest measured."""
        if isinstance(interactivity, float):
            reached = [member.at_or_above(interactivity) for member in self.members]
            return np.float64(max((each for each in reached if each == each), default=np.nan))  # NaN is not itself
        points = np.array(interactivity, dtype=float)
        if not np.array_equal(points, self._last[0]):
            self._last[:] = points, np.fmax.reduce([member.at_or_above(points) for member in self.members])
        highest: Floats = self._last[1].copy()[()]
        return highest

    @cached_property
    def _last(self) -> list[Any]:
        """Where the curve was asked for last, and what it gives there: each metric asks for it at the same places."""
        return [np.array(np.nan), np.array(np.nan)]

    def best(self, interactivity: ArrayLike) -> Positions:
        """Return the position of the highest member at each interactivity, in its shape; -1 where none answers."""
        reached = np.array([member.at_or_above(interactivity) for member in self.members])
        unserved = np.isnan(reached)
        return np.where(unserved.all(axis=0), -1, np.where(unserved, 0.0, reached).argmax(axis=0))

    def served_at(self, interactivity: ArrayLike) -> Floats:
        """Return the interactivity that users really get, in tok/s/user and its shape; NaN where none is served."""
        starts = np.array([*(member.low for member in self.members), np.nan])
        served: Floats = np.maximum(interactivity, starts[self.best(interactivity)])
        return served

    def rows_around(self, interactivity: ArrayLike) -> tuple[Floats, Floats]:
        """Return what is known without interpolation: the bracket of the throughput at each interactivity.

        Its lower end is the best measured row at or above the interactivity, its upper end the best of the rows at
        or below it that are next on the curve of their series; in tok/s/GPU and its shape, NaN where none is served.
        """
        ends = [member.rows_around(interactivity) for member in self.members]
        return np.fmax.reduce([low for low, _ in ends]), np.fmax.reduce([high for _, high in ends])

    def places(self, count: int) -> Floats:
        """Return interactivities that show the whole curve, rising, in tok/s/user: an even grid and all knots."""
        knots = [member.interactivity for member in self.members]
        return np.unique(np.concatenate([np.linspace(self.low, self.high, count), *knots]))

    @property
    def low(self) -> float:
        """The lowest interactivity measured, in tok/s/user."""
        return min(member.low for member in self.members)

    @property
    def high(self) -> float:
        """The highest interactivity measured, in tok/s/user."""
        return max(member.high for member in self.members)

    @property
    def ranges(self) -> Floats:
        """Where something was measured: one row of lowest and highest interactivity, in tok/s/user."""
        return np.array([[self.low, self.high]])


ThroughputCurve = Curve | Envelope
