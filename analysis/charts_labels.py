"""Direct labels that do not cover one another: in the margin beside the ends of lines, or on the points with room."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts import INK, MUTED

SIZE = 8  # points
LINE_HEIGHT = 1.5  # of the size


@dataclass(frozen=True)
class Label:
    """A text that belongs to a point of a plot.

    Attributes:
        x: Of the point.
        y: Of the point.
        text: What it says.
        color: Of the text.
        bold: Whether it stands out.
    """

    x: float
    y: float
    text: str
    color: str = INK
    bold: bool = False


def beside(figure: Figure, axes: Axes, labels: Sequence[Label]) -> None:
    """Write labels in the right margin, in the order of their points' heights, each led to its point by a thin line.

    The axes must have their final scales and limits.
    """
    figure.draw_without_rendering()
    height = axes.get_window_extent().height
    gap = SIZE * LINE_HEIGHT * figure.dpi / 72 / height
    to_share = axes.transData + axes.transAxes.inverted()
    ordered = sorted(labels, key=lambda label: float(to_share.transform((label.x, label.y))[1]))
    wanted = np.array([to_share.transform((label.x, label.y))[1] for label in ordered])
    for label, share in zip(ordered, spaced(wanted, gap), strict=True):
        axes.annotate(
            label.text, (label.x, label.y), (1.03, share), xycoords="data", textcoords="axes fraction",
            va="center", fontsize=SIZE, color=label.color, fontweight="bold" if label.bold else "normal",
            arrowprops={"arrowstyle": "-", "color": MUTED, "linewidth": 0.5, "shrinkA": 1, "shrinkB": 1},
            annotation_clip=False,
        )  # fmt: skip


def spaced(wanted: Sequence[float] | np.ndarray, gap: float) -> np.ndarray:
    """Return heights at least a gap apart, in the same order, each as near to the wanted one as its group allows.

    Neighbors that want to be nearer than the gap are spread evenly about their mean.

    Args:
        wanted: Rising heights.
        gap: Least distance between neighbors.
    """
    groups = [[height] for height in wanted]
    merged = True
    while merged:
        merged = False
        for place in range(len(groups) - 1):
            (_, top), (bottom, _) = _reach(groups[place], gap), _reach(groups[place + 1], gap)
            if bottom - top < gap * (1 - 1e-9):
                groups[place : place + 2] = [groups[place] + groups[place + 1]]
                merged = True
                break
    return np.concatenate([np.linspace(*_reach(group, gap), len(group)) for group in groups] or [np.array([])])


def _reach(group: Sequence[float], gap: float) -> tuple[float, float]:
    center, half = float(np.mean(group)), gap * (len(group) - 1) / 2
    return center - half, center + half


def where_there_is_room(figure: Figure, axes: Axes, labels: Sequence[Label]) -> int:
    """Write labels to the upper right of their points, the first ones first, as far as none covers another.

    Returns how many were written. The axes must have their final scales and limits.
    """
    figure.draw_without_rendering()
    frame = axes.get_window_extent()
    taken: list[Bbox] = []
    for label in labels:
        text = axes.annotate(
            label.text, (label.x, label.y), (4, 3), textcoords="offset points", fontsize=SIZE, color=label.color,
            fontweight="bold" if label.bold else "normal",
        )  # fmt: skip
        box = text.get_window_extent()
        if frame.x0 <= box.x0 and box.x1 <= frame.x1 and box.y1 <= frame.y1 and not box.count_overlaps(taken):
            taken.append(box)
        else:
            text.remove()
    return len(taken)
