"""Direct labels that do not cover one another: at their points where there is room, else in the margin."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.text import Annotation
from matplotlib.transforms import Bbox
from numpy.typing import NDArray

from analysis.exhibits.figure import lay_out
from analysis.exhibits.palette import INK, MUTED

SIZE = 8  # points
LINE_HEIGHT = 1.5  # of the size
_CLEAR = 2  # pixels about a label
_LETTER, _LEADER = 0.0092, 0.02  # of a figure's width: a letter of a label, and the line that leads to it
# Where a label may stand from its point: offset in points, and which of its sides is toward the point.
ANCHORS = {
    "upper right": ((5, 3), "left", "bottom"),
    "right": ((7, 0), "left", "center"),
    "above": ((0, 6), "center", "bottom"),
    "high above": ((0, 17), "center", "bottom"),
    "left": ((-7, 0), "right", "center"),
    "lower left": ((-5, -3), "right", "top"),
}


@dataclass(frozen=True)
class Label:
    """A text that belongs to a point of a plot."""

    x: float
    y: float
    text: str
    color: str = INK
    bold: bool = False
    leader: str = MUTED


def where_there_is_room(axes: Axes, labels: Sequence[Label], anchors: Sequence[str]) -> list[Label]:
    """Write labels beside their points, the first ones first, and return those for which there was no room.

    A label covers neither another one nor a line, and does not leave the axes.

    Args:
        axes: The plot, with its final scales and limits, laid out by `analysis.exhibits.figure.lay_out`.
        labels: What may be written, the most wanted first.
        anchors: Keys of `ANCHORS`: where a label may stand, in the order in which they are tried.
    """
    frame = axes.get_window_extent()
    drawn = np.concatenate([line.get_transform().transform(line.get_xydata()) for line in axes.lines])
    taken: list[Bbox] = []
    left_over = []
    for label in labels:
        for anchor in anchors:
            text = _written(axes, label, anchor)
            box = text.get_window_extent().padded(_CLEAR)
            inside = frame.x0 <= box.x0 and box.x1 <= frame.x1 and frame.y0 <= box.y0 and box.y1 <= frame.y1
            if inside and not box.count_contains(drawn) and not box.count_overlaps(taken):
                taken.append(box)
                break
            text.remove()
        else:
            left_over.append(label)
    return left_over


def keep_margin(figure: Figure, share: float) -> None:
    """Keep a share of a figure's width free at its right, for labels beside the axes."""
    engine = figure.get_layout_engine()
    assert isinstance(engine, ConstrainedLayoutEngine)
    engine.set(rect=(0, 0, 1 - share, 1))


def beside(axes: Axes, labels: Sequence[Label]) -> None:
    """Write labels in the right margin, in the order of their points' heights, each led to its point by a thin line.

    They take no room from the axes: `keep_margin` does.

    Args:
        axes: The plot, with its final scales and limits, laid out by `analysis.exhibits.figure.lay_out`.
        labels: What is written.
    """
    gap = SIZE * LINE_HEIGHT * axes.figure.dpi / 72 / axes.get_window_extent().height
    to_share = axes.transData + axes.transAxes.inverted()
    heights = np.array([to_share.transform((label.x, label.y))[1] for label in labels])
    order = np.argsort(heights, kind="stable")
    for place, height in zip(order, spaced(heights[order], gap), strict=True):
        label = labels[place]
        text = axes.annotate(
            label.text, (label.x, label.y), (1.03, height), xycoords="data", textcoords="axes fraction",
            va="center", fontsize=SIZE, color=label.color, fontweight=_weight(label), annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": label.leader, "linewidth": 0.7, "shrinkA": 1, "shrinkB": 1},
        )  # fmt: skip
        text.set_in_layout(False)


def label_ends(figure: Figure, ends: Sequence[tuple[Axes, Sequence[Label]]]) -> None:
    """Write labels beside axes that have their final limits, and keep as much room for them as the longest needs."""
    longest = max((len(label.text) for _, labels in ends for label in labels), default=0)
    keep_margin(figure, _LETTER * longest + _LEADER)
    lay_out(figure)
    for axes, labels in ends:
        beside(axes, labels)


def spaced(wanted: NDArray[np.float64], gap: float) -> NDArray[np.float64]:
    """Return rising heights at least a gap apart, each as near to the wanted one as its group allows.

    Neighbors that want to be nearer than the gap are spread evenly about their mean.
    """
    groups: list[list[float]] = []
    for height in wanted:
        groups.append([float(height)])
        while len(groups) > 1 and _spread(groups[-1], gap)[0] - _spread(groups[-2], gap)[-1] < gap:
            last = groups.pop()
            groups[-1] += last
    return np.concatenate([_spread(group, gap) for group in groups]) if groups else np.array([])


def _spread(group: Sequence[float], gap: float) -> NDArray[np.float64]:
    steps = np.arange(len(group), dtype=float) - (len(group) - 1) / 2
    heights: NDArray[np.float64] = float(np.mean(group)) + gap * steps
    return heights


def _written(axes: Axes, label: Label, anchor: str) -> Annotation:
    offset, horizontal, vertical = ANCHORS[anchor]
    return axes.annotate(
        label.text, (label.x, label.y), offset, textcoords="offset points", ha=horizontal, va=vertical,
        fontsize=SIZE, color=label.color, fontweight=_weight(label), zorder=7,
    )  # fmt: skip


def _weight(label: Label) -> str:
    return "bold" if label.bold else "normal"
