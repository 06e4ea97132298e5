"""What changed from one benchmark snapshot to another: rows, and the points of their Pareto frontiers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
import pandas as pd

from analysis.frontier.series import frontiers, newest
from analysis.library.loading.schemas import BENCHMARK, CONFIGURATION, SERIES

ROW_CHANGES = {
    "new": "new",
    "newer": "measured again",
    "restated": "with other figures of the same run",
    "older": "older than before",
    "gone": "gone",
}
POINT_CHANGES = ("joined", "moved", "left")
POINT = ("interactivity_median", "throughput_per_gpu")
RUN = ("date", "run_id")
SIDES = ("before", "after")


@dataclass(frozen=True)
class Changes:
    """What distinguishes two snapshots, by configuration, each with its newest row.

    Both tables have one row per configuration that changed: what was set for it, and every other column twice, with
    the suffixes `_before` and `_after`.
    """

    rows: pd.DataFrame  # the configurations; `change` is a key of `ROW_CHANGES`
    # Those on the frontier of their series before or after; `change` is one of `POINT_CHANGES`, "moved" for a point
    # that stayed on the frontier at another place.
    points: pd.DataFrame


def compare_snapshots(before: pd.DataFrame, after: pd.DataFrame) -> Changes:
    """Return what changed from one table of benchmark rows to another."""
    old, new = (newest(rows[list(BENCHMARK.columns)]) for rows in (before, after))
    rows = _side_by_side(old, new)
    points = _side_by_side(*(frontiers(table)[list(table.columns)] for table in (old, new)))
    later, earlier = _later(rows)
    figures = [name for name in BENCHMARK.columns if name not in (*CONFIGURATION, *RUN)]
    return Changes(
        _changed(rows, "new", "gone", {"newer": later, "older": earlier, "restated": _differs(rows, figures)}),
        _changed(points, "joined", "left", {"moved": _differs(points, POINT)}),
    )


def as_lines(changes: Changes) -> Iterator[str]:
    """Yield the changes as lines of text: the rows counted, the frontiers' points one by one."""
    counts = changes.rows["change"].value_counts()
    yield "Configurations: " + ", ".join(f"{counts.get(key, 0):,} {words}" for key, words in ROW_CHANGES.items())
    counts = changes.points["change"].value_counts()
    yield "Points of Pareto frontiers: " + ", ".join(f"{counts.get(key, 0):,} {key}" for key in POINT_CHANGES)
    order = [*SERIES, f"{POINT[0]}_after", f"{POINT[0]}_before"]
    shown = changes.points[[*CONFIGURATION, *(f"{name}_{side}" for name in POINT for side in SIDES), "change"]]
    points = shown.sort_values(order).to_dict("records")
    for (*stack, inputs, outputs), series in groupby(points, key=itemgetter(*SERIES)):
        yield f"  {' '.join(stack)}, ISL/OSL {inputs}/{outputs}"
        for point in series:
            yield f"    {_name(point)} {point['change']}: {_path(point)}"


def _side_by_side(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    return old.merge(new, on=list(CONFIGURATION), how="outer", suffixes=("_before", "_after"), indicator="found")


def _changed(rows: pd.DataFrame, came: str, went: str, stayed: dict[str, pd.Series]) -> pd.DataFrame:
    tests = {came: rows["found"] == "right_only", went: rows["found"] == "left_only", **stayed}
    change = np.select(list(tests.values()), list(tests), default="")
    return rows.drop(columns="found").assign(change=change)[change != ""].reset_index(drop=True)


def _later(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    day, run = (rows[f"{name}_after"] - rows[f"{name}_before"] for name in RUN)
    still = day == pd.Timedelta(0)
    return (day > pd.Timedelta(0)) | (still & (run > 0)), (day < pd.Timedelta(0)) | (still & (run < 0))


def _differs(rows: pd.DataFrame, names: Iterable[str]) -> pd.Series:
    differ = pd.Series(data=False, index=rows.index)
    for name in names:
        before, after = rows[f"{name}_before"], rows[f"{name}_after"]
        differ |= (before != after) & ~(before.isna() & after.isna())
    return differ


def _name(point: dict[str, Any]) -> str:
    return f"concurrency {point['concurrency']:,} (decode TP {point['decode_tp']}, EP {point['decode_ep']})"


def _path(point: dict[str, Any]) -> str:
    places = [(point[f"{POINT[0]}_{side}"], point[f"{POINT[1]}_{side}"]) for side in SIDES]
    return " -> ".join(
        f"{interactivity:,.1f} tok/s/user at {throughput:,.1f} tok/s/GPU"
        for interactivity, throughput in places
        if not np.isnan(interactivity)
    )
