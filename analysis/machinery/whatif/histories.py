"""The curve of every series as it stood on each day on which a measurement changed it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from analysis.frontier.campaigns import current
from analysis.frontier.curves import Curve
from analysis.frontier.series import curves, days, frontiers, newest, series_columns
from analysis.frontier.tokens import KINDS, Gpus, Tokens, throughput

Kind = tuple[Tokens, Gpus]
Versions = dict[pd.Timestamp, Curve]
SPEED = "interactivity_median"
_NONE = Curve(np.array([]), np.array([]), np.array([]))


@dataclass(frozen=True, eq=False)
class History:
    """The curve of one series over time.

    Attributes:
        series: Hardware, framework, precision, speculative decoding, input and output tokens, and who published it,
            by column.
        versions: For each kind of throughput the curve by the first day on which it holds, rising; one without knots
            where rows that could tell were replaced by rows that cannot.
    """

    series: Mapping[str, Any]
    versions: Mapping[Kind, Versions] = field(default_factory=lambda: {kind: {} for kind in KINDS})

    @property
    def lengths(self) -> tuple[int, int]:
        """Input and output length of its workload, in tokens."""
        return self.series["input_tokens"], self.series["output_tokens"]


def histories(rows: pd.DataFrame) -> list[History]:
    """Return the history of every series of a benchmark table, ordered as their columns are; of its sound rows.

    Args:
        rows: Benchmark rows.

    Raises:
        InputError: A column is missing, or a value cannot be read.
    """
    columns = list(series_columns(rows))
    measured, number = days(rows), rows.groupby(columns).ngroup()
    first = rows.assign(number=number).drop_duplicates("number").sort_values("number")
    found = [History(dict(series)) for series in first[columns].to_dict("records")]
    told = {
        kind: pd.DataFrame(
            {"series": number, "date": measured, SPEED: rows[SPEED], "throughput": throughput(rows, *kind)}
        ).dropna(subset="throughput")
        for kind in KINDS
    }  # fmt: skip
    for day in sorted(measured.unique()):
        renewed = number[measured == day].unique()
        standing_rows = newest(rows[number.isin(renewed) & (measured <= day)])
        believed = current(standing_rows[standing_rows["suspect"] == ""]).index
        for kind in KINDS:
            standing = _curves(told[kind].loc[told[kind].index.intersection(believed)])
            for series in renewed:
                _renew(found[series].versions[kind], day, standing.get(series, _NONE))
    return found


def _curves(points: pd.DataFrame) -> dict[int, Curve]:
    if points.empty:
        return {}
    knots = frontiers(points, by=["series"], throughput="throughput")
    return dict(zip(knots["series"].unique(), curves(knots), strict=True))


def _renew(versions: Versions, day: pd.Timestamp, curve: Curve) -> None:
    last = next(reversed(versions.values()), _NONE)
    same = (np.array_equal(getattr(last, axis), getattr(curve, axis)) for axis in ("interactivity", "throughput"))
    if not all(same):
        versions[day] = curve
