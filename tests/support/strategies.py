"""Random measured points, as hypothesis draws them."""

from itertools import pairwise

import numpy as np
from hypothesis import strategies as st

from analysis.frontier import throughput_curve
from analysis.frontier.curves import Curve, Envelope

MEASURED = st.integers(10, 300_000).map(lambda number: number / 1000)
POINT = st.tuples(MEASURED, MEASURED)
POINTS = st.lists(POINT, min_size=1, max_size=25)
FALLING = st.lists(MEASURED, min_size=1, max_size=12, unique=True).flatmap(
    lambda speeds: st.lists(MEASURED, min_size=len(speeds), max_size=len(speeds), unique=True).map(
        lambda outputs: list(zip(sorted(speeds), sorted(outputs, reverse=True), strict=True))
    )
)
"""Points that are all on the frontier: interactivity rises, throughput falls."""

CURVES = FALLING.map(lambda points: curve(points))
ENVELOPES = st.lists(CURVES, min_size=1, max_size=4).map(lambda members: Envelope(tuple(members)))


def curve(points: list[tuple[float, float]]) -> Curve:
    """Return the curve through the frontier of points (interactivity, throughput)."""
    return throughput_curve(*zip(*points, strict=True))


def everywhere(*curves: Curve | Envelope) -> np.ndarray:
    """Return interactivities in, between and outside all pieces of curves, rising."""
    knots = np.unique(np.concatenate([member.interactivity for each in curves for member in each.members]))
    inside = [np.linspace(low, high, 9) for low, high in pairwise(knots)]
    return np.unique(np.concatenate([[knots[0] / 2], *inside, knots, [2 * knots[-1]]]))
