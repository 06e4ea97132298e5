"""Figure of what a ratio is made of along the interactivity range: stacked areas on a log axis."""

from collections.abc import Mapping, Sequence

import matplotlib.ticker
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.exhibits import INK, canvas, drawn
from analysis.exhibits.labels import Label, beside, keep_margin
from analysis.exhibits.statements import Cell, Shown
from analysis.library.values import Value
from analysis.studies.attribution import KINDS

KIND_COLORS = dict(
    zip(KINDS, ("#2a6c98", "#8fc1dd", "#c2410c", "#e3a23b", "#4f8a5b", "#8d6aa8", "#8a94a3", "#c9cfd6"), strict=True)
)
_LETTER, _LEADER = 0.0092, 0.02  # of a figure's width: a letter of a label, and the line that leads to it


def multiples(axes: Axes, which: str) -> None:
    """Make an axis logarithmic, with ticks at one, two and five times powers of ten that read as multiples."""
    axis = axes.xaxis if which == "x" else axes.yaxis
    (axes.set_xscale if which == "x" else axes.set_yscale)("log")
    axis.set_major_locator(matplotlib.ticker.LogLocator(subs=(1, 2, 5)))
    axis.set_major_formatter(lambda tick, _: f"{tick:g}x")
    axis.set_minor_locator(matplotlib.ticker.NullLocator())


def label_ends(figure: Figure, ends: Sequence[tuple[Axes, Sequence[Label]]]) -> None:
    """Write labels beside axes that have their final limits, and keep as much room for them as the longest needs."""
    longest = max((len(label.text) for _, labels in ends for label in labels), default=0)
    keep_margin(figure, _LETTER * longest + _LEADER)
    figure.draw_without_rendering()
    for axes, labels in ends:
        beside(axes, labels)


def stacked(
    name: str,
    tables: Mapping[str, pd.DataFrame],
    points: Mapping[str, tuple[Value, Value]],
    *,
    title: str,
    note: str = "",
    **contents: Cell,
) -> Shown:
    """Return the factors of a ratio as stacked areas on a log axis along the interactivity range.

    Factors above one are stacked upward from 1x in the order of `KINDS`, those below one downward; the line is their
    product.

    Args:
        name: Short name of the figure.
        tables: What `analysis.studies.attribution.along` returns, by workload.
        points: Interactivity and ratio of the point that is marked, by workload; those without are not marked.
        title: The message, with `{name}` places for contents.
        note: How to read it.
        **contents: Values and texts of title and note.
    """
    shown = [kind for kind in KINDS if any((table[kind].dropna() != 1).any() for table in tables.values())]
    with canvas(height=0.7 + 2.6 * len(tables), nrows=len(tables), squeeze=False) as (figure, grid):
        for (workload, table), axes in zip(tables.items(), grid[:, 0], strict=True):
            x = table["interactivity"].to_numpy()
            above = below = np.where(np.isnan(table["ratio"]), np.nan, 1.0)
            for kind in shown:
                factor = table[kind].to_numpy()
                gain, loss = np.fmax(factor, 1), np.fmin(factor, 1)
                axes.fill_between(x, above, above * gain, color=KIND_COLORS[kind], linewidth=0, label=kind)
                axes.fill_between(x, below * loss, below, color=KIND_COLORS[kind], linewidth=0)
                above, below = above * gain, below * loss
            axes.plot(x, table["ratio"], color=INK, linewidth=1.6)
            if workload in points:
                _mark(axes, *points[workload])
            multiples(axes, "y")
            served = x[~np.isnan(table["ratio"])]
            axes.set(xlim=(served.min() - 3, served.max() + 3) if served.size else None)
            axes.set(xlabel="interactivity (tok/s/user)", ylabel=f"{workload}\nratio of throughput (log scale)")
            axes.axhline(1, color=INK, linewidth=1)
        handles, labels = grid[0, 0].get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside upper left", ncols=3, frameon=False, fontsize=8)
    data = pd.concat([table.assign(workload=workload) for workload, table in tables.items()], ignore_index=True)
    said = "; ".join(
        f"marked at {workload} and {at.show()} tok/s/user: {ratio.show()}" for workload, (at, ratio) in points.items()
    )
    alt = f"Stacked areas of the factors {', '.join(shown) or 'none'} on a log axis against interactivity; {said}."
    values = [value for pair in points.values() for value in pair]
    return drawn(figure, name, title, alt, data, note=note, values=[*values, *points], **contents)


def _mark(axes: Axes, at: Value, ratio: Value) -> None:
    axes.plot(at.number, ratio.number, "o", markersize=8, mfc="white", mec=INK, markeredgewidth=1.8, zorder=5)
    axes.annotate(
        ratio.show(), (at.number, ratio.number), (0, 8), textcoords="offset points", ha="right", fontweight="bold",
        zorder=6,
    )  # fmt: skip
