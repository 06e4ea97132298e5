"""The same comparison with another curve between the rows: straight lines where both axes are logarithmic."""

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from analysis import formulas
from analysis.comparison.advantage import Advantage
from analysis.comparison.metrics import over
from analysis.frontier.curves import Envelope, Floats
from analysis.library.values import Value

_PLACES = 4001  # of a range that are looked at; a share is exact to one in so many


def power_law(curve: Envelope, interactivity: ArrayLike) -> Floats:
    """Return the throughput of the best series when it follows a power law between neighboring rows, in tok/s/GPU.

    As everywhere, a series serves what lies below its first row by that row. NaN where nothing was measured.
    """
    asked = np.asarray(interactivity, dtype=float)
    reached = [
        np.interp(np.log(asked), np.log(series.interactivity), np.log(series.throughput), right=np.nan)
        for series in curve.members
    ]
    lowest = min(series.interactivity[0] for series in curve.members)
    return np.where(asked < lowest, np.nan, np.exp(np.fmax.reduce(reached)))


def straight_in_logs(curves: Advantage, interactivity: float) -> float:
    """Return the ratio of costs when both throughputs follow a power law between neighboring rows.

    Args:
        curves: The curves of the two platforms.
        interactivity: At which both serve, in tok/s/user. NaN where one was not measured.
    """
    costs = [
        formulas.cost_per_million_tokens(side.price.number, float(power_law(side.curve, interactivity)))
        for side in (curves.baseline, curves.subject)
    ]
    return float(formulas.ratio(**over("cost_per_million_tokens", *costs)))


def percentiles(curves: Advantage, times: float) -> tuple[Value, Value]:
    """Return the lower and the higher percentile of a ratio of throughputs, by the two curves between the rows."""
    smooth = curves.share_below(times)
    lengths = np.diff(curves.ranges).ravel()
    if not lengths.sum():
        return smooth, smooth
    share = np.average([_below(curves, low, high, times) for low, high in curves.ranges], weights=lengths)
    straight = replace(smooth, number=float(share), note="with straight lines between the logarithms of the rows")
    low, high = sorted((smooth, straight), key=lambda value: value.number)
    return low, high


def _below(curves: Advantage, low: float, high: float, times: float) -> float:
    places = np.linspace(low, high, _PLACES)
    ratios = power_law(curves.subject.curve, places) / power_law(curves.baseline.curve, places)
    return float(np.mean(ratios < times))
