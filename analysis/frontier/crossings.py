"""Which of two curves is ahead where and by how much, and which interactivity a wanted throughput allows."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, product

import numpy as np
from numpy.typing import ArrayLike

from analysis.errors import InputError
from analysis.frontier.curves import Curve, Envelope, Floats, ThroughputCurve
from analysis.frontier.knots import cubic_through, piecewise

SAME = 1e-9  # relative: throughputs this near each other are the same
SAME_PLACE = 1e-7  # relative: where two curves touch, a double root is known only to the root of the rounding


def highest_interactivity(curve: ThroughputCurve, throughput: float) -> float:
    """Return the highest interactivity at which the curve gives at least this throughput, in tok/s/user.

    The throughput at which a cost limit is just kept makes this the fastest service within that limit. NaN where the
    curve gives less everywhere.

    Args:
        curve: A curve or an envelope.
        throughput: Wanted, in tok/s/GPU.

    Raises:
        InputError: The throughput is not a positive number.
    """
    if not throughput > 0:
        raise InputError(f"wanted throughput: found {throughput}, allowed is a number above 0 (tok/s/GPU)")
    # A member only falls, so it serves the wanted throughput up to one interactivity.
    ends = [
        member.high if member.throughput[-1] >= throughput else interactivity_at(member, throughput)
        for member in curve.members
    ]
    return float(np.fmax.reduce(ends))


def distinct(interactivity: Floats) -> Floats:
    """Return the values, rising, each once: values that only rounding keeps apart become one."""
    rising = np.sort(interactivity)
    apart: Floats = rising[np.append(True, np.diff(rising) > SAME_PLACE * rising[1:])[: len(rising)]]
    return apart


def interactivity_at(curve: Curve, throughput: float) -> float:
    """Return the interactivity at which a curve gives a throughput, in tok/s/user; NaN where it never does."""
    knots = curve.interactivity[curve.throughput == throughput]
    if knots.size:
        return float(knots[0])
    if curve.spline is None or not curve.throughput[-1] < throughput < curve.throughput[0]:
        return np.nan
    roots = curve.spline.solve(throughput)
    if roots.size:
        return float(roots.max())
    # Within rounding of a knot, neither neighboring piece may own the root.
    return float(curve.interactivity[np.abs(curve.throughput - throughput).argmin()])


@dataclass(frozen=True, eq=False)
class Ratio:
    """The throughput of one curve over another's at equal interactivity."""

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
    """A range of interactivity in which one of two curves stays ahead."""

    low: float  # its start, in tok/s/user
    high: float  # its end, in tok/s/user
    leader: int  # 1 where the first curve is higher, -1 where the second is, 0 where they are the same


def ratio(numerator: ThroughputCurve, denominator: ThroughputCurve) -> Ratio:
    """Return the ratio of two curves at equal interactivity, as a curve.

    Raises:
        InputError: The two count different tokens or GPUs, or serve different workloads.
    """
    above, below = numerator.counts, denominator.counts
    if above and below and above != below:
        raise InputError(f"curves of {above} and of {below} cannot be compared; allowed are two of one kind")
    return Ratio(numerator, denominator)


def ratio_bracket(numerator: Envelope, denominator: Envelope, interactivity: ArrayLike) -> tuple[Floats, Floats]:
    """Return between which ratios the measured rows put two platforms, the lower ends first, in the shape asked.

    Args:
        numerator: The curve above the line.
        denominator: The curve below it.
        interactivity: In tok/s/user; NaN where either serves none.
    """
    (low, high), (other_low, other_high) = (curve.rows_around(interactivity) for curve in (numerator, denominator))
    return low / other_high, high / other_low


def leads(first: ThroughputCurve, second: ThroughputCurve) -> tuple[Lead, ...]:
    """Return who is ahead where, over all interactivities that both curves cover, rising.

    The lead changes where the curves cross, and by a jump where a series ends.

    Raises:
        InputError: The two count different tokens or GPUs, or serve different workloads.
    """
    both = ratio(first, second)
    return _held(both, _turns(product(first.members, second.members)))


def _turns(pairs: Iterable[tuple[Curve, Curve]]) -> Floats:
    """Return where the lead can change between the curves of a pair, rising."""
    # Whichever of two is asked about, they meet where they did.
    meetings = (_meetings(*sorted(pair, key=lambda curve: (curve.low, curve.high))) for pair in pairs)
    return distinct(np.concatenate([[], *meetings]))


def _held(both: Ratio, turns: Floats) -> tuple[Lead, ...]:
    held: list[Lead] = []
    for low, high in both.ranges:
        edges = np.concatenate([[low], turns[(turns > low) & (turns < high)], [high]])
        ahead = np.asarray(both((edges[:-1] + edges[1:]) / 2)) - 1
        leaders = np.where(np.abs(ahead) <= SAME, 0, np.sign(ahead)).astype(int)
        starts = np.append(0, np.flatnonzero(np.diff(leaders)) + 1)
        stops = np.append(starts[1:], len(leaders))
        held += [
            Lead(float(edges[start]), float(edges[stop]), int(leaders[start]))
            for start, stop in zip(starts, stops, strict=True)
        ]
    return tuple(held)


@dataclass(frozen=True)
class Stretch:
    """A range of interactivity in which throughput follows one curve, and so falls throughout."""

    low: float  # its start, in tok/s/user
    high: float  # its end, in tok/s/user
    curve: Curve  # the curve that answers there
    member: int  # position of that curve in its envelope


def own_stretches(envelope: Envelope) -> tuple[Stretch, ...]:
    """Return the whole range of each member, in the order of the members, whether it is the best there or not."""
    return tuple(Stretch(curve.low, curve.high, curve, position) for position, curve in enumerate(envelope.members))


def best_stretches(envelope: Envelope) -> tuple[Stretch, ...]:
    """Return the stretches in which each member is the highest, by rising interactivity.

    They come from the exact curves: where two members cross, or one begins or ends, a stretch ends. Where two
    members are one curve, each of them has the stretch.
    """
    turns = _turns(combinations(envelope.members, 2))
    held = [
        Stretch(lead.low, lead.high, member, position)
        for position, member in enumerate(envelope.members)
        for lead in _held(ratio(member, envelope), turns)
        if lead.leader == 0
    ]
    return tuple(sorted(held, key=lambda stretch: (stretch.low, stretch.high)))


@lru_cache(maxsize=256)
def _meetings(first: Curve, second: Curve) -> Floats:
    """Where the lead of two can change: where they begin, end, cross, or reach the other's slowest row's level."""
    if first is second:
        return first.interactivity
    ends = [first.low, first.high, second.low, second.high]
    levels = [interactivity_at(first, second.throughput[0]), interactivity_at(second, first.throughput[0])]
    return np.concatenate([ends, _crossings(first, second), [place for place in levels if np.isfinite(place)]])


def _crossings(first: Curve, second: Curve) -> Floats:
    low, high = max(first.low, second.low), min(first.high, second.high)
    if first.spline is None or second.spline is None or low >= high:
        return np.array([])
    knots = np.concatenate([[low, high], first.interactivity, second.interactivity])
    knots = np.unique(knots[(knots >= low) & (knots <= high)])
    # On the knots of both, the difference is a piecewise cubic too: values and slopes there are all of it.
    level = second.spline(knots)
    gap = first.spline(knots) - level
    slope = first.spline(knots, 1) - second.spline(knots, 1)
    roots = piecewise(knots, cubic_through(knots, gap, slope)).roots()
    # A stretch on which the two are one curve comes as its start and a NaN.
    return np.concatenate([roots[~np.isnan(roots)], knots[np.abs(gap) <= SAME * level]])
