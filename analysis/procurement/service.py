"""Which measured rows of a platform keep a buyer's limits, and how near a platform comes that has none."""

from dataclasses import asdict, dataclass, replace

import pandas as pd

from analysis.constraints import Constraints
from analysis.frontier import ANY
from analysis.limits import COLUMNS, InfeasibleError, narrowed
from analysis.quantities import quantity
from analysis.scenario import Parameters
from analysis.selection import select
from analysis.sources import Library, Platform
from analysis.values import Status, Value

LIMITS = {
    "minimum_interactivity": "interactivity",
    "minimum_interactivity_p99": "interactivity_tail",
    "maximum_ttft_median": "ttft_median",
    "maximum_ttft_p99": "ttft_tail",
    "minimum_accuracy": "accuracy",
}
"""What a buyer may limit, each with the quantity that it limits."""

NOT_MEASURED = "not measured at these lengths"
NOT_YET = "not measured until the cut-off day"
NOT_SO = "no row of this precision, decoding or kind of serving"
NOT_MET = "cannot meet the limits"


@dataclass(frozen=True)
class Nearest:
    """How near a platform comes to one limit.

    Attributes:
        asked: The limit.
        reached: The nearest measured that keeps all other limits; None where the others are not kept either.
        alone: The nearest measured whatever the other limits; None where none is known.
    """

    asked: Value
    reached: Value | None
    alone: Value | None


@dataclass(frozen=True)
class Unserved:
    """A platform without a row that keeps all limits.

    Attributes:
        platform: The platform.
        reason: Why, in words.
        nearest: How near it comes, limit by limit.
    """

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


def measured_lengths(library: Library) -> list[tuple[int, int]]:
    """Return the input and output lengths that any platform was measured at, in tokens."""
    columns = ["input_tokens", "output_tokens"]
    found = library.benchmark[columns].drop_duplicates().sort_values(columns)
    return [(int(first), int(second)) for first, second in found.itertuples(index=False)]


def serving(
    library: Library, conditions: Parameters, hardware: str, constraints: Constraints = ANY
) -> pd.DataFrame | Unserved:
    """Return the rows of a platform that keep all limits, with `throughput` in tok/s/GPU, or why there is none.

    Args:
        library: The figures.
        conditions: Lengths, cut-off day and limits.
        hardware: Key of a platform.
        constraints: What else the rows must satisfy.
    """
    platform = library.platform(hardware)
    rows = library.benchmark
    lengths = (rows["input_tokens"] == conditions.input_tokens) & (rows["output_tokens"] == conditions.output_tokens)
    if not ((rows["hardware"] == hardware) & lengths).any():
        return Unserved(platform, NOT_MEASURED)
    limits = {name: limit.number for name, limit in asked(conditions).items()}
    wanted = constraints.narrowed({"as_of": conditions.as_of, **limits})
    try:
        return _selected(library, conditions, hardware, wanted)
    except InfeasibleError as error:
        if error.constraint == "as_of":
            return Unserved(platform, NOT_YET)
        if error.constraint in asdict(constraints) and getattr(constraints, error.constraint) is not None:
            return Unserved(platform, NOT_SO)
        return Unserved(platform, NOT_MET, _nearest(library, conditions, hardware, wanted))


def _selected(library: Library, conditions: Parameters, hardware: str, wanted: Constraints) -> pd.DataFrame:
    return select(
        library.benchmark,
        hardware,
        input_tokens=conditions.input_tokens,
        output_tokens=conditions.output_tokens,
        constraints=wanted,
        accuracy=library.tables["accuracy"],
    ).rows


def _nearest(library: Library, conditions: Parameters, hardware: str, wanted: Constraints) -> tuple[Nearest, ...]:
    limits = asked(conditions)
    free = _selected(library, conditions, hardware, replace(wanted, **dict.fromkeys(limits)))
    found = []
    for name, limit in limits.items():
        alone = _best(library, free, name, limit)
        try:
            rows = _selected(library, conditions, hardware, replace(wanted, **{name: None}))
        except InfeasibleError:
            found.append(Nearest(limit, None, alone))
        else:
            found.append(Nearest(limit, _best(library, rows, name, limit), alone))
    return tuple(found)


def _best(library: Library, rows: pd.DataFrame, name: str, limit: Value) -> Value | None:
    column, key = COLUMNS[name], LIMITS[name]
    if column in rows:
        ordered = rows[column].dropna().sort_values(ascending=name.startswith("maximum"))
        return None if ordered.empty else library.measured(rows.loc[ordered.index[0]], column, key, {})
    try:
        narrowed(rows, {name: limit.number}, library.tables[column])
    except InfeasibleError as error:
        if error.nearest is not None:
            platform = library.platform(rows["hardware"].iloc[0]).name
            return Value(float(str(error.nearest)), quantity(key), platform, Status.MEASURED)
    return None
