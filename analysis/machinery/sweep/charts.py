"""Figures of a sweep's map, of numbers read from its columns: pairs, who wins where, what the ratio reaches."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.dataset as ds
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.colors import LogNorm
from matplotlib.figure import Figure
from numpy.typing import NDArray

from analysis.exhibits.figure import canvas, drawn
from analysis.exhibits.palette import color
from analysis.exhibits.statements import Shown
from analysis.library.quantities import show as show_number
from analysis.library.sources import Platform
from analysis.machinery.sweep.axes import ROLES


def pair_map(medians: pd.DataFrame, names: Mapping[str, str], what: str, *, title: str, **contents: Any) -> Shown:
    """Return the median ratio of each pair as a heatmap: baselines by rows, subjects by columns."""
    shown = medians.rename(index=names, columns=names)
    numbers = medians.to_numpy(dtype=float)
    furthest = max(np.nanmax(numbers), 1 / np.nanmin(numbers), 1.1)
    labels = shown.map(lambda number: "" if np.isnan(number) else show_number(number, 2, "times"))
    with canvas(height=1.5 + 0.42 * len(medians)) as (figure, axes):
        sns.heatmap(
            shown, ax=axes, norm=LogNorm(1 / furthest, furthest), cmap="PuOr_r", linewidths=0.8, annot=labels, fmt="",
            annot_kws={"fontsize": 7.5}, cbar_kws={"label": f"median {what} (log scale)"},
        )  # fmt: skip
        axes.set(xlabel="subject", ylabel="baseline")
        axes.set_xticks(axes.get_xticks(), axes.get_xticklabels(), rotation=30, ha="right")
    alt = f"Heatmap of the median {what}: baselines by rows, subjects by columns; the numbers are in its data."
    data = medians.reset_index().melt("baseline", var_name="subject", value_name="median ratio").dropna()
    return drawn(figure, "pair-map", title, alt, data, **contents)


def winners(shares: pd.DataFrame, platforms: Mapping[str, Platform], *, title: str, **contents: Any) -> Shown:
    """Return the share of its scenarios that each platform wins against interactivity, one panel a workload."""
    workloads = shares["workload"].astype(str).unique()
    with canvas(height=3.6, ncols=len(workloads), sharey=True, squeeze=False) as (figure, grid):
        for axes, workload in zip(grid[0], workloads, strict=True):
            for key, rows in shares[shares["workload"] == workload].groupby("platform", observed=True):
                platform = platforms[str(key)]
                axes.plot(rows["interactivity"], rows["share"], color=color(platform), label=platform.name)
            _dressed(axes, str(workload))
        grid[0, 0].set_ylabel("share of its scenarios won")
        _legend(figure, grid[0])
    alt = "Lines of the share of its scenarios that each platform wins, against interactivity, one panel a workload."
    return drawn(figure, "winners", title, alt, shares, **contents)


def reached(shares: pd.DataFrame, what: str, *, title: str, **contents: Any) -> Shown:
    """Return the shares of scenarios with each verdict against interactivity, stacked, one panel a workload."""
    workloads = shares.index.get_level_values(0).unique()
    with canvas(height=3.4, ncols=len(workloads), sharey=True, squeeze=False) as (figure, grid):
        for axes, workload in zip(grid[0], workloads, strict=True):
            rows = shares.loc[workload]
            colors = sns.color_palette("crest", len(shares.columns))
            axes.stackplot(rows.index, rows.to_numpy().T, labels=list(shares.columns), colors=colors)
            _dressed(axes, str(workload))
        grid[0, 0].set_ylabel("share of scenarios")
        _legend(figure, grid[0], what)
    alt = f"Stacked shares of the measured scenarios by {what}, against interactivity, one panel a workload."
    return drawn(figure, "reached", title, alt, shares.reset_index(), **contents)


def _dressed(axes: Axes, workload: str) -> None:
    axes.set(xlabel="interactivity (tok/s/user)", xscale="log", ylim=(0, 1))
    axes.set_title(workload, fontsize=9)
    axes.set_xticks([10, 20, 50, 100, 200, 500], minor=False)
    axes.set_xticks([], minor=True)
    axes.set_xlim(*axes.dataLim.intervalx)
    axes.xaxis.set_major_formatter(lambda tick, _: f"{tick:g}")
    axes.yaxis.set_major_formatter(lambda tick, _: f"{tick:.0%}")


def _legend(figure: Figure, row: NDArray[np.object_], title: str | None = None) -> None:
    """One legend for all panels, below them."""
    handles = {label: handle for axes in row for handle, label in zip(*axes.get_legend_handles_labels(), strict=True)}
    place = {"loc": "outside lower center", "ncols": 5, "frameon": False, "fontsize": 7.5, "title_fontsize": 7.5}
    figure.legend(list(handles.values()), list(handles), title=title, **place)


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
