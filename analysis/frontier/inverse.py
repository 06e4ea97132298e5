"""Which interactivity a wanted throughput, and so a wanted cost, can be had at.

The answers come from the exact piecewise cubics, not from a grid.
"""

import numpy as np

from analysis.errors import InputError
from analysis.frontier.curves import Curve, Floats, ThroughputCurve

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
