"""Shared by all readers of measurements: keys of platforms, numbers at 8 digits, and one checked table."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import InputError, nearest
from analysis.library.loading.fields import excerpt
from analysis.library.loading.schemas import BENCHMARK, SERIES, TABLES
from analysis.library.loading.tables import read_table, validated
from analysis.library.quantities import listing

SIGNIFICANT_DIGITS = "%.8g"
SYSTEM_SUFFIXES = ("amd", "amds", "nv", "nvl72")
KINDS = {name: str(column.dtype) for name, column in BENCHMARK.columns.items()}
TYPES = {name: column.dtype.type for name, column in BENCHMARK.columns.items()}
WHOLE = [name for name, kind in KINDS.items() if kind == "int64"]
FIGURES = [name for name, kind in KINDS.items() if kind == "float64"]
ORDER = [*SERIES, *(name for name in BENCHMARK.unique if name not in SERIES)]


@dataclass(frozen=True)
class Measurements:
    """Rows that were read from elsewhere."""

    format: str  # the format that they were read from
    rows: pd.DataFrame  # measured configurations, with the columns of `analysis.library.loading.schemas.BENCHMARK`
    model: str  # the model that was served, by the name of its publisher; empty where the format does not say
    left_out: Mapping[str, int] = field(default_factory=dict)  # how many entries are no rows, by the reason
    publisher: str = ""  # who publishes such measurements; empty where they are the reader's own
    notes: tuple[str, ...] = ()  # what must be known of how they were read


def known_platforms(data: Path) -> list[str]:
    """Return the keys of the platforms that a data folder lists."""
    return list(read_table(data / "platforms.csv", TABLES["platforms"])["platform"])


def platform_key(name: str, platforms: Iterable[str]) -> str:
    """Return the key of the platform that a hardware name means: "gb300" of "GB300-NVL72".

    Raises:
        ValueError: No such platform; the message names the nearest and says how to add one.
    """
    keys, word = set(platforms), name.lower()
    key, _, suffix = word.partition("-")
    if word in keys:
        return word
    if key in keys and suffix in SYSTEM_SUFFIXES:
        return key
    raise ValueError(f"{nearest(name, keys)} (a new platform needs its row in data/platforms.csv first)")


def table(records: Iterable[Mapping[str, Any]], name: str, place: Callable[[int], str]) -> pd.DataFrame:
    """Return records as a checked table with the columns of `analysis.library.loading.schemas.BENCHMARK`, in order.

    Raises:
        InputError: A value is not what its column allows, or a configuration stands twice.
    """
    listed = pd.DataFrame.from_records(list(records), columns=list(TYPES))
    for column in WHOLE:
        _check_size(listed[column], place)
    rows = listed.astype(TYPES)
    return cut(validated(rows, BENCHMARK, name, place)).sort_values(ORDER, kind="stable", ignore_index=True)


def _check_size(column: pd.Series, place: Callable[[int], str]) -> None:
    """Refuse numbers that do not fit into a column of whole numbers; the schema checks the others."""
    for index, number in enumerate(column):
        if abs(number) >= 2**63:
            raise InputError(f"{place(index)}, {column.name}: found {excerpt(number)}, allowed is less than 2^63")


def cut(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with measured figures at 8 significant digits, as those that come with the project."""
    figures = np.char.mod(SIGNIFICANT_DIGITS, rows[FIGURES].to_numpy()).astype(float)
    return rows.assign(**dict(zip(FIGURES, figures.T, strict=True)))


KEY = [name for name in BENCHMARK.unique if name != "run_id"]
SPREADS = {"throughput_spread": "throughput_per_gpu", "interactivity_spread": "interactivity_median"}


def without_repeats(
    records: Sequence[dict[str, Any]], places: Sequence[str]
) -> tuple[list[dict[str, Any]], list[str], list[str]]:
    """Return the rows with one of each configuration and day, their places, and what was done.

    Of repeats the run of median throughput stands for all, or the mean of the two in the middle, so that its figures
    still belong together; `repeats` counts them, and the spreads are (highest - lowest) / median. The same figures
    twice are one run that was given twice.
    """
    kept: list[dict[str, Any]] = []
    where, notes = [], []
    table = pd.DataFrame.from_records(list(records))
    for _, group in table.groupby(KEY, sort=False, dropna=False):
        chosen = [records[index] for index in group.index]
        named = [places[index] for index in group.index]
        different = [record for number, record in enumerate(chosen) if record not in chosen[:number]]
        if len(different) < len(chosen):
            notes.append(f"{_listed(named)}: the same figures, kept once")
        kept.append(_median(different) if len(different) > 1 else different[0])
        where.append(_listed(named))
        if len(different) > 1:
            apart = ", ".join(f"{column.split('_')[0]} {kept[-1][spread]:.1%}" for spread, column in SPREADS.items())
            notes.append(
                f"{_listed(named)}: the same configuration on one day; kept is the median of {len(different)}, which "
                f"lie apart by: {apart}"
            )
    return kept, where, notes


def _median(repeats: list[dict[str, Any]]) -> dict[str, Any]:
    rising = sorted(repeats, key=lambda record: record["throughput_per_gpu"])
    low, high = rising[(len(rising) - 1) // 2], rising[len(rising) // 2]
    middle = {name: _mean(low[name], high[name]) for name in low}
    spreads = {}
    for spread, column in SPREADS.items():
        figures = [record[column] for record in repeats]
        spreads[spread] = (max(figures) - min(figures)) / middle[column]
    return middle | {"repeats": len(repeats), **spreads}


def _mean(low: Any, high: Any) -> Any:
    if low == high or not isinstance(low, float) or not isinstance(high, float):
        return low
    return (low + high) / 2


def _listed(places: Sequence[str]) -> str:
    shown = [*places[:3], *([f"{len(places) - 3} more"] if len(places) > 3 else [])]
    return listing(shown)
