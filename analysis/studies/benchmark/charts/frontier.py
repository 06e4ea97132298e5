"""Figure of what platforms deliver at each interactivity: the Pareto frontiers of all measured configurations."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes

from analysis.comparison.contenders import Contender
from analysis.exhibits.figure import BANDS, bracket_band, canvas, drawn, lay_out, plain_ticks
from analysis.exhibits.labels import Label, where_there_is_room
from analysis.exhibits.palette import INK, MUTED, PUBLISHED_COLOR, color
from analysis.exhibits.statements import Shown
from analysis.frontier import PlatformCurve
from analysis.frontier.crossings import best_stretches
from analysis.library.loading.quality import gpus
from analysis.library.quantities import quantity
from analysis.library.values import Value
from analysis.studies.benchmark.point import MeasuredPoint

_PLACES = 400  # at which a line is drawn
_NAMED = 0.03  # of a platform's range: a series that is the best for less than that is not named on the line
COLUMNS = ["platform", "series", "configuration", "concurrency", "interactivity", "throughput", "date", "doubts"]


def frontier_rows(curve: PlatformCurve) -> pd.DataFrame:
    """Return the measured rows that lie on a platform's curve, by rising interactivity, with `configuration`.

    `configuration` says the GPUs: "6P+32D" for six that prefill and 32 that decode, "8" where all do both.
    """
    knots = curve.knots.assign(configuration=configuration(curve.knots))
    return knots[curve.best(knots["interactivity"]) == knots["curve"]].sort_values("interactivity")


def configuration(rows: pd.DataFrame) -> pd.Series:
    """Return the GPUs of each row in short: those that prefill and those that decode, or all where they do both."""
    apart = rows["prefill_gpus"].astype(str) + "P+" + rows["decode_gpus"].astype(str) + "D"
    return apart.where(rows["disaggregated"], gpus(rows).astype(int).astype(str))


def pareto(point: MeasuredPoint) -> Shown:
    """Return throughput against interactivity, one panel a platform: its series, its frontier, and its row."""
    sides, marked = (point.curve.baseline, point.curve.subject), [side.row for side in point.pair.sides]
    with canvas(height=6.0, nrows=len(sides), sharex=True, sharey=True, squeeze=False) as (figure, grid):
        panels = list(zip(sides, marked, grid[:, 0], strict=True))
        for side, row, axes in panels:
            _panel(axes, side, row)
        lay_out(figure)
        for side, row, axes in panels:
            left_over = where_there_is_room(axes, _labels(side, row), ("upper right",))
            where_there_is_room(axes, [label for label in left_over if label.bold], ("lower left",))
    data = pd.concat([frontier_rows(side.curve).assign(platform=side.platform.name) for side in sides])[COLUMNS]
    alt, values = _alt(sides, marked)
    return drawn(
        figure,
        "pareto-frontiers",
        "What each platform delivers at {lengths}: every series, and the best of them.",
        alt,
        data,
        note="The thick line is the best series at each interactivity, its dots are measured rows, the ring is the "
        "row of {point}. Labels say the GPUs: P those that prefill, D those that decode, a single number those that "
        f"do both. {BANDS}",
        values=values,
        lengths=point.pair.lengths,
        point=point.name,
    )


def _panel(axes: Axes, side: Contender, row: pd.Series) -> None:
    curve, of_platform = side.curve, color(side.platform)
    for member in curve.members:
        x = np.linspace(member.low, member.high, _PLACES)
        axes.plot(x, member(x), color=MUTED, linewidth=0.7, alpha=0.7)
        axes.plot(member.interactivity, member.throughput, ".", color=MUTED, markersize=4, alpha=0.8)
    for stretch in best_stretches(curve):
        x = np.linspace(stretch.low, stretch.high, _PLACES)
        axes.plot(x, stretch.curve(x), color=of_platform, linewidth=2.4, solid_capstyle="round")
    rows = frontier_rows(curve)
    sns.scatterplot(rows, x="interactivity", y="throughput", ax=axes, color=of_platform, s=28, zorder=4)
    _ring(axes, row["interactivity"], row["throughput"])
    label = f"{side.platform.name}\n{quantity('throughput_per_gpu').unit} (log scale)"
    axes.set(yscale="log", ylabel=label, xlabel="interactivity (tok/s/user)")
    axes.margins(x=0.03, y=0.12)
    plain_ticks(axes, "")
    places = curve.places(_PLACES)
    bracket_band(axes, places, *curve.rows_around(places), of_platform)


def _ring(axes: Axes, x: float, y: float) -> None:
    axes.plot(x, y, "o", markersize=9, mfc="none", mec=PUBLISHED_COLOR, markeredgewidth=1.8, zorder=5)


def _labels(side: Contender, row: pd.Series) -> list[Label]:
    """Return the labels of a panel, the most wanted first: the marked row, the series, then configurations."""
    knots = side.curve.knots
    text = f"{configuration(knots).loc[row.name]} GPUs, {row['concurrency']:,} requests in flight"
    marked = Label(row["interactivity"], row["throughput"], text, PUBLISHED_COLOR, bold=True)
    least = _NAMED * (side.curve.high - side.curve.low)
    series = [
        Label(place, float(stretch.curve(place)), side.curve.series[stretch.member], INK, bold=True)
        for stretch in best_stretches(side.curve)
        for place in [stretch.low + 0.15 * (stretch.high - stretch.low)]
        if stretch.high - stretch.low > least
    ]
    others = [
        Label(knot.interactivity, knot.throughput, knot.configuration, MUTED)
        for knot in frontier_rows(side.curve).itertuples()
        if knot.Index != row.name
    ]
    return [marked, *series, *others]


def _alt(sides: Sequence[Contender], marked: Sequence[pd.Series]) -> tuple[str, list[Value]]:
    """What the figure shows in words, and the values in them."""
    sentences, values = [], []
    for side, row in zip(sides, marked, strict=True):
        rows = frontier_rows(side.curve)
        points = [side.measured(knot) for knot in (rows.iloc[0], row, rows.iloc[-1])]
        (first, here, last) = (
            f"{point['throughput_per_gpu'].show()} tok/s/GPU at {point['interactivity'].show()} tok/s/user"
            for point in points
        )
        sentences.append(f"{side.platform.name} begins with {first} and ends with {last}; marked is {here}")
        values += [point[key] for point in points for key in ("throughput_per_gpu", "interactivity")]
    return "Throughput against interactivity, log scale. " + ". ".join(sentences) + ".", values
