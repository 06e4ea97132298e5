"""Which rows belong to one series and campaign, which are current, and the frontier of each series."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from analysis.errors import InputError
from analysis.frontier.curves import Curve, curve_through
from analysis.frontier.knots import Floats, Positions, pareto, steffen_slopes
from analysis.frontier.measured import Measured, days, numbers, require, series_columns
from analysis.library.loading.schemas import CONFIGURATION

SAME_SPEED = 0.01
"""Measured again on another day and as near in interactivity as this, relatively, a row is the same knot anew."""


def newest(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the newest row of each configuration, in the order of the table.

    A configuration is all that was set for a run, concurrency included, but not the container image: the measurement
    of a newer image replaces the older one. Of two rows of one day, the later run counts.

    Raises:
        InputError: A column is missing, or a date cannot be read.
    """
    return rows.iloc[newest_of(Measured(rows), np.arange(len(rows)))]


def newest_of(measured: Measured, places: Positions) -> Positions:
    """Return the places, rising, of the newest row of each configuration among rows; errors are those of `newest`."""
    columns = [*dict.fromkeys([*CONFIGURATION, *series_columns(measured.rows)])]
    number = measured.once(("configuration",), lambda: numbers(measured.rows, columns, in_order=False))
    order = places[np.lexsort((measured["run_id"][places], measured["date"][places]))][::-1]
    return np.sort(order[np.unique(number[order], return_index=True)[1]])


def frontiers(
    rows: pd.DataFrame,
    by: Sequence[str] = (),
    *,
    interactivity: str = "interactivity_median",
    throughput: str = "throughput_per_gpu",
) -> pd.DataFrame:
    """Return the rows on the Pareto frontier of their series: the knots of all curves, with their slopes.

    Of two rows of a frontier that are less than 1% apart in interactivity and were measured on different days only
    the newer is a knot: between them the curve would tell of two days and not of two speeds.

    The rows keep their index and columns and stand series by series, by rising interactivity. Four columns are added:
    `curve` (number of the series, from 0, in the order of `by`), `interactivity` in tok/s/user, `throughput` in
    tok/s/GPU, and `slope` of the curve there in tok/s/GPU per tok/s/user.

    Args:
        rows: Any table with interactivity and throughput.
        by: The columns that tell series apart; those of `series_columns` if none are given.
        interactivity: Name of the column of interactivity, in tok/s/user.
        throughput: Name of the column of throughput, in tok/s/GPU.

    Raises:
        InputError: A column is missing, the table is empty, or a value is not a positive number.
    """
    by = by or series_columns(rows)
    require(rows, (*by, interactivity, throughput))
    speed = positive(rows[interactivity], interactivity)
    output = positive(rows[throughput], throughput)
    number = numbers(rows, by)
    kept, slopes = knots_of(speed, output, number, days(rows).to_numpy() if "date" in rows else None)
    return rows.iloc[kept].assign(
        curve=number[kept], interactivity=speed[kept], throughput=output[kept], slope=slopes
    )


def knots_of(
    speed: Floats, output: Floats, number: Positions, day: NDArray[np.datetime64] | None
) -> tuple[Positions, Floats]:
    """Return the places of the knots of all series, as `frontiers` tells, and the slope of the curve at each.

    Args:
        speed: One interactivity per row, in tok/s/user.
        output: One throughput per row, in tok/s/GPU.
        number: Of each row's series, from 0.
        day: On which each row was measured; None where that is not known.
    """
    kept = pareto(speed, output, number)
    if day is not None:
        kept = kept[_measured_last(speed[kept], day[kept], number[kept])]
    return kept, steffen_slopes(speed[kept], output[kept], number[kept])


def curves(knots: pd.DataFrame, counts: str = "") -> tuple[Curve, ...]:
    """Return the curve of each series, in the order of `curve`.

    Args:
        knots: The table that `frontiers` returns.
        counts: What the throughput counts and for which workload.
    """
    starts = np.flatnonzero(np.diff(knots["curve"])) + 1
    columns = (np.split(knots[name].to_numpy(), starts) for name in ("interactivity", "throughput", "slope"))
    return tuple(Curve(speed, output, slopes, counts) for speed, output, slopes in zip(*columns, strict=True))


def positive(values: ArrayLike, name: str) -> Floats:
    """Return the values as an array of positive finite numbers.

    Raises:
        InputError: There is none, there is more than one dimension, or one is not a positive number; the message
            names its label in a table or its position in a sequence.
    """
    numbers = np.asarray(values, dtype=float)
    if numbers.ndim != 1 or numbers.size == 0:
        raise InputError(
            f"{name}: found an array of shape {numbers.shape}, allowed is one row of at least one number"
        )
    wrong = ~(np.isfinite(numbers) & (numbers > 0))
    if wrong.any():
        place = int(wrong.argmax())
        label = values.index[place] if isinstance(values, pd.Series) else place
        raise InputError(f"{name}, row {label}: found {numbers[place]}, allowed is a finite number above 0")
    return numbers


def _measured_last(speed: Floats, day: NDArray[np.datetime64], number: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Which knots stay where two of a series stand nearly together and were measured on two days: the newer."""
    stays = np.ones(len(speed), dtype=bool)
    near = (np.diff(speed) < SAME_SPEED * speed[:-1]) & (np.diff(number) == 0)
    for place in (int(position) + 1 for position in np.flatnonzero(near)):
        last = int(np.flatnonzero(stays[:place])[-1])
        if speed[place] - speed[last] < SAME_SPEED * speed[last] and day[place] != day[last]:
            stays[last if day[place] > day[last] else place] = False
    return stays


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
