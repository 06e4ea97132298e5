"""Figures: one function per kind, one theme; each comes with caption, alternative text and its data."""

import base64
import html
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import matplotlib
import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.palette import GRID, INK, INPUT_COLOR, MUTED, OUTPUT_COLOR, PUBLISHED_COLOR
from analysis.quantities import show as show_number
from analysis.statements import Shown, phrase
from analysis.values import Value

NARROW = 6.4  # inches; the text of a figure so wide stays readable where it is scaled down
THEME = {
    "svg.hashsalt": "analysis", "svg.fonttype": "path", "font.family": "DejaVu Sans", "font.size": 9,
    "axes.edgecolor": GRID, "axes.labelcolor": INK, "text.color": INK, "xtick.color": MUTED, "ytick.color": INK,
    "grid.color": GRID, "grid.linewidth": 0.6, "axes.titlesize": 10.5, "axes.titleweight": "bold",
    "axes.titlelocation": "left", "axes.spines.top": False, "axes.spines.right": False,
}  # fmt: skip


@contextmanager
def canvas(width: float = 7.2, height: float = 3.4, **options: Any) -> Iterator[tuple[Figure, Any]]:
    """Yield a figure and its axes in the project's theme; the size is in inches."""
    # From the defaults on: what a reader has set for pictures of their own is no part of these.
    with style.context("default"), sns.axes_style("whitegrid", THEME), matplotlib.rc_context(THEME):
        figure = Figure(figsize=(width, height), layout="constrained")
        yield figure, figure.subplots(**options)


def drawn(
    figure: Figure,
    name: str,
    title: str,
    alt: str,
    data: pd.DataFrame,
    *,
    note: str = "",
    values: Sequence[Value] = (),
    **contents: Any,
) -> Shown:
    """Return a figure as it is shown: the picture, its message as caption, what it says in words, and its data.

    Args:
        figure: The picture.
        name: Short name of the figure and of its CSV file.
        title: The figure's one message, with `{name}` places for contents.
        alt: What it shows, in words made from its data.
        data: The data drawn.
        note: How to read it, with `{name}` places for contents.
        values: The values whose numbers the alternative text says.
        **contents: Values and texts of title and note.
    """
    picture = io.BytesIO()
    with matplotlib.rc_context(THEME):
        figure.savefig(picture, format="svg", metadata={"Date": None, "Creator": None})
    svg = picture.getvalue().decode()
    encoded = base64.b64encode(picture.getvalue()).decode()
    caption = phrase(f"{title} {note}".strip(), **contents)
    return Shown(
        f'<figure><img alt="{html.escape(alt)}" src="data:image/svg+xml;base64,{encoded}">'
        f"<figcaption>{caption}</figcaption></figure>",
        {"kind": "figure", "name": name, "caption": caption, "alt": alt, "csv": data.to_csv(index=False)},
        (*values, *(content for content in contents.values() if isinstance(content, Value))),
        {"image/svg+xml": svg},
    )


def times_axis(axes: Axes, which: str = "x") -> None:
    """Make an axis logarithmic with ticks that read as multiples."""
    axis = axes.xaxis if which == "x" else axes.yaxis
    (axes.set_xscale if which == "x" else axes.set_yscale)("log")
    ticks = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500]
    low, high = axis.get_view_interval()
    axis.set_ticks([tick for tick in ticks if low <= tick <= high])
    axis.set_major_formatter(lambda tick, _: f"{tick:g}x")
    axis.set_minor_locator(matplotlib.ticker.NullLocator())


def published_against_recomputed(
    names: Sequence[str], published: Sequence[Value], recomputed: Sequence[Value], *, title: str, **contents: Any
) -> Shown:
    """Return the published and the recomputed ratios side by side on a log axis, one line a metric."""
    data = pd.DataFrame(
        {
            "metric": names,
            "published": [value.number for value in published],
            "recomputed": [value.number for value in recomputed],
        }
    )
    with canvas(height=0.5 * len(names) + 1.1) as (figure, axes):
        rows = np.arange(len(names))[::-1]
        axes.hlines(rows, data["published"], data["recomputed"], color=MUTED, linewidth=1.5, zorder=2)
        sns.scatterplot(
            x=data["published"], y=rows, ax=axes, marker="D", s=62, facecolor="white", edgecolor=PUBLISHED_COLOR,
            linewidth=1.8, zorder=3, label="published",
        )  # fmt: skip
        sns.scatterplot(x=data["recomputed"], y=rows, ax=axes, s=46, color=OUTPUT_COLOR, zorder=4, label="recomputed")
        for row, before, after in zip(rows, published, recomputed, strict=True):
            said = f"{before.show()} published, {after.show()} recomputed"
            axes.text(1.02, row, said, va="center", fontsize=8, color=MUTED, transform=axes.get_yaxis_transform())
        axes.set(xlim=(0.9, data[["published", "recomputed"]].max().max() * 1.4), ylim=(-0.6, len(names) - 0.2))
        axes.set_yticks(rows, list(names))
        axes.grid(visible=False, axis="y")
        axes.set(xlabel="ratio (log scale)", ylabel="")
        times_axis(axes)
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, frameon=False, borderaxespad=0, fontsize=8)
    pairs = zip(names, published, recomputed, strict=True)
    alt = "Published and recomputed ratios: " + "; ".join(
        f"{name} {before.show()} published, {after.show()} recomputed" for name, before, after in pairs
    )
    values = [*published, *recomputed]
    return drawn(figure, "published-against-recomputed", title, f"{alt}.", data, values=values, **contents)


def inputs_against_outputs(
    names: Sequence[str], ratios: Sequence[Value], are_inputs: Sequence[bool], *, title: str, **contents: Any
) -> Shown:
    """Return the ratios of input metrics and of output metrics as bars from 1x on a log axis."""
    data = pd.DataFrame(
        {
            "metric": names,
            "ratio": [value.number for value in ratios],
            "kind": ["input metric" if one else "output metric" for one in are_inputs],
        }
    )
    with canvas(height=0.46 * len(names) + 1.0) as (figure, axes):
        sns.barplot(
            data, x="ratio", y="metric", hue="kind", dodge=False, ax=axes, width=0.62,
            palette={"input metric": INPUT_COLOR, "output metric": OUTPUT_COLOR},
        )  # fmt: skip
        for row, value in enumerate(ratios):
            axes.annotate(
                value.show(), (value.number, row), (6, 0), textcoords="offset points", va="center", fontweight="bold"
            )
        axes.set(xlim=(min(0.9, data["ratio"].min() * 0.9), data["ratio"].max() * 2), xlabel="ratio (log scale)")
        axes.set_ylabel("")
        axes.grid(visible=False, axis="y")
        times_axis(axes)
        axes.axvline(1, color=INK, linewidth=1)
        sns.move_legend(axes, "lower left", bbox_to_anchor=(0, 1), ncols=2, frameon=False, title=None, fontsize=8)
    said = "; ".join(f"{name} ({row.kind}) {show_number(row.ratio, 3, 'times')}" for name, row in
                     zip(names, data.itertuples(), strict=True))  # fmt: skip
    return drawn(figure, "inputs-against-outputs", title, f"Bars of ratios: {said}.", data, values=ratios, **contents)
