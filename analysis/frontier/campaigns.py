"""Which rows of a series belong together: the runs of its newest campaign, and what older ones still add to them."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.frontier.curves import curve_through
from analysis.frontier.knots import Positions
from analysis.frontier.measured import Measured

APART = pd.Timedelta(days=14)  # runs of a series with a longer pause between them belong to two campaigns


def current(measured: Measured, places: Positions) -> tuple[Positions, NDArray[np.bool_]]:
    """Return the places of the rows that stand for their series, and of every row whether it is of an older campaign.

    A campaign is the runs of a series whose days follow one another within 14 days. All rows of the newest campaign
    stay. An older row stays only where it lies above what the newest reaches at its speed or above, or is faster than
    all of it, and is marked: a recipe of last winter says nothing of what today's reaches between two of its points.

    Args:
        measured: Benchmark rows.
        places: Of those that are asked about, each configuration once.

    Raises:
        InputError: A column is missing, or a date cannot be read.
    """
    stays, older = np.zeros(len(measured.rows), dtype=bool), np.zeros(len(measured.rows), dtype=bool)
    speed, output, dated = measured["interactivity_median"], measured["throughput_per_gpu"], measured["date"]
    number = measured.series[places]
    for own in (places[number == series] for series in np.unique(number)):
        newest = dated[own] >= first_day(dated[own])
        stays[own[newest]], before = True, own[~newest]
        if before.size:
            curve = curve_through(speed[own[newest]], output[own[newest]])
            adds = before[~(output[before] <= curve.at_or_above(speed[before]))]
            stays[adds] = older[adds] = True
    return places[stays[places]], older


def first_day(measured: Sequence[np.datetime64] | np.ndarray) -> np.datetime64:
    """Return the first day of the newest campaign among the days of a series.

    Args:
        measured: The days on which the series was measured, at least one, in any order.
    """
    rising = np.unique(np.asarray(measured))
    pauses = np.flatnonzero(np.diff(rising) > APART.to_timedelta64())
    first: np.datetime64 = rising[pauses[-1] + 1 if pauses.size else 0]
    return first
