"""Figures of what one change gains at equal interactivity, and of what it does to accuracy."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.comparison.proportions import Finding
from analysis.exhibits import GRID, INK, MUTED, PUBLISHED_COLOR, canvas, color, drawn
from analysis.exhibits.labels import Label
from analysis.exhibits.statements import Cell, Shown
from analysis.library.values import Value
from analysis.studies.attribution.accuracy import Difference
from analysis.studies.attribution.charts.attribution import label_ends, multiples
from analysis.studies.attribution.gains import Gain
from analysis.studies.attribution.serving import FEATURES, said

DASHES = {"TensorRT-LLM": "-", "SGLang": (0, (4, 1.5)), "ATOM": (0, (1, 1.2)), "vLLM": (0, (5, 1, 1, 1))}
_PLACES = 300
_WIDEST = 5.5  # percentage points to which the axis of accuracy is cut; what lies outside is told by an arrow


def gain_curves(
    name: str,
    gains: Sequence[Gain],
    panels: str,
    at: Value,
    chosen: Collection[str],
    *,
    title: str,
    note: str = "",
    **contents: Cell,
) -> Shown:
    """Return gains against interactivity on a log axis, one line a platform and engine.

    Args:
        name: Short name of the figure.
        gains: The gains.
        panels: The field of `Stack` by whose values the figure is divided into panels.
        at: Interactivity that is marked, in tok/s/user.
        chosen: Keys of the platforms whose lines are drawn strong and labeled.
        title: The message, with `{name}` places for contents.
        note: How to read it.
        **contents: Values and texts of title and note.
    """
    found = list(dict.fromkeys(getattr(gain.after, panels) for gain in gains))
    tables = [_table(gain) for gain in gains]
    with canvas(height=0.5 + 2.7 * len(found), nrows=len(found), sharex=True, squeeze=False) as (figure, grid):
        for value, axes in zip(found, grid[:, 0], strict=True):
            for gain, table in zip(gains, tables, strict=True):
                if getattr(gain.after, panels) == value:
                    strong = gain.after.hardware in chosen
                    axes.plot(
                        table["interactivity"], table["gain"], color=color(gain.platform),
                        linestyle=DASHES.get(gain.after.engine, "-"), linewidth=2.2 if strong else 0.9,
                        alpha=1.0 if strong else 0.7, zorder=3 if strong else 2,
                    )  # fmt: skip
            axes.axhline(1, color=INK, linewidth=1)
            axes.axvline(at.number, color=PUBLISHED_COLOR, linewidth=0.8, linestyle=":")
            multiples(axes, "y")
            axes.set(xlabel="interactivity (tok/s/user)", ylabel=f"{said(panels, value)}\ngain (log scale)")
        lines = [pair for pair in zip(gains, tables, strict=True) if pair[0].after.hardware in chosen]
        ends = [_ends([pair for pair in lines if getattr(pair[0].after, panels) == value]) for value in found]
        label_ends(figure, list(zip(grid[:, 0], ends, strict=True)))
    alt = f"Lines of the gain against interactivity, log scale, by platform; marked: {at.show()} tok/s/user."
    data = pd.concat(tables, ignore_index=True)
    return drawn(figure, name, title, alt, data, note=note, values=[at], **contents)


def accuracy_differences(
    name: str,
    differences: Sequence[Difference],
    names: Mapping[str, str],
    margin: Value,
    *,
    title: str,
    note: str = "",
    **contents: Cell,
) -> Shown:
    """Return differences of accuracy with their intervals, and the margin of equivalence as a band.

    Args:
        name: Short name of the figure.
        differences: In percentage points.
        names: Of the platforms, by key.
        margin: Of equivalence, in percentage points.
        title: The message, with `{name}` places for contents.
        note: How to read it.
        **contents: Values and texts of title and note.
    """
    labels = [f"{names[one.hardware]}, {one.framework}, {one.rest.upper()}" for one in differences]
    labels = [label.replace("NONE", "no MTP") for label in labels]
    data = pd.DataFrame(
        {
            "stack": labels,
            "before": [one.ends[0].number for one in differences],
            "after": [one.ends[1].number for one in differences],
            "difference": [one.value.number for one in differences],
            "low": [one.low.number for one in differences],
            "high": [one.high.number for one in differences],
            "p_value_of_equivalence": [one.p_value.number for one in differences],
            "finding": [str(one.finding) for one in differences],
        }
    )
    with canvas(height=0.22 * len(data) + 0.9) as (figure, axes):
        axes.axvspan(-margin.number, margin.number, color=GRID, alpha=0.6, linewidth=0)
        axes.axvline(0, color=INK, linewidth=1)
        for place, one in enumerate(differences):
            _interval(axes, place, one)
        axes.set(xlim=(-_WIDEST, _WIDEST), ylim=(len(data) - 0.4, -0.6))
        axes.set_xlabel("difference of accuracy (percentage points), with its interval")
        axes.set_yticks(range(len(data)), labels, fontsize=8)
        axes.grid(visible=False, axis="y")
    alt = "Differences of accuracy with their intervals, one a stack, beside a band of equivalence about zero."
    return drawn(figure, name, title, alt, data, note=note, values=(), **contents)


def _table(gain: Gain) -> pd.DataFrame:
    curves = [gain.stacks.curve_of(stack) for stack in (gain.before, gain.after)]
    places = np.linspace(
        max(curve.low for curve in curves if curve), min(curve.high for curve in curves if curve), _PLACES
    )
    return pd.DataFrame(
        {
            "platform": gain.platform.name,
            "same_on_both_sides": gain.common,
            "interactivity": places,
            "gain": gain(places),
        }
    )


def _ends(lines: Sequence[tuple[Gain, pd.DataFrame]]) -> list[Label]:
    """Label the ends of lines by platform and engine, and by what else tells lines of equal names apart."""
    names = [f"{table['platform'].iloc[0]}, {gain.after.engine}" for gain, table in lines]
    labels = []
    for (gain, table), name in zip(lines, names, strict=True):
        served = table.dropna()
        if len(served):
            same = [one for (one, _), other in zip(lines, names, strict=True) if other == name]
            told_apart = [
                said(feature, getattr(gain.after, feature))
                for feature in FEATURES
                if feature != gain.feature and len({getattr(one.after, feature) for one in same}) > 1
            ]
            last = served.iloc[-1]
            labels.append(Label(last["interactivity"], last["gain"], ", ".join([name, *told_apart])))
    return labels


def _interval(axes: Axes, place: int, one: Difference) -> None:
    tone = PUBLISHED_COLOR if one.finding in (Finding.LOWER, Finding.HIGHER) else INK
    if abs(one.value.number) > _WIDEST:
        side = np.sign(one.value.number)
        axes.annotate(
            "", (side * _WIDEST, place), (side * (_WIDEST - 0.5), place),
            arrowprops={"arrowstyle": "->", "color": tone},
        )  # fmt: skip
        axes.text(side * (_WIDEST - 0.6), place, one.value.show(), color=tone, va="center", fontsize=8,
                  ha="right" if side > 0 else "left")  # fmt: skip
        return
    axes.plot([one.low.number, one.high.number], [place, place], color=tone, linewidth=1.4)
    filled = tone if one.finding is not Finding.OPEN else "white"
    axes.plot(one.value.number, place, "o", markersize=5, mfc=filled, mec=tone if tone != INK else MUTED)
