"""Reads a finished sweep for its summary: counts, shares and extremes, from its columns."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.dataset as ds

from analysis.machinery.sweep.axes import ROLES

BINS = 24
CHOICES = "model baseline subject workload vintage price_tier as_of minimum_accuracy origin".split()


def read(folder: Path, columns: Sequence[str] = (), within: Sequence[int] | None = None) -> pd.DataFrame:
    """Return columns of a sweep, of scenarios by their numbers, in their order; all of both where none are named."""
    files = ds.dataset(sorted(map(str, folder.glob("part-*.parquet"))), format="parquet")
    chosen = None if within is None else ds.field("scenario").isin(list(within))
    return files.to_table(columns=list(columns) or None, filter=chosen).to_pandas()


def needed(ratio: str) -> list[str]:
    """Return the columns that the summary of a ratio reads."""
    costs = [f"{role}_cost_per_million_tokens" for role in ROLES]
    return ["scenario", *CHOICES, "interactivity", *costs, ratio, "verdict"]


def judged(rows: pd.DataFrame, ratio: str) -> pd.DataFrame:
    """Return the scenarios of two different platforms in which both were measured."""
    return rows[rows[ratio].notna() & (rows["baseline"].astype(object) != rows["subject"].astype(object))]


def pairs(rows: pd.DataFrame, ratio: str) -> pd.DataFrame:
    """Return the median ratio of each pair: baselines by rows, subjects by columns."""
    return rows.pivot_table(ratio, "baseline", "subject", aggfunc="median", observed=True)


def wins(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the share of its scenarios that each platform wins: by workload and class of interactivity.

    A platform wins a scenario in which its million tokens cost less than the other's. The table has the columns
    workload, interactivity (middle of its class, in tok/s/user), platform and share.
    """
    classed = rows.assign(interactivity=classes(rows["interactivity"]))
    costs = [classed[f"{role}_cost_per_million_tokens"] for role in ROLES]
    sides = []
    for role, own, other in zip(ROLES, costs, costs[::-1], strict=True):
        side = classed[["workload", "interactivity"]].assign(platform=classed[role].astype(object), share=own < other)
        sides.append(side)
    by = ["workload", "interactivity", "platform"]
    return pd.concat(sides).groupby(by, observed=True)["share"].mean().reset_index()


def verdicts(rows: pd.DataFrame, words: Sequence[str]) -> pd.DataFrame:
    """Return the share of scenarios with each verdict, by workload and class of interactivity, words by columns."""
    counts = pd.crosstab([rows["workload"], classes(rows["interactivity"])], rows["verdict"])
    counts = counts.reindex(columns=list(words), fill_value=0)
    return counts.div(counts.sum(axis=1), axis=0)


def classes(interactivity: pd.Series) -> pd.Series:
    """Return the middle of the class of each interactivity, in tok/s/user: the levels, or classes of equal ratio."""
    if interactivity.nunique() <= BINS:
        return interactivity
    ends = np.geomspace(interactivity.min(), interactivity.max(), BINS + 1)
    place = np.clip(np.searchsorted(ends, interactivity, side="right") - 1, 0, BINS - 1)
    return pd.Series(np.sqrt(ends[:-1] * ends[1:])[place], index=interactivity.index)
