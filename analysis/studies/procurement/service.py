"""Which measured rows of a platform keep a buyer's limits, what they do at its lengths, and how near one comes."""

import math
from dataclasses import dataclass

import pandas as pd

from analysis.comparison.requests import measured_rows, request_of
from analysis.comparison.row_for import row_for, rows_for
from analysis.frontier import ANY
from analysis.frontier.constraints import Constraints, passing
from analysis.frontier.limits import COLUMNS, InfeasibleError
from analysis.frontier.measured import Measured
from analysis.library.quantities import NO_POWER, counts, quantity
from analysis.library.sources import Library, Platform
from analysis.library.values import Status, Value
from analysis.scenario import Parameters

POINT = {
    "throughput_per_gpu": "throughput_per_gpu",
    "interactivity_median": "interactivity",
    "interactivity_p99": "interactivity_tail",
    "ttft_median": "ttft_median",
    "ttft_p99": "ttft_tail",
    "concurrency": "concurrency",
}
"""What is told of an operating point: columns of a row, each with its quantity."""


def rows_at(library: Library, conditions: Parameters, hardware: str) -> Measured:
    """Return a platform's rows at a buyer's lengths: measured there, else modeled from the nearest that were.

    Modeled rows keep their index of the library's benchmark.
    """
    request = request_of(conditions)
    measured = measured_rows(library, hardware, request.lengths)
    return rows_for(library, conditions, hardware, request) if measured.rows.empty else measured


def point(library: Library, conditions: Parameters, row: pd.Series) -> dict[str, Value]:
    """Return what a row tells of its operating point, by quantity; without what it does not know."""
    request = request_of(conditions)
    kinds = counts(library.model, int(row["input_tokens"]), int(row["output_tokens"]))
    measured = {
        key: library.measured(row, column, key, kinds if column == "throughput_per_gpu" else {})
        for column, key in POINT.items()
        if not math.isnan(row[column])
    }
    return measured | (row_for(library, conditions, row, request) or {})


LIMITS = {
    "minimum_interactivity": "interactivity",
    "minimum_interactivity_p99": "interactivity_tail",
    "maximum_ttft_median": "ttft_median",
    "maximum_ttft_p99": "ttft_tail",
    "minimum_accuracy": "accuracy",
}
"""What a buyer may limit, each with the quantity that it limits."""

NOT_MEASURED = "not measured at these lengths"
NOT_NEAR = "not measured near these lengths"
NOT_YET = "not measured until the cut-off day"
NOT_SO = "no row of this precision, decoding or kind of serving"
NOT_MET = "cannot meet the limits"


@dataclass(frozen=True)
class Nearest:
    """How near a platform comes to one limit."""

    asked: Value
    # The nearest measured that keeps all other limits; None where the others are not kept either.
    reached: Value | None
    alone: Value | None  # the nearest measured whatever the other limits; None where none is known


@dataclass(frozen=True)
class Unserved:
    """A platform without a row that keeps all limits."""

    platform: Platform
    reason: str
    nearest: tuple[Nearest, ...] = ()


def asked(conditions: Parameters) -> dict[str, Value]:
    """Return the limits that a buyer states, by parameter."""
    stated = {name: getattr(conditions, name) for name in LIMITS}
    return {
        name: Value(
            limit, quantity(LIMITS[name]), "limit", Status.CHOSEN, place=f"parameter {name}",
            printed="" if quantity(LIMITS[name]).style == "percent" else f"{limit:,g}",
        )
        for name, limit in stated.items()
        if limit is not None
    }  # fmt: skip


def wanted(conditions: Parameters, constraints: Constraints = ANY) -> Constraints:
    """Return what a buyer asks of a row: the limits, the cut-off day, and which series may answer."""
    return constraints.narrowed(
        {
            "as_of": conditions.as_of,
            "suspect_series": tuple(conditions.suspect_series),
            "origin": tuple(conditions.origin) or None,
            **{name: limit.number for name, limit in asked(conditions).items()},
        }
    )


def serving(
    library: Library, conditions: Parameters, hardware: str, constraints: Constraints = ANY
) -> pd.DataFrame | Unserved:
    """Return the rows of a platform that keep all limits, or why there is none."""
    platform, own = library.platform(hardware), rows_at(library, conditions, hardware)
    if own.rows.empty:
        return Unserved(platform, NOT_MEASURED if request_of(conditions).lengths else NOT_NEAR)
    if library.known_power(hardware, conditions.vintage) is None:
        return Unserved(platform, NO_POWER)
    limits = asked(conditions)
    all_limits = wanted(conditions, constraints)
    try:
        return passing(own, all_limits).rows
    except InfeasibleError as error:
        if error.constraint == "as_of":
            return Unserved(platform, NOT_YET)
        if error.constraint not in limits:
            return Unserved(platform, NOT_SO)
    free = passing(own, all_limits.without(*limits)).rows
    nearest = [
        Nearest(limit, _nearest(library, conditions, own, all_limits, name), _best(library, conditions, free, name))
        for name, limit in limits.items()
    ]
    return Unserved(platform, NOT_MET, tuple(nearest))


def _nearest(
    library: Library, conditions: Parameters, rows: Measured, limits: Constraints, name: str
) -> Value | None:
    """Return the best that rows which keep all but one limit reach in that one; None where there is no such row."""
    try:
        return _best(library, conditions, passing(rows, limits.without(name)).rows, name)
    except InfeasibleError:
        return None


def _best(library: Library, conditions: Parameters, rows: pd.DataFrame, name: str) -> Value | None:
    """Return the best that rows reach in what a parameter limits; None where it is known of none."""
    column, key = COLUMNS[name], LIMITS[name]
    ordered = rows[column].dropna().sort_values(ascending=name.startswith("maximum"))
    if ordered.empty:
        return None
    place = ordered.index[0]
    told = point(library, conditions, library.benchmark.loc[place])
    return told.get(key) or library.measured(rows.loc[place], column, key, {})
