"""Figures of what one change of a serving stack gains at equal interactivity, along the range."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.exhibits.figure import LOWER, UPPER, bracket_band, canvas, drawn, times_axis
from analysis.exhibits.labels import Label, label_ends
from analysis.exhibits.palette import INK, PUBLISHED_COLOR, color
from analysis.exhibits.statements import Shown
from analysis.studies.attribution.gains import Gain
from analysis.studies.attribution.points import Point
from analysis.studies.attribution.steps import FEATURES, in_words

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
