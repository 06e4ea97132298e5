"""Figures of what a change of precision or of decoding does to accuracy."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.comparison.proportions import Finding
from analysis.exhibits.figure import canvas, drawn
from analysis.exhibits.palette import GRID, INK, MUTED, PUBLISHED_COLOR
from analysis.exhibits.statements import Shown
from analysis.library.choices import choice
from analysis.library.sources import Library
from analysis.studies.attribution.accuracy import Difference

_WIDEST = 5.5  # percentage points to which the axis is cut; what lies outside is told by an arrow
_COLUMNS = ["stack", "before", "after", "difference", "low", "high", "p_value_of_equivalence", "finding"]


def precision(library: Library, differences: Sequence[Difference]) -> Shown | None:
    """Return how the accuracy in FP4 differs from that in FP8."""
    title = "Accuracy in FP4 less accuracy in FP8 on GSM8K, with intervals at {confidence:2} confidence."
    return _differences("fp4-accuracy", library, differences, title)


def decoding(library: Library, differences: Sequence[Difference]) -> Shown | None:
    """Return how the accuracy with MTP differs from that without."""
    title = "Accuracy with MTP less accuracy without on GSM8K, with intervals at {confidence:2} confidence."
    return _differences("mtp-accuracy", library, differences, title)


def _differences(name: str, library: Library, differences: Sequence[Difference], title: str) -> Shown | None:
    """Return differences of accuracy with their intervals, and the margin of equivalence; None without any."""
    margin = choice("equivalence_margin", "accuracy")
    differences = [difference for difference in differences if difference.finding is not Finding.APART]
    if not differences:
        return None
    data = pd.DataFrame([_row(library, difference) for difference in differences], columns=_COLUMNS)
    with canvas(height=0.19 * len(data) + 0.8) as (figure, axes):
        axes.axvspan(-margin.number, margin.number, color=GRID, alpha=0.6, linewidth=0)
        axes.axvline(0, color=INK, linewidth=1)
        for place, difference in enumerate(differences):
            _interval(axes, place, difference)
        axes.set(xlim=(-_WIDEST, _WIDEST), ylim=(len(data) - 0.4, -0.6))
        axes.set_xlabel("difference of accuracy (percentage points), with its interval")
        axes.set_yticks(range(len(data)), data["stack"], fontsize=8)
        axes.grid(visible=False, axis="y")
    return drawn(
        figure,
        name,
        title,
        "Differences of accuracy with their intervals, one a stack, beside a band of equivalence about zero.",
        data,
        note="Band: within {within} percentage point, of the same questions asked again. Filled: equivalent. Open: "
        "not decided. An arrow points to a difference beyond the axis. Stacks whose evaluations disagree are left "
        "out.",
        confidence=choice("confidence", "accuracy"),
        within=margin,
    )


def _row(library: Library, difference: Difference) -> tuple[str | float, ...]:
    before, after = difference.ends
    features = difference.rest.upper().replace("NONE", "no MTP")
    values = (before, after, difference.value, difference.low, difference.high, difference.p_value)
    return (
        f"{library.platform(difference.hardware).name}, {difference.framework}, {features}",
        *(value.number for value in values),
        str(difference.finding),
    )


def _interval(axes: Axes, place: int, difference: Difference) -> None:
    tone = PUBLISHED_COLOR if difference.finding in (Finding.LOWER, Finding.HIGHER) else INK
    if abs(difference.value.number) > _WIDEST:
        side = np.sign(difference.value.number)
        axes.annotate(
            "", (side * _WIDEST, place), (side * (_WIDEST - 0.5), place),
            arrowprops={"arrowstyle": "->", "color": tone},
        )  # fmt: skip
        axes.text(side * (_WIDEST - 0.6), place, difference.value.show(), color=tone, va="center", fontsize=8,
                  ha="right" if side > 0 else "left")  # fmt: skip
        return
    axes.plot([difference.low.number, difference.high.number], [place, place], color=tone, linewidth=1.4)
    filled = tone if difference.finding is not Finding.OPEN else "white"
    axes.plot(difference.value.number, place, "o", markersize=5, mfc=filled, mec=tone if tone != INK else MUTED)
