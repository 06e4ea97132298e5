"""Axes of the study's figures: multiples and dollars on log scales, and labels at the ends of lines."""

from collections.abc import Sequence

import matplotlib.ticker
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.exhibits.figure import plain_ticks
from analysis.exhibits.labels import Label, beside, keep_margin

_LETTER, _LEADER = 0.0092, 0.02  # of a figure's width: a letter of a label, and the line that leads to it


def multiples(axes: Axes, which: str) -> None:
    """Make an axis logarithmic, with ticks at one, two and five times powers of ten that read as multiples."""
    axis = axes.xaxis if which == "x" else axes.yaxis
    (axes.set_xscale if which == "x" else axes.set_yscale)("log")
    axis.set_major_locator(matplotlib.ticker.LogLocator(subs=(1, 2, 5)))
    axis.set_major_formatter(lambda tick, _: f"{tick:g}x")
    axis.set_minor_locator(matplotlib.ticker.NullLocator())


def dollars(axes: Axes) -> None:
    """Give a logarithmic y axis ticks at one, two and five times powers of ten that read as dollars."""
    axes.yaxis.set_major_locator(matplotlib.ticker.LogLocator(subs=(1, 2, 5)))
    axes.yaxis.set_minor_locator(matplotlib.ticker.NullLocator())
    plain_ticks(axes, "$")


def label_ends(figure: Figure, ends: Sequence[tuple[Axes, Sequence[Label]]]) -> None:
    """Write labels beside axes that have their final limits, and keep as much room for them as the longest needs."""
    longest = max((len(label.text) for _, labels in ends for label in labels), default=0)
    keep_margin(figure, _LETTER * longest + _LEADER)
    figure.draw_without_rendering()
    for axes, labels in ends:
        beside(axes, labels)
