"""What is drawn within axes, in words: texts, lines, collections of shapes, patches and legends."""

from collections.abc import Iterator, Sequence

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import Collection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Annotation, Text
from matplotlib.transforms import Bbox

from tests.published.rounded import MOST, places, rounded, several, thinned

DIGITS = 4  # significant ones of a coordinate


def text(one: Text, within: Axes | Figure) -> str:
    """A text with its looks, its place and, where it belongs to a point, which one."""
    if not isinstance(one, Annotation):
        return f"{words(one)}; at {several(one.get_position(), 3)} in {coordinates(one, within)}{_order(one)}"
    place = (
        f"{several(one.xyann, 3)} in {_named(one.anncoords)} of {several(one.xy, DIGITS)} in {_named(one.xycoords)}"
    )
    arrow = f"; arrow {patch(one.arrow_patch)}" if one.arrow_patch else ""
    return f"{words(one)}; at {place}{_order(one)}{arrow}"


def words(one: Text) -> str:
    """A text with its looks."""
    style = "" if one.get_fontstyle() == "normal" else f" {one.get_fontstyle()}"
    frame = f"; in {patch(one.get_bbox_patch())}" if one.get_bbox_patch() else ""
    return (
        f"{one.get_text()!r} {rounded(one.get_fontsize(), 3)} pt {one.get_fontweight()}{style}"
        f" {color(one.get_color())}{_alpha(one)} {one.get_ha()} {one.get_va()}"
        f" turned {rounded(one.get_rotation(), 3)}{frame}"
    )


def line(one: Line2D, axes: Axes) -> Iterator[str]:
    """A line with its looks and its points."""
    yield f"line {one.get_label()!r} in {coordinates(one, axes)}: {stroke(one)}{marker(one)}{_order(one)}"
    yield f"  {points(np.column_stack(one.get_data(orig=False)).astype(float))}"


def stroke(one: Line2D) -> str:
    """Color, width and style of a line."""
    return f"{color(one.get_color())}{_alpha(one)} {rounded(one.get_linewidth(), 3)} wide {one.get_linestyle()!r}"


def marker(one: Line2D) -> str:
    """The markers of a line, if it has any."""
    if one.get_marker() in ("None", "", " ", None):
        return ""
    edge, width = color(one.get_markeredgecolor()), rounded(one.get_markeredgewidth(), 3)
    return (
        f", markers {one.get_marker()!r} of {rounded(one.get_markersize(), 3)},"
        f" {color(one.get_markerfacecolor())} with an edge of {edge} {width}"
    )


def collection(one: Collection, axes: Axes) -> Iterator[str]:
    """Shapes of one kind: their looks, then where they stand and what form they have."""
    looks = {
        "face": [color(each) for each in one.get_facecolor()],
        "edge": [color(each) for each in one.get_edgecolor()],
        "widths": [rounded(each, 3) for each in np.atleast_1d(one.get_linewidth())],
        "sizes": [rounded(each) for each in one.get_sizes()] if hasattr(one, "get_sizes") else [],
    }
    said = "; ".join(f"{name} {' '.join(_runs(each))}" for name, each in looks.items() if each)
    hatch = f"; hatch {one.get_hatch()!r}" if one.get_hatch() else ""
    kind = type(one).__name__
    yield f"{kind} {one.get_label()!r} in {coordinates(one, axes)}: {said}{hatch}{_alpha(one)}{_order(one)}"
    if len(one.get_offsets()) > 1 or np.any(one.get_offsets()):
        yield f"  {points(np.asarray(one.get_offsets(), dtype=float))}"
    for path in [] if hasattr(one, "get_sizes") and len(one.get_sizes()) else thinned(one.get_paths()):
        yield f"  path of {points(path.vertices)}"


def patch(one: Patch) -> str:
    """A shape with its bounds and its looks."""
    bounds = one.get_path().transformed(one.get_patch_transform()).get_extents()
    arrow = f" {type(one.get_arrowstyle()).__name__}" if hasattr(one, "get_arrowstyle") else ""
    at = "" if arrow else f" {box(bounds, DIGITS)}"
    label = f" {one.get_label()!r}" if one.get_label() else ""
    hatch = f"; hatch {one.get_hatch()!r}" if one.get_hatch() else ""
    edge = f"{color(one.get_edgecolor())} {rounded(one.get_linewidth(), 3)} wide {one.get_linestyle()!r}"
    face = color(one.get_facecolor()) if one.get_fill() else "not filled"
    return f"{type(one).__name__}{arrow}{label}{at}: {face}, edge {edge}{hatch}{_alpha(one)}{_order(one)}"


def legend(one: Legend, within: Figure) -> Iterator[str]:
    """A legend: where it stands, its title and its entries."""
    extent = one.get_window_extent().transformed(within.transFigure.inverted())
    frame = "framed" if one.get_frame_on() else "no frame"
    title = one.get_title()
    said = f", title {title.get_text()!r} {rounded(title.get_fontsize(), 3)} pt" if title.get_text() else ""
    yield f"legend at {box(extent)} of the figure; {one._ncols} columns, {frame}{said}{_order(one)}"
    for each, handle in zip(one.get_texts(), one.legend_handles, strict=True):
        looks = f"{each.get_text()!r} {rounded(each.get_fontsize(), 3)} pt {color(each.get_color())}"
        yield f"  {looks}: {_handle(handle)}"


def _handle(one: Artist) -> str:
    if isinstance(one, Line2D):
        return stroke(one) + marker(one)
    if isinstance(one, Patch):
        return patch(one)
    return " ".join(_runs([color(each) for each in [*one.get_facecolor(), *one.get_edgecolor()]]))


def coordinates(one: Artist, within: Axes | Figure) -> str:
    """In whose coordinates something stands."""
    known = {"figure": within.transFigure} if isinstance(within, Figure) else {
        "data": within.transData,
        "axes": within.transAxes,
        "data by axes": within.get_xaxis_transform(),
        "axes by data": within.get_yaxis_transform(),
    }  # fmt: skip
    return next((name for name, transform in known.items() if one.get_transform() == transform), "its own")


def _named(system: object) -> str:
    return system if isinstance(system, str) else type(system).__name__


def points(found: np.ndarray) -> str:
    """Points, of many an even choice."""
    listed = "; ".join(several(point, DIGITS) for point in thinned(found))
    about = f" about {several(np.nanmean(found, axis=0), DIGITS)}" if len(found) > MOST else ""
    return f"{len(found)} points{about}: {listed}"


def box(bounds: Bbox, digits: int | None = None) -> str:
    """Two corners, with so many significant digits or else two after the point."""
    found = several(bounds.extents, digits) if digits else " ".join(places(one) for one in bounds.extents)
    return f"[{found}]"


def color(found: object) -> str:
    """A color as hexadecimal digits with its opacity, where it is not full."""
    if isinstance(found, str) and found.lower() == "none":
        return "none"
    return to_hex(found, keep_alpha=True).removesuffix("ff")


def hidden(one: Artist) -> str:
    """Says of what is not visible that it is not."""
    return "" if one.get_visible() else ", hidden"


def _alpha(one: Artist) -> str:
    return "" if one.get_alpha() is None else f" alpha {rounded(one.get_alpha(), 3)}"


def _order(one: Artist) -> str:
    return f"; layer {rounded(one.get_zorder(), 3)}{hidden(one)}"


def _runs(words: Sequence[str]) -> list[str]:
    """Equal neighbors as one with their count."""
    found: list[list] = []
    for word in thinned(words):
        if found and found[-1][0] == word:
            found[-1][1] += 1
        else:
            found.append([word, 1])
    return [f"{word} x{count}" if count > 1 else word for word, count in found]
