"""What a figure shows, in words: its axes with their scales and ticks, and what is drawn in them."""

from collections.abc import Iterable, Iterator

from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure

from tests.published import artists
from tests.published.rounded import rounded, several


def drawing(figure: Figure) -> str:
    """Return what a figure shows, line by line, once it is laid out."""
    figure.draw_without_rendering()
    return "\n".join(_figure(figure)) + "\n"


def _figure(figure: Figure) -> Iterator[str]:
    yield f"{several(figure.get_size_inches())} inches on {artists.color(figure.get_facecolor())}"
    yield from (artists.text(one, figure) for one in figure.texts)
    for one in figure.legends:
        yield from artists.legend(one, figure)
    for one in figure.axes:
        yield from _axes(one)


def _axes(axes: Axes) -> Iterator[str]:
    spines = [
        f"{name} {artists.color(one.get_edgecolor())} {rounded(one.get_linewidth(), 3)}"
        for name, one in axes.spines.items()
        if one.get_visible()
    ]
    place = f"{artists.box(axes.get_position())} on {artists.color(axes.get_facecolor())}"
    yield f"axes {place}; spines: {', '.join(spines) or 'none'}{artists.hidden(axes)}"
    yield from _indented(_within(axes))


def _within(axes: Axes) -> Iterator[str]:
    for one in (axes._left_title, axes.title, axes._right_title):
        if one.get_text():
            yield f"title {artists.words(one)}"
    yield from _axis(axes.xaxis)
    yield from _axis(axes.yaxis)
    for one in axes.lines:
        yield from artists.line(one, axes)
    for one in axes.collections:
        yield from artists.collection(one, axes)
    yield from (artists.patch(one) for one in axes.patches)
    yield from (artists.text(one, axes) for one in axes.texts)
    if axes.get_legend():
        yield from artists.legend(axes.get_legend(), axes.figure)
    others = [*axes.images, *axes.tables, *axes.artists, *axes.child_axes]
    assert not others, f"{others}: of these a drawing does not tell yet"


def _axis(axis: Axis) -> Iterator[str]:
    low, high = sorted(axis.get_view_interval())
    turned = ", inverted" if axis.get_inverted() else ""
    yield f"{axis.axis_name} {axis.get_scale()} from {several((low, high))}{turned}{artists.hidden(axis)}"
    if axis.label.get_text():
        yield f"  label {artists.words(axis.label)}"
    for which, minor in (("major", False), ("minor", True)):
        within = [tick for tick in axis.get_ticklocs(minor=minor) if low <= tick <= high]
        if within:
            formatter = axis.get_minor_formatter() if minor else axis.get_major_formatter()
            labels = zip(within, formatter.format_ticks(within), strict=True)
            yield f"  {which} ticks {_ticks(axis, minor)}"
            yield "    " + "; ".join(f"{rounded(tick, 4)} {label!r}" for tick, label in labels)


def _ticks(axis: Axis, minor: bool) -> str:
    """How the first tick looks, as all others do."""
    tick = (axis.get_minor_ticks if minor else axis.get_major_ticks)()[0]
    sides = ("bottom", "top") if axis.axis_name == "x" else ("left", "right")
    marks = [side for side, one in zip(sides, (tick.tick1line, tick.tick2line), strict=True) if one.get_visible()]
    labels = [side for side, one in zip(sides, (tick.label1, tick.label2), strict=True) if one.get_visible()]
    looks = tick.label1
    turned = f"turned {rounded(looks.get_rotation(), 3)} {looks.get_ha()} {looks.get_va()}"
    return (
        f"marked {' '.join(marks) or 'nowhere'}, labels {' '.join(labels) or 'nowhere'}"
        f" {rounded(looks.get_fontsize(), 3)} pt {artists.color(looks.get_color())} {turned};"
        f" grid {artists.stroke(tick.gridline) if tick.gridline.get_visible() else 'none'}"
    )


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"  {one}" for one in lines)
