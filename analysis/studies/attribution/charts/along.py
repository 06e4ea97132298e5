"""Figure of what a ratio is made of along the interactivity range: stacked areas on a log axis."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.exhibits.figure import LOWER, UPPER, canvas, drawn, times_axis
from analysis.exhibits.palette import INK
from analysis.exhibits.statements import Shown
from analysis.frontier.crossings import ratio_bracket
from analysis.library.values import Value
from analysis.studies.attribution.orders import along
from analysis.studies.attribution.points import Point
from analysis.studies.attribution.steps import KINDS

KIND_COLORS = dict(
    zip(KINDS, ("#2a6c98", "#8fc1dd", "#c2410c", "#e3a23b", "#4f8a5b", "#8d6aa8", "#8a94a3", "#c9cfd6"), strict=True)
)
_PLACES = 500


def factors(points: Sequence[Point]) -> Shown:
    """Return the factors of the ratio of two platforms as stacked areas, a panel a workload, its point marked.

    Factors above one are stacked upward from 1x in the order of `KINDS`, those below one downward; the line is their
    product.
    """
    tables = [_table(point) for point in points]
    changed = [kind for kind in KINDS if any((table[kind].dropna() != 1).any() for table in tables)]
    with canvas(height=0.7 + 2.1 * len(tables), nrows=len(tables), squeeze=False) as (figure, grid):
        for point, table, axes in zip(points, tables, grid[:, 0], strict=True):
            _areas(axes, table, changed)
            _mark(axes, point.at, point.best.total)
            times_axis(axes, "y")
            served = table["interactivity"][table["ratio"].notna()]
            axes.set(xlim=(served.min() - 3, served.max() + 3) if served.size else None)
            axes.set(xlabel="interactivity (tok/s/user)", ylabel=f"{point.workload}\nratio of throughput (log scale)")
            axes.axhline(1, color=INK, linewidth=1)
        handles, labels = grid[0, 0].get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside upper left", ncols=3, frameon=False, fontsize=8)
    marked = "; ".join(
        f"marked at {point.workload} and {point.at.show()} tok/s/user: {point.best.total.show()}" for point in points
    )
    return drawn(
        figure,
        "factors-along-interactivity",
        "What makes the ratio changes with interactivity: {subject} over {baseline}.",
        f"Stacked areas of the factors {', '.join(changed) or 'none'} on a log axis against interactivity; {marked}.",
        pd.concat(tables, ignore_index=True),
        note="The line is the ratio; the areas multiply to it. Between the dotted lines the measured rows put it. "
        "Factors below one hang below the axis. Where the rows do not tell the changes apart, the ratio is shown "
        "undivided.",
        values=[content for point in points for content in (point.at, point.best.total, point.workload)],
        **points[0].pair.names,
    )


def _table(point: Point) -> pd.DataFrame:
    baseline, subject = point.platforms
    before, after = (point.stacks.curve(key) for key in (baseline, subject))
    curves = [curve for curve in (before, after) if curve]
    grid = np.linspace(min(curve.low for curve in curves), max(curve.high for curve in curves), _PLACES)
    low, high = ratio_bracket(after, before, grid) if before and after else (np.nan, np.nan)
    table = along(point.stacks, baseline, subject, point.route, grid)
    return table.assign(workload=point.workload, **{LOWER: low, UPPER: high})


def _areas(axes: Axes, table: pd.DataFrame, kinds: Sequence[str]) -> None:
    x = table["interactivity"].to_numpy()
    above = below = np.where(np.isnan(table["ratio"]), np.nan, 1.0)
    for kind in kinds:
        factor = table[kind].to_numpy()
        gain, loss = np.fmax(factor, 1), np.fmin(factor, 1)
        axes.fill_between(x, above, above * gain, color=KIND_COLORS[kind], linewidth=0, label=kind)
        axes.fill_between(x, below * loss, below, color=KIND_COLORS[kind], linewidth=0)
        above, below = above * gain, below * loss
    axes.plot(x, table["ratio"], color=INK, linewidth=1.6)
    for end in (LOWER, UPPER):
        axes.plot(x, table[end], color=INK, linewidth=0.7, linestyle=":")


def _mark(axes: Axes, at: Value, ratio: Value) -> None:
    axes.plot(at.number, ratio.number, "o", markersize=8, mfc="white", mec=INK, markeredgewidth=1.8, zorder=5)
    axes.annotate(
        ratio.show(), (at.number, ratio.number), (0, 8), textcoords="offset points", ha="right", fontweight="bold",
        zorder=6,
    )  # fmt: skip
