"""Figures of published claims: printed beside recomputed, inputs beside outputs."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import seaborn as sns

from analysis.comparison.head_to_head import HeadToHead
from analysis.comparison.metrics import METRICS
from analysis.exhibits.figure import canvas, drawn, times_axis
from analysis.exhibits.palette import INK, INPUT_COLOR, MUTED, OUTPUT_COLOR, PUBLISHED_COLOR
from analysis.exhibits.statements import Shown
from analysis.library.quantities import quantity
from analysis.library.quantities import show as show_number
from analysis.studies.claims.claim import Claim
from analysis.studies.claims.judgment import Judgment


def published_and_recomputed(judgments: Sequence[Judgment]) -> Shown | None:
    """Return published and recomputed ratios side by side on a log axis, a metric a line; None: there are none."""
    judged = [
        (judgment.claim, judgment.recomputed)
        for judgment in judgments
        if judgment.recomputed is not None and _is_of_the_table(judgment.claim)
    ]
    if not judged:
        return None
    names = [quantity(claim.quantity).title for claim, _ in judged]
    published, recomputed = [claim.value for claim, _ in judged], [value for _, value in judged]
    data = pd.DataFrame(
        {
            "metric": names,
            "published": [value.number for value in published],
            "recomputed": [value.number for value in recomputed],
        }
    )
    with canvas(height=0.36 * len(names) + 1.1) as (figure, axes):
        rows = np.arange(len(names))[::-1]
        axes.hlines(rows, data["published"], data["recomputed"], color=MUTED, linewidth=1.5, zorder=2)
        sns.scatterplot(
            x=data["published"], y=rows, ax=axes, marker="D", s=62, facecolor="white", edgecolor=PUBLISHED_COLOR,
            linewidth=1.8, zorder=3, label="published",
        )  # fmt: skip
        sns.scatterplot(x=data["recomputed"], y=rows, ax=axes, s=46, color=OUTPUT_COLOR, zorder=4, label="recomputed")
        for row, before, after in zip(rows, published, recomputed, strict=True):
            words = f"{before.show()} published, {after.show()} recomputed"
            axes.text(1.02, row, words, va="center", fontsize=8, color=MUTED, transform=axes.get_yaxis_transform())
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
    title = "The published ratios, and what the measured rows give for them."
    values = [*published, *recomputed]
    return drawn(figure, "published-against-recomputed", title, f"{alt}.", data, values=values)


def inputs_against_outputs(pair: HeadToHead) -> Shown:
    """Return the ratios of input metrics and of output metrics as bars from 1x on a log axis."""
    ratios = [pair.ratio(key) for key in pair.metrics]
    names = [quantity(key).title for key in pair.metrics]
    data = pd.DataFrame(
        {
            "metric": names,
            "ratio": [value.number for value in ratios],
            "kind": ["output metric" if METRICS[key].is_served else "input metric" for key in pair.metrics],
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
    bars = "; ".join(f"{name} ({row.kind}) {show_number(row.ratio, 3, 'times')}" for name, row in
                     zip(names, data.itertuples(), strict=True))  # fmt: skip
    note = "Cost per million tokens is the ratio of {baseline} to {subject}."
    alt = f"Bars of ratios: {bars}."
    title = "Input metrics and output metrics tell different stories: {subject} over {baseline}."
    return drawn(figure, "inputs-against-outputs", title, alt, data, note=note, values=ratios, **pair.names)


def _is_of_the_table(claim: Claim) -> bool:
    """Whether it is a ratio that the published table prints or implies."""
    return (claim.is_ratio and claim.group == "table") or claim.id in ("price-ratio", "flops-ratio")
