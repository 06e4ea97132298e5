"""Figures along the range of interactivity: what a ratio is made of, and what one change of a stack gains."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.exhibits.figure import LOWER, UPPER, bracket_band, canvas, drawn, times_axis
from analysis.exhibits.labels import Label, label_ends
from analysis.exhibits.palette import INK, PUBLISHED_COLOR, color
from analysis.exhibits.statements import Shown
from analysis.frontier.crossings import ratio_bracket
from analysis.library.values import Value
from analysis.studies.attribution.gains import Gain
from analysis.studies.attribution.orders import along
from analysis.studies.attribution.points import Point
from analysis.studies.attribution.steps import FEATURES, KINDS, in_words

DASHES = {"TensorRT-LLM": "-", "SGLang": (0, (4, 1.5)), "ATOM": (0, (1, 1.2)), "vLLM": (0, (5, 1, 1, 1))}
_PLACES = 300
_LINES = (
    "Strong lines are the platforms compared, tinted where the rows put them, thin lines the others. Dashes: SGLang"
)
_CAPTIONS = {
    "precision": (
        "fp4-gain",
        "speculative_decoding",
        "FP4 over FP8 at equal interactivity, {lengths}.",
        f"{_LINES}; dots: ATOM. A gain far above the others compares with a stack near the end of its reach.",
    ),
    "speculative_decoding": (
        "mtp-gain",
        "precision",
        "MTP over no MTP at equal interactivity, {lengths}.",
        f"{_LINES}; dots: ATOM. A line that climbs toward its end compares with a stack at the end of its reach.",
    ),
    "disaggregated": (
        "disaggregated-gain",
        "speculative_decoding",
        "Disaggregated over aggregated serving at equal interactivity, {lengths}.",
        f"{_LINES}.",
    ),
}
"""Of a change: the figure's name, the field of `Stack` that divides it into panels, its message, how to read it."""


def gains(point: Point, pairs: Sequence[Gain]) -> Shown | None:
    """Return what a change gains along the range on a log axis, a line a platform and engine; None without any."""
    if not pairs:
        return None
    name, panels, title, note = _CAPTIONS[pairs[0].feature]
    at, chosen = point.at, point.platforms
    features = list(dict.fromkeys(getattr(gain.after, panels) for gain in pairs))
    tables = [_table(gain) for gain in pairs]
    with canvas(height=0.5 + 2.1 * len(features), nrows=len(features), sharex=True, squeeze=False) as (figure, grid):
        for value, axes in zip(features, grid[:, 0], strict=True):
            for gain, table in zip(pairs, tables, strict=True):
                if getattr(gain.after, panels) == value:
                    strong = gain.after.hardware in chosen
                    axes.plot(
                        table["interactivity"], table["gain"], color=color(gain.platform),
                        linestyle=DASHES.get(gain.after.engine, "-"), linewidth=2.2 if strong else 0.9,
                        alpha=1.0 if strong else 0.7, zorder=3 if strong else 2,
                    )  # fmt: skip
                    if strong:
                        places, low, high = (table[column] for column in ("interactivity", LOWER, UPPER))
                        bracket_band(axes, places, low, high, color(gain.platform))
            axes.axhline(1, color=INK, linewidth=1)
            axes.axvline(at.number, color=PUBLISHED_COLOR, linewidth=0.8, linestyle=":")
            times_axis(axes, "y")
            axes.set(xlabel="interactivity (tok/s/user)", ylabel=f"{in_words(panels, value)}\ngain (log scale)")
        lines = [pair for pair in zip(pairs, tables, strict=True) if pair[0].after.hardware in chosen]
        ends = [_ends([pair for pair in lines if getattr(pair[0].after, panels) == value]) for value in features]
        label_ends(figure, list(zip(grid[:, 0], ends, strict=True)))
    alt = f"Lines of the gain against interactivity, log scale, by platform; marked: {at.show()} tok/s/user."
    data = pd.concat(tables, ignore_index=True)
    return drawn(figure, name, title, alt, data, note=note, values=[at], lengths=point.workload)


def _table(gain: Gain) -> pd.DataFrame:
    curves = [gain.stacks.curve_of(stack) for stack in (gain.before, gain.after)]
    places = np.linspace(
        max(curve.low for curve in curves if curve), min(curve.high for curve in curves if curve), _PLACES
    )
    low, high = gain.bracket(places)
    return pd.DataFrame(
        {
            "platform": gain.platform.name,
            "same_on_both_sides": gain.common,
            "interactivity": places,
            "gain": gain(places),
            LOWER: low,
            UPPER: high,
        }
    )


def _ends(lines: Sequence[tuple[Gain, pd.DataFrame]]) -> list[Label]:
    """Label the ends of lines by platform and engine, and by what else tells lines of equal names apart."""
    names = [f"{table['platform'].iloc[0]}, {gain.after.engine}" for gain, table in lines]
    labels = []
    for (gain, table), name in zip(lines, names, strict=True):
        served = table.dropna()
        if len(served):
            same = [other.after for (other, _), other_name in zip(lines, names, strict=True) if other_name == name]
            told_apart = [
                in_words(feature, getattr(gain.after, feature))
                for feature in FEATURES
                if feature != gain.feature and len({getattr(stack, feature) for stack in same}) > 1
            ]
            last = served.iloc[-1]
            labels.append(Label(last["interactivity"], last["gain"], ", ".join([name, *told_apart])))
    return labels


KIND_COLORS = dict(
    zip(KINDS, ("#2a6c98", "#8fc1dd", "#c2410c", "#e3a23b", "#4f8a5b", "#8d6aa8", "#8a94a3", "#c9cfd6"), strict=True)
)
_AREA_PLACES = 500


def factors(points: Sequence[Point]) -> Shown:
    """Return the factors of the ratio of two platforms as stacked areas, a panel a workload, its point marked.

    Factors above one are stacked upward from 1x in the order of `KINDS`, those below one downward; the line is their
    product.
    """
    tables = [_areas_table(point) for point in points]
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


def _areas_table(point: Point) -> pd.DataFrame:
    baseline, subject = point.platforms
    before, after = (point.stacks.curve(key) for key in (baseline, subject))
    curves = [curve for curve in (before, after) if curve]
    grid = np.linspace(min(curve.low for curve in curves), max(curve.high for curve in curves), _AREA_PLACES)
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
