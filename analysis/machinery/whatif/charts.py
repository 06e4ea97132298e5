"""The two charts of the page as Vega-Lite, without data: the page fills in the named tables as a setting changes."""

from collections.abc import Mapping
from typing import Any

import altair as alt

from analysis.exhibits.palette import GRID, INK, MUTED, PUBLISHED_COLOR, color
from analysis.library.sources import Platform

INTERACTIVITY = "Interactivity (tok/s/user)"
TIMES = [1, 2, 5]
TICKS = [mantissa * 10.0**power for power in range(-3, 6) for mantissa in TIMES]
FONT = "system-ui, -apple-system, Segoe UI, Roboto, Helvetica Neue, Noto Sans, Arial, sans-serif"
CONFIG = {
    "font": FONT,
    "background": "transparent",
    "aria": False,  # the figure around the chart says what it shows
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK, "titleColor": INK, "gridColor": GRID, "domainColor": GRID, "tickColor": GRID,
        "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "titlePadding": 8,
    },
    "text": {"fontSize": 12, "color": INK},
}  # fmt: skip


def ratio_chart(platforms: Mapping[str, Platform]) -> dict[str, Any]:
    """Return the chart of the ratio of each platform to the baseline, with the published point.

    Its tables: `ratios` (platform, segment, interactivity, ratio), `bands` (platform, interactivity, low, high: what
    the measured rows leave open), `ends` (the last row of each line, its name, and
    how far that is moved down, in pixels), `here` (a row of each at the interactivity that is set), `at` (that
    interactivity) and `published` (interactivity, ratio, label).
    """
    axis = alt.Axis(labelExpr="format(datum.value, ',~g') + 'x'", values=TICKS, grid=True)
    up = alt.Y("ratio:Q", title=None, axis=axis, scale=alt.Scale(type="log", nice=False, padding=28))
    equal = alt.Chart(alt.Data(values=[{"ratio": 1}])).mark_rule(color=INK, size=1).encode(y=alt.Y("ratio:Q"))
    mark = {"shape": "diamond", "size": 260, "filled": False, "stroke": PUBLISHED_COLOR, "strokeWidth": 2}
    published = _table("published").encode(x=_across(), y=up)
    return _spec(
        equal,
        _bands(platforms, up),
        _here(),
        *_lines("ratios", platforms, up),
        _points(platforms, "ratio"),
        published.mark_point(**mark),
        published.mark_text(dy=-20, color=PUBLISHED_COLOR, fontWeight="bold").encode(text="label:N"),
    )


def pareto_chart(platforms: Mapping[str, Platform]) -> dict[str, Any]:
    """Return the chart of throughput against interactivity, with the measured rows on the frontiers.

    Its tables: `curves` (platform, segment, interactivity, throughput), `knots` (platform, name, series,
    interactivity, throughput), and `bands`, `ends`, `here` and `at` as those of the ratios.
    """
    axis = alt.Axis(format=",~g", values=TICKS, grid=True)
    title = "Throughput per GPU (tok/s/GPU)"
    up = alt.Y("throughput:Q", title=None, axis=axis, scale=alt.Scale(type="log", nice=False, padding=28))
    told = [
        alt.Tooltip("name:N", title="Platform"),
        alt.Tooltip("series:N", title="Series"),
        alt.Tooltip("interactivity:Q", title=INTERACTIVITY, format=",.4~g"),
        alt.Tooltip("throughput:Q", title=title, format=",.4~g"),
    ]
    knots = (
        _table("knots")
        .mark_circle(size=26, opacity=0.75)
        .encode(x=_across(), y=up, color=_color(platforms), tooltip=told)
    )
    return _spec(
        _bands(platforms, up), _here(), *_lines("curves", platforms, up), knots, _points(platforms, "throughput")
    )


def _spec(*layers: alt.Chart) -> dict[str, Any]:
    size = {"width": "container", "height": 320, "autosize": {"type": "fit", "contains": "padding"}}
    spec: dict[str, Any] = alt.layer(*layers).properties(**size).configure(**CONFIG).to_dict(validate=False)
    del spec["$schema"]  # an address that nothing asks for
    return spec


def _table(name: str) -> alt.Chart:
    return alt.Chart(alt.NamedData(name))


def _across() -> alt.X:
    return alt.X("interactivity:Q", title=INTERACTIVITY, scale=alt.Scale(zero=False, nice=False, padding=8))


def _color(platforms: Mapping[str, Platform]) -> alt.Color:
    scale = alt.Scale(domain=list(platforms), range=[color(platform) for platform in platforms.values()])
    return alt.Color("platform:N", scale=scale, legend=None)


def _bands(platforms: Mapping[str, Platform], up: alt.Y) -> alt.Chart:
    """Light bands under the lines: between which ends the measured rows put each of them."""
    low = up.copy()
    low.shorthand = "low:Q"
    mark = _table("bands").mark_area(opacity=0.13, interpolate="linear")
    return mark.encode(x=_across(), y=low, y2="high:Q", color=_color(platforms))


def _lines(curves: str, platforms: Mapping[str, Platform], up: alt.Y) -> tuple[alt.Chart, ...]:
    """Lines, and near the end of each the platform's name with a dot of its color."""
    field = str(up.shorthand).removesuffix(":Q")
    place = {"x": _placed("x", "interactivity"), "y": _placed("y", field, "+ 15 + datum.shift")}
    halo = {"stroke": "white", "strokeWidth": 4, "strokeJoin": "round"}
    names = [
        _table("ends")
        .transform_filter(f"{'' if before else '!'}datum.before")
        .mark_text(baseline="middle", fontWeight=600, **side, **style)
        .encode(text="name:N", **place)
        for style in (halo, {})
        for before, side in ((True, {"align": "right", "dx": -8}), (False, {"align": "left", "dx": 8}))
    ]
    dots = _table("ends").mark_circle(size=50, opacity=1).encode(color=_color(platforms), **place)
    lines = _table(curves).mark_line(strokeWidth=2.2)
    return lines.encode(x=_across(), y=up, color=_color(platforms), detail="segment:N"), *names, dots


def _here() -> alt.Chart:
    return _table("at").mark_rule(color=MUTED, strokeDash=[4, 3], clip=True).encode(x=_placed("x", "interactivity"))


def _points(platforms: Mapping[str, Platform], up: str) -> alt.Chart:
    mark = _table("here").mark_circle(size=90, stroke="white", strokeWidth=1.5, opacity=1, clip=True)
    return mark.encode(x=_placed("x", "interactivity"), y=_placed("y", up), color=_color(platforms))


def _placed(axis: str, field: str, moved: str = "") -> Any:
    """A place that follows the scale but has no part in it: where only such places move, nothing else is redrawn."""
    return alt.value(alt.ExprRef(f"scale('{axis}', datum.{field}) {moved}".strip()))
