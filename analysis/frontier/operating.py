"""The curve of a platform from the rows of a library, and its throughput at an interactivity as a value."""

import math
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from analysis.frontier import PlatformCurve, platform_curve
from analysis.frontier.measured import Measured
from analysis.library.quantities import quantity
from analysis.library.sources import Library
from analysis.library.values import Status, Value, resting_on

OVERSHOOT = 0.15
"""A row that is faster than what is asked by more than this, relatively, answers another question than the curve."""


@lru_cache(maxsize=256)
def library_curve(library: Library, hardware: str, lengths: tuple[int, int], **asked: Any) -> PlatformCurve:
    """Return the throughput of a platform against interactivity, kept for the next time it is asked for.

    Of input and output tokens; what else is asked and errors are those of `analysis.frontier.platform_curve`.
    """
    return platform_curve(measured(library), hardware, input_tokens=lengths[0], output_tokens=lengths[1], **asked)


@lru_cache(maxsize=64)
def measured(library: Library) -> Measured:
    """Return the rows of a library as what is worked out of them is kept."""
    return Measured(library.benchmark)


def throughput_at(
    library: Library, curve: PlatformCurve, interactivity: float, kinds: Mapping[str, str]
) -> Value | None:
    """Return the throughput of the best series at an interactivity or above it, in tok/s/GPU; None if none serves it.

    Where a row serves it, its value is the one measured. Else the value is interpolated, and the two measured rows of
    its series around it are its inputs. Its bracket is what the rows of all series tell without interpolation.

    Args:
        library: The figures that the curve's rows come from.
        curve: Of the platform.
        interactivity: In tok/s/user.
        kinds: What the throughput counts, as of the curve.
    """
    return _throughput_at(library, curve, float(interactivity), tuple(kinds.items()))


@lru_cache(maxsize=4096)
def _throughput_at(
    library: Library, curve: PlatformCurve, interactivity: float, counted: tuple[tuple[str, str], ...]
) -> Value | None:
    kinds = dict(counted)
    number = float(curve(interactivity))
    if math.isnan(number):
        return None
    member = int(curve.best(interactivity))
    below, above = rows_beside(curve, interactivity)
    low, high = (float(end) for end in curve.rows_around(interactivity))
    if below.name == above.name:
        measured = _measured(library, below, kinds)
        return replace(measured, bracket=(low, high)) if high > low else measured
    ends = {"row below": _measured(library, below, kinds), "row above": _measured(library, above, kinds)}
    return Value(
        number, quantity("throughput_per_gpu"), library.platform(curve.hardware).name, Status.INTERPOLATED, kinds,
        note=f"{curve.series[member]}, at {interactivity:g} tok/s/user on the curve through the measured rows",
        bracket=(low, high), **resting_on(ends),
    )  # fmt: skip


def rows_beside(curve: PlatformCurve, interactivity: float) -> tuple[pd.Series, pd.Series]:
    """Return the measured rows next below and above the point at which the best series serves an interactivity.

    They are of that series; where the point is a measured row, both are that row.

    Args:
        curve: Of the platform.
        interactivity: In tok/s/user, at most the highest of the curve.
    """
    member = int(curve.best(interactivity))
    served = max(interactivity, curve.members[member].low)
    # The knots of a series stand together, by rising interactivity.
    own, speed = curve.knots["curve"].to_numpy() == member, curve.knots["interactivity"].to_numpy()
    below, above = np.flatnonzero(own & (speed <= served))[-1], np.flatnonzero(own & (speed >= served))[0]
    row = curve.knots.iloc[below]
    return row, row if above == below else curve.knots.iloc[above]


def overshoots(served: float, asked: float) -> bool:
    """Return whether a row is so much faster (tok/s/user) than asked that the curve's value belongs beside it."""
    return served > asked * (1 + OVERSHOOT)


def _measured(library: Library, row: pd.Series, kinds: Mapping[str, str]) -> Value:
    return library.measured(row, "throughput", "throughput_per_gpu", kinds)
