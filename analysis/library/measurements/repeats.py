"""Makes one row of the repeats of a configuration on one day: their median run, with how far they lie apart."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from analysis.library.loading.schemas import BENCHMARK
from analysis.library.terms import listing

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
