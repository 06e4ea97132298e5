"""Benchmark rows whose columns are read once, as arrays: rows are chosen from them by their places."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import InputError, nearest
from analysis.frontier.knots import Positions
from analysis.frontier.tariff import Lengths
from analysis.library.loading.quality import gpus
from analysis.library.loading.schemas import SERIES

PUBLISHER = "publisher"
Made = TypeVar("Made")
FEW = 1000  # rows up to which pandas takes longer to prepare its columns than Python to go through them


@dataclass(frozen=True, eq=False)
class Measured:
    """Benchmark rows and what was read of them, so that what several questions ask is worked out once."""

    rows: pd.DataFrame  # the table; whoever has it here changes it no more
    _made: dict[Hashable, Any] = field(default_factory=dict, repr=False)

    def __getitem__(self, column: str) -> NDArray[Any]:
        """Return a column, one value a row; of `date` the day, and of `gpus` how many a deployment occupied.

        Raises:
            InputError: There is no such column, or a date cannot be read.
        """
        return self.once(column, lambda: self._read(column))

    @property
    def series(self) -> Positions:
        """The number of each row's series, in the order of the columns that tell series apart."""
        return self.once(("series",), lambda: numbers(self.rows, series_columns(self.rows)))

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return what is made of the rows, made when it is first asked for."""
        if key not in self._made:
            self._made[key] = make()
        made: Made = self._made[key]
        return made

    def of(self, hardware: str, lengths: Lengths) -> "Measured":
        """Return the rows of a platform and a workload.

        Raises:
            InputError: No such platform or workload, or a column is missing.
        """
        return self.once((hardware, lengths), lambda: self._of(hardware, lengths))

    def _of(self, hardware: str, lengths: Lengths) -> "Measured":
        of_platform, *tokens = self["hardware"] == hardware, self["input_tokens"], self["output_tokens"]
        if not of_platform.any():
            raise InputError(f"no rows of hardware {hardware!r}; {nearest(hardware, self['hardware'])}")
        places = np.flatnonzero(of_platform & (tokens[0] == lengths[0]) & (tokens[1] == lengths[1]))
        if not places.size:
            pairs = {"/".join(map(str, pair)) for pair in zip(*(each[of_platform] for each in tokens), strict=True)}
            raise InputError(
                f"{hardware}: no rows of workload {lengths[0]}/{lengths[1]} (input/output tokens); measured: "
                f"{', '.join(sorted(pairs))}"
            )
        return Measured(self.rows.iloc[places], {"date": self["date"][places]})

    def _read(self, column: str) -> NDArray[Any]:
        if column == "date":
            return np.asarray(days(self.rows))
        if column == "gpus":
            return np.asarray(gpus(self.rows))
        require(self.rows, [column])
        return np.asarray(self.rows[column])


def series_columns(rows: pd.DataFrame) -> tuple[str, ...]:
    """Return the columns that tell series apart: rows of two publishers are two series, where it is known whose."""
    return (*SERIES, PUBLISHER) if PUBLISHER in rows else SERIES


def numbers(rows: pd.DataFrame, by: Sequence[str], *, in_order: bool = True) -> Positions:
    """Return the number of each row's group, from 0, in the order of the columns that tell groups apart, or in any.

    Raises:
        InputError: A column is missing.
    """
    require(rows, by)
    if len(rows) < FEW:
        words = [*zip(*(rows[column].tolist() for column in by), strict=True)]
        every = dict.fromkeys(words)
        if not any(word != word for group in every for word in group):  # none is NaN, which is not itself
            places = {group: place for place, group in enumerate(sorted(every) if in_order else every)}
            return np.array([places[group] for group in words], dtype=np.intp)
    return np.asarray(rows.groupby(list(by), dropna=False, sort=in_order).ngroup())


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


def require(rows: pd.DataFrame, columns: Iterable[str]) -> None:
    """Check that a table has these columns.

    Raises:
        InputError: One is missing.
    """
    if missing := [name for name in columns if name not in rows]:
        raise InputError(f"the table has no column {', '.join(missing)}; it has: {', '.join(map(str, rows.columns))}")
