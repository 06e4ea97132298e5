"""What throughput is reached between measured operating points: by one series, and by the best of several."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

if TYPE_CHECKING:
    from scipy.interpolate import CubicHermiteSpline

Floats = NDArray[np.float64]
Positions = NDArray[np.intp]


def pareto(interactivity: Floats, throughput: Floats, series: Positions) -> Positions:
    """Return the positions of the points on the Pareto frontier of their series.

    They are ordered by series, then by rising interactivity. A point is kept if no other of its series has equal or
    higher interactivity and equal or higher throughput; of several points that are the same, one is kept. Along a
    frontier interactivity rises and throughput falls, both strictly.

    Args:
        interactivity: One value per point, in tok/s/user.
        throughput: One value per point, in tok/s/GPU.
        series: Number of each point's series, from 0.
    """
    order = np.lexsort((throughput, interactivity, series))
    rank = np.unique(throughput[order], return_inverse=True)[1]
    # One running maximum from the right serves all series: each is lifted above those that it passed before.
    lifted = (rank + len(rank) * (series.max() - series[order]))[::-1]
    best_so_far = np.maximum.accumulate(lifted)
    kept = np.append(True, lifted[1:] > best_so_far[:-1])
    frontier: Positions = order[kept[::-1]]
    return frontier


def steffen_slopes(interactivity: Floats, throughput: Floats, series: Positions) -> Floats:
    """Return the slope of each series' monotone cubic at its knots, in tok/s/GPU per tok/s/user.

    With the secants s and widths h of the pieces left and right of a knot, the parabola through three knots has the
    slope p = (s_l h_r + s_r h_l) / (h_l + h_r), and the slope taken is
    (sign s_l + sign s_r) min(|s_l|, |s_r|, |p| / 2). At an end it is (3 s - m) / 2, with the slope m at the other
    knot of the piece: no curvature there. Two knots give a line; one knot has slope 0.

    Args:
        interactivity: Of the knots, rising within a series, in tok/s/user.
        throughput: Of the knots, in tok/s/GPU.
        series: Number of each knot's series; the knots of a series stand together.

    Source: M. Steffen, Astronomy & Astrophysics 239, 443 (1990); the end slopes are those of d3's curveMonotoneX.
    """
    inside = series[1:] == series[:-1]
    width = np.where(inside, np.diff(interactivity), 1.0)
    secant = np.where(inside, np.diff(throughput), 0.0) / width
    left, right = secant[:-1], secant[1:]
    parabola = (left * width[1:] + right * width[:-1]) / (width[:-1] + width[1:])
    steepest = np.minimum(np.minimum(np.abs(left), np.abs(right)), np.abs(parabola) / 2)

    slopes = np.zeros(len(throughput))
    slopes[1:-1] = (np.sign(left) + np.sign(right)) * steepest
    opens = inside & ~np.append(False, inside[:-1])
    closes = inside & ~np.append(inside[1:], False)
    slopes[:-1][opens] = (3 * secant[opens] - slopes[1:][opens]) / 2
    slopes[1:][closes] = (3 * secant[closes] - slopes[:-1][closes]) / 2
    line = opens & closes
    slopes[:-1][line] = slopes[1:][line] = secant[line]
    return slopes


@dataclass(frozen=True, eq=False, repr=False)
class Curve:
    """Throughput against interactivity along the frontier of one series, in tok/s/GPU.

    Attributes:
        interactivity: Of the knots, strictly rising, in tok/s/user.
        throughput: Of the knots, strictly falling, in tok/s/GPU.
        slopes: Of the curve at the knots, in tok/s/GPU per tok/s/user.
        counts: What the throughput counts and for which workload; empty where nobody said.
    """

    interactivity: Floats
    throughput: Floats
    slopes: Floats
    counts: str = ""

    def __repr__(self) -> str:
        """What it covers, on a line."""
        return f"<Curve of {len(self.interactivity)} rows, {self.low:.4g} to {self.high:.4g} tok/s/user>"

    def __call__(self, interactivity: ArrayLike) -> Floats:
        """Return the throughput at each interactivity, in tok/s/GPU and its shape; NaN where not measured."""
        points = np.asarray(interactivity, dtype=float)
        if len(self.interactivity) == 1:
            return np.where(points == self.low, self.throughput[0], np.nan)[()]
        points = np.where((points >= self.low) & (points <= self.high), points, np.nan)
        piece = np.clip(np.searchsorted(self.interactivity, points, side="right") - 1, 0, len(self._cubic[0]) - 1)
        start, slope, square, cube = (coefficients[piece] for coefficients in self._cubic)
        beyond = points - self.interactivity[piece]
        reached: Floats = start + slope * beyond + square * (beyond * beyond) + cube * (beyond * beyond * beyond)
        return reached[()]

    def at_or_above(self, interactivity: ArrayLike) -> Floats:
        """Return the throughput at each interactivity or a higher one, in tok/s/GPU and its shape.

        Whoever is asked for less speed than the slowest row gives may run that row. NaN above the highest.
        """
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
    def _cubic(self) -> tuple[Floats, Floats, Floats, Floats]:
        """Of each piece, what stands before the powers 0 to 3 of the distance from its left knot."""
        width = np.diff(self.interactivity)
        secant = np.diff(self.throughput) / width
        bend = (self.slopes[:-1] + self.slopes[1:] - 2 * secant) / width
        square = (secant - self.slopes[:-1]) / width - bend
        return self.throughput[:-1], self.slopes[:-1], square, bend / width

    @cached_property
    def spline(self) -> "CubicHermiteSpline | None":
        """The same piecewise cubic with its derivatives and roots; none where there is but one knot."""
        if len(self.interactivity) == 1:
            return None
        from scipy.interpolate import CubicHermiteSpline  # half a second, and few ask for it

        return CubicHermiteSpline(self.interactivity, self.throughput, self.slopes, extrapolate=False)


@dataclass(frozen=True, eq=False)
class Envelope:
    """The highest throughput of several curves at an interactivity or above it, in tok/s/GPU.

    An operator runs one configuration at a time, so nothing lies between two series, and may always run one that
    serves faster than was asked. So the envelope never rises with interactivity; it is level where a faster series
    is the best, and falls by a jump where a series ends.

    Attributes:
        members: One curve per series.
        counts: What the throughput counts and for which workload; empty where nobody said.
    """

    members: tuple[Curve, ...]
    counts: str = ""

    def __call__(self, interactivity: ArrayLike) -> Floats:
        """Return the throughput at each interactivity, in tok/s/GPU and its shape; NaN above the highest measured."""
        highest: Floats = np.fmax.reduce([member.at_or_above(interactivity) for member in self.members])
        return highest

    def best(self, interactivity: ArrayLike) -> Positions:
        """Return the position of the highest member at each interactivity, in its shape; -1 where none answers."""
        reached = np.array([member.at_or_above(interactivity) for member in self.members])
        served = ~np.isnan(reached).all(axis=0)
        return np.where(served, np.argmax(np.nan_to_num(reached), axis=0), -1)

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


def ratio_bracket(numerator: Envelope, denominator: Envelope, interactivity: ArrayLike) -> tuple[Floats, Floats]:
    """Return between which ratios the measured rows put two platforms, the lower ends first, in the shape asked.

    Args:
        numerator: The curve above the line.
        denominator: The curve below it.
        interactivity: In tok/s/user; NaN where either serves none.
    """
    (low, high), (other_low, other_high) = (curve.rows_around(interactivity) for curve in (numerator, denominator))
    return low / other_high, high / other_low
