"""Which rows of a benchmark table belong to one series, which are current, and the frontier of each series."""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from analysis.errors import InputError
from analysis.frontier.curves import Curve
from analysis.frontier.knots import Floats, pareto, steffen_slopes
from analysis.library.loading.schemas import CONFIGURATION, SERIES

PUBLISHER = "publisher"
FEW = 1000
"""Rows up to which pandas takes longer to prepare its columns than Python to go through them."""
SAME_SPEED = 0.01
"""Measured again on another day and as near in interactivity as this, relatively, a row is the same knot anew."""


def series_columns(rows: pd.DataFrame) -> tuple[str, ...]:
    """Return the columns that tell series apart: rows of two publishers are two series, where it is known whose."""
    return (*SERIES, PUBLISHER) if PUBLISHER in rows else SERIES


def newest(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the newest row of each configuration, in the order of the table.

    A configuration is all that was set for a run, concurrency included, but not the container image: the measurement
    of a newer image replaces the older one. Of two rows of one day, the later run counts.

    Raises:
        InputError: A column is missing, or a date cannot be read.
    """
    require(rows, (*CONFIGURATION, "run_id"))
    order = np.lexsort((rows["run_id"], days(rows)))
    told_apart = list(dict.fromkeys([*CONFIGURATION, *series_columns(rows)]))
    replaced = rows[told_apart].iloc[order].duplicated(keep="last").to_numpy()
    return rows.iloc[np.sort(order[~replaced])]


def days(rows: pd.DataFrame) -> pd.Series:
    """Return the day of each row, read from days or ISO text.

    Raises:
        InputError: There is no column `date`, or a date cannot be read.
    """
    require(rows, ["date"])
    try:
        return pd.to_datetime(rows["date"], format="ISO8601").dt.normalize()
    except (ValueError, TypeError) as error:
        raise InputError(f"date: {error}; allowed is a day, YYYY-MM-DD") from None


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
    kept = pareto(speed, output, number)
    if "date" in rows:
        kept = kept[_measured_last(speed[kept], days(rows).to_numpy()[kept], number[kept])]
    speed, output, number = speed[kept], output[kept], number[kept]
    slopes = steffen_slopes(speed, output, number)
    return rows.iloc[kept].assign(curve=number, interactivity=speed, throughput=output, slope=slopes)


def numbers(rows: pd.DataFrame, by: Sequence[str]) -> NDArray[np.intp]:
    """Return the number of each row's series, from 0, in the order of the columns that tell series apart."""
    if len(rows) < FEW and not rows[list(by)].isna().to_numpy().any():
        words = [*zip(*(rows[column].tolist() for column in by), strict=True)]
        places = {series: place for place, series in enumerate(sorted(set(words)))}
        return np.array([places[series] for series in words], dtype=np.intp)
    return np.asarray(rows.groupby(list(by), dropna=False).ngroup())


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


def require(rows: pd.DataFrame, columns: Iterable[str]) -> None:
    """Check that a table has these columns.

    Raises:
        InputError: One is missing.
    """
    if missing := [name for name in columns if name not in rows]:
        raise InputError(f"the table has no column {', '.join(missing)}; it has: {', '.join(map(str, rows.columns))}")


def _measured_last(speed: Floats, day: NDArray[np.datetime64], number: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Which knots stay where two of a series stand nearly together and were measured on two days: the newer."""
    stays = np.ones(len(speed), dtype=bool)
    near = (np.diff(speed) < SAME_SPEED * speed[:-1]) & (np.diff(number) == 0)
    for place in (int(position) + 1 for position in np.flatnonzero(near)):
        last = int(np.flatnonzero(stays[:place])[-1])
        if speed[place] - speed[last] < SAME_SPEED * speed[last] and day[place] != day[last]:
            stays[last if day[place] > day[last] else place] = False
    return stays
