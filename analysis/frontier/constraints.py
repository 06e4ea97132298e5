"""Which measured rows a service can use, and which of its constraints leaves none."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from math import inf
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import InputError
from analysis.frontier.knots import Positions
from analysis.frontier.limits import COLUMNS, InfeasibleError, Narrowing, narrowed
from analysis.frontier.measured import Measured
from analysis.frontier.series import current, newest_of

NEWEST, SOUND, CAMPAIGN = "newest of each configuration", "sound", "newest campaign of each series"


@dataclass(frozen=True)
class Constraints:
    """What a service asks of the configuration that serves it; a constraint that is None is not asked.

    Raises:
        InputError: A choice is not a tuple of words, a number is not positive, or the day cannot be read.
    """

    as_of: date | str | None = None  # last day whose rows count
    origin: tuple[str, ...] | None = None  # publishers of the rows allowed
    frameworks: tuple[str, ...] | None = None  # those allowed
    precisions: tuple[str, ...] | None = None  # those allowed
    speculative_decoding: tuple[str, ...] | None = None  # those allowed; "none" where it may be off
    disaggregated: bool | None = None  # whether prefill and decode run on separate workers
    multinode: bool | None = None  # whether a deployment spans nodes
    # Share of questions that the row's stack answered rightly when it was evaluated nearest in time; a stack that
    # nobody evaluated does not pass.
    minimum_accuracy: float | None = None
    maximum_gpus: int | None = None  # GPUs of a deployment
    maximum_ttft_median: float | None = None  # median time to first token, in s
    maximum_ttft_p99: float | None = None  # 99th percentile of the time to first token, in s
    # Median, in tok/s/user. Slower rows are removed, so a curve begins at the first row above it.
    minimum_interactivity: float | None = None
    # What all but the slowest hundredth of the users get, in tok/s/user.
    minimum_interactivity_p99: float | None = None
    # Series whose suspect rows may answer all the same, such as "gb300 dynamo-trt fp8 mtp".
    suspect_series: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check every limit that is given."""
        for name, limit in self.limits.items():
            numeric = name.startswith(("minimum", "maximum"))
            if numeric and not 0 < limit < inf:
                raise InputError(f"constraint {name}: found {limit}, allowed is a finite number above 0")
            if not numeric and name != "as_of" and not (isinstance(limit, tuple) and limit):
                raise InputError(f"constraint {name}: found {limit!r}, allowed is a tuple of one or more words")

    @property
    def limits(self) -> dict[str, Any]:
        """The limits that are asked, by name: a number, the last day, or a tuple of the values allowed."""
        limits = {name: getattr(self, name) for name in COLUMNS if getattr(self, name) is not None}
        for name, limit in limits.items():
            if name == "as_of":
                limits[name] = _day(limit)
            elif isinstance(limit, bool):
                limits[name] = (limit,)
        return limits

    def without(self, *names: str) -> "Constraints":
        """Return these constraints without some of them."""
        nothing: dict[str, Any] = dict.fromkeys(names)
        return replace(self, **nothing)

    def narrowed(self, more: Mapping[str, Any]) -> "Constraints":
        """Return these constraints and more of them; one that is None is not asked.

        Raises:
            InputError: A constraint is asked in both.
        """
        asked = {name: limit for name, limit in more.items() if limit is not None}
        if twice := [name for name in asked if getattr(self, name) not in (None, ())]:
            raise InputError(f"constraint {twice[0]} is asked twice; allowed is once")
        return replace(self, **asked)


@dataclass(frozen=True, eq=False)
class Passing:
    """The rows that a service can use."""

    measured: Measured  # the rows that were asked about
    places: Positions  # of those that pass, rising
    older: NDArray[np.bool_]  # of every row, whether it is of an older campaign
    steps: tuple[Narrowing, ...]  # what each constraint removed, in their order

    @property
    def rows(self) -> pd.DataFrame:
        """The rows that pass, with the column `older`."""
        return self.measured.rows.iloc[self.places].assign(older=self.older[self.places])


def passing(measured: Measured, constraints: Constraints) -> Passing:
    """Return which rows a service can use, and what each constraint removed.

    What was measured comes first: the cut-off day, the newest row of each configuration, which rows are sound, and
    the newest campaign of each series; so an old or a suspect measurement never stands in for one that fails a limit.

    Args:
        measured: Benchmark rows; without the column `suspect` all of them count as sound.
        constraints: What is asked.

    Raises:
        InfeasibleError: A constraint leaves nothing.
        InputError: There are no rows, or a column is missing.
    """
    if measured.rows.empty:
        raise InputError("there are no rows to choose from")
    limits = constraints.limits
    as_of, let_in = limits.pop("as_of", None), constraints.suspect_series
    standing: Passing = measured.once(("standing", as_of, let_in), lambda: _standing(measured, as_of, let_in))
    places, steps = narrowed(measured, standing.places, limits)
    return replace(standing, places=places, steps=(*standing.steps, *steps))


def _standing(measured: Measured, as_of: pd.Timestamp | None, let_in: tuple[str, ...]) -> Passing:
    every = np.arange(len(measured.rows))
    dated, steps = narrowed(measured, every, {} if as_of is None else {"as_of": as_of})
    newest = newest_of(measured, dated)
    believed = sound(measured, newest, let_in)
    places, older = current(measured, believed)
    stages = (dated, newest, believed, places)
    for name, before, left in zip((NEWEST, SOUND, CAMPAIGN), stages, stages[1:], strict=False):
        steps.append(Narrowing(name, "", len(before) - len(left), 0, len(left)))
    return Passing(measured, places, older, tuple(steps))


def sound(measured: Measured, places: Positions, let_in: tuple[str, ...] = ()) -> Positions:
    """Return the places of the rows that can be believed, and of those of suspect series that are let in by name.

    Args:
        measured: Benchmark rows; without the column `suspect` all of them count as sound.
        places: Of those that are asked about.
        let_in: Names of series, as `series_names` gives them.

    Raises:
        InfeasibleError: None of the rows can be believed; the message says why and by which name they are let in.
    """
    if "suspect" not in measured.rows:
        return places
    believed = measured["suspect"][places] == ""
    if let_in:
        believed |= series_names(measured.rows.iloc[places]).isin(let_in).to_numpy()
    if not believed.any():
        rows = measured.rows.iloc[places]
        names = tuple(sorted(series_names(rows).unique()))
        reason = "; ".join(dict.fromkeys(rows["suspect"]))
        raise InfeasibleError(
            f"none of {len(rows)} rows is sound: {reason}; suspect_series lets them in: {', '.join(names)}",
            "suspect_series", let_in, names,
        )  # fmt: skip
    kept: Positions = places[believed]
    return kept


def series_names(rows: pd.DataFrame) -> pd.Series:
    """Return the name of each row's series: hardware, framework, precision and, if there is any, its decoding."""
    words = rows["hardware"] + " " + rows["framework"] + " " + rows["precision"] + " " + rows["speculative_decoding"]
    return words.str.removesuffix(" none")


def _day(day: date | str) -> pd.Timestamp:
    try:
        return pd.Timestamp(day)
    except (ValueError, TypeError):
        raise InputError(f"constraint as_of: found {day!r}, allowed is a day, YYYY-MM-DD") from None
