"""Where one platform is ahead of another, by how much, and where one overtakes the other.

The answers come from the exact piecewise cubics, so nothing between two knots is missed.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike
from scipy.interpolate import CubicHermiteSpline

from analysis.errors import InputError
from analysis.frontier.curves import Curve, Floats
from analysis.frontier.envelope import ThroughputCurve
from analysis.frontier.inverse import SAME, distinct


@dataclass(frozen=True, eq=False)
class Ratio:
    """The throughput of one curve over another's at equal interactivity.

    Attributes:
        numerator: The curve above the line.
        denominator: The curve below it.
    """

    numerator: ThroughputCurve
    denominator: ThroughputCurve

    def __call__(self, interactivity: ArrayLike) -> Floats:
        """Return the ratio at each interactivity (tok/s/user), in its shape; NaN where either was not measured."""
        return self.numerator(interactivity) / self.denominator(interactivity)

    @property
    def ranges(self) -> Floats:
        """Where both curves answer: rows of lowest and highest interactivity, rising and apart, in tok/s/user."""
        above, below = self.numerator.ranges, self.denominator.ranges
        low = np.maximum(above[:, None, 0], below[None, :, 0]).ravel()
        high = np.minimum(above[:, None, 1], below[None, :, 1]).ravel()
        common = np.column_stack([low, high])[low <= high]
        return common[np.argsort(common[:, 0])]


@dataclass(frozen=True)
class Lead:
    """A range of interactivity in which one of two curves stays ahead.

    Attributes:
        low: Its start, in tok/s/user.
        high: Its end, in tok/s/user.
        leader: 1 where the first curve is higher, -1 where the second is, 0 where they are the same.
    """

    low: float
    high: float
    leader: int


def ratio(numerator: ThroughputCurve, denominator: ThroughputCurve) -> Ratio:
    """Return the ratio of two curves at equal interactivity, as a curve.

    Raises:
        InputError: The two count different tokens or GPUs, or serve different workloads.
    """
    kinds = numerator.counts, denominator.counts
    if all(kinds) and kinds[0] != kinds[1]:
        raise InputError(f"curves of {kinds[0]} and of {kinds[1]} cannot be compared; allowed are two of one kind")
    return Ratio(numerator, denominator)


def leads(first: ThroughputCurve, second: ThroughputCurve) -> tuple[Lead, ...]:
    """Return who is ahead where, over all interactivities that both curves cover, rising.

    The lead changes where the curves cross, and by a jump where a series begins or ends.

    Raises:
        InputError: The two count different tokens or GPUs, or serve different workloads.
    """
    both = ratio(first, second)
    ends = [end for curve in (first, second) for member in curve.members for end in (member.low, member.high)]
    meetings = [_meetings(one, other) for one in first.members for other in second.members]
    turns = distinct(np.concatenate([ends, *meetings]))
    found = []
    for low, high in both.ranges:
        edges = np.concatenate([[low], turns[(turns > low) & (turns < high)], [high]])
        ahead = np.asarray(both((edges[:-1] + edges[1:]) / 2)) - 1
        leaders = np.where(np.abs(ahead) <= SAME, 0, np.sign(ahead)).astype(int)
        starts = np.append(0, np.flatnonzero(np.diff(leaders)) + 1)
        stops = np.append(starts[1:], len(leaders))
        found += [
            Lead(float(edges[start]), float(edges[stop]), int(leaders[start]))
            for start, stop in zip(starts, stops, strict=True)
        ]
    return tuple(found)


def crossings(first: ThroughputCurve, second: ThroughputCurve) -> Floats:
    """Return all interactivities at which one curve overtakes the other by passing it, rising, in tok/s/user.

    Both are equal there. Where a series begins or ends the lead can also change by a jump, without a crossing:
    `leads` tells those too.

    Raises:
        InputError: The two count different tokens or GPUs, or serve different workloads.
    """
    turns = np.array([one.high for one, after in pairwise(leads(first, second)) if one.high == after.low])
    passed: Floats = turns[np.isclose(first(turns), second(turns), rtol=SAME, atol=0)]
    return passed


def _meetings(one: Curve, other: Curve) -> Floats:
    low, high = max(one.low, other.low), min(one.high, other.high)
    if one.spline is None or other.spline is None or low >= high:
        return np.array([])
    knots = np.concatenate([[low, high], one.interactivity, other.interactivity])
    knots = np.unique(knots[(knots >= low) & (knots <= high)])
    # On the knots of both, the difference is a piecewise cubic too: values and slopes there are all of it.
    gap = one.spline(knots) - other.spline(knots)
    slope = one.spline(knots, 1) - other.spline(knots, 1)
    roots = CubicHermiteSpline(knots, gap, slope, extrapolate=False).roots()
    # A stretch on which the two are one curve comes as its start and a NaN.
    return np.concatenate([roots[~np.isnan(roots)], knots[np.abs(gap) <= SAME * other.spline(knots)]])
