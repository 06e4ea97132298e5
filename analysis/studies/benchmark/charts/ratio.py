"""Figures of how many times better one platform is than another at each interactivity that both serve."""

from collections.abc import Mapping, Sequence
from itertools import cycle

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes

from analysis.comparison.advantage import Advantage
from analysis.comparison.spread import Spread, steeper
from analysis.exhibits.figure import BANDS, bracket_band, canvas, drawn, lay_out, times_axis
from analysis.exhibits.labels import Label, beside, keep_margin
from analysis.exhibits.palette import INK, MUTED, OUTPUT_COLOR, PUBLISHED_COLOR
from analysis.exhibits.statements import Cell, Shown
from analysis.frontier.curves import Floats
from analysis.library.quantities import quantity
from analysis.library.values import Value
from analysis.studies.benchmark.point import COST, POWER, THROUGHPUT, MeasuredPoint

DASHES = ("", (4, 1.5), (1, 1.2), (5, 1, 1, 1))


def ratio_table(metrics: Sequence[str], advantages: Mapping[str, Advantage]) -> pd.DataFrame:
    """Return the ratio curves as a long table: metric, workload, interactivity (tok/s/user), ratio, both series."""
    tables = []
    for workload, advantage in advantages.items():
        places = advantage.places
        shared = {
            "workload": workload,
            "interactivity": places,
            "baseline series": advantage.baseline.curve.series_at(places),
            "subject series": advantage.subject.curve.series_at(places),
        }
        tables += [pd.DataFrame({"metric": key, **shared, "ratio": advantage(key, places)}) for key in metrics]
    return pd.concat(tables, ignore_index=True)


def throughput_ratio(point: MeasuredPoint, spread: Spread) -> Shown:
    """Return the ratio of throughput against interactivity, with the point and the spread of runs as a band."""
    diamond = ", the diamond the printed ratio" if point.printed else ""
    return _ratio_curves(
        "throughput-ratio",
        [THROUGHPUT],
        point,
        spread,
        title="The throughput of {subject} over that of {baseline} depends on interactivity and sequence lengths.",
        note=f"The dot is the two measured rows{diamond}; the darker band about {{lengths}} is the spread of "
        f"{{share:2}} of repeated runs. {BANDS}",
        lengths=point.pair.lengths,
        share=spread.band,
    )


def cost_and_power_ratio(point: MeasuredPoint) -> Shown:
    """Return the ratios of cost per million tokens and of throughput per megawatt against interactivity."""
    return _ratio_curves(
        "cost-and-power-ratio",
        [COST, POWER],
        point,
        title="Cost per million tokens and throughput per megawatt follow the same curves, at another height.",
        note=f"Cost is {{baseline}} over {{subject}}, throughput per megawatt {{subject}} over {{baseline}}. {BANDS}",
    )


def _ratio_curves(
    name: str,
    metrics: Sequence[str],
    point: MeasuredPoint,
    spread: Spread | None = None,
    *,
    title: str,
    note: str,
    **contents: Cell,
) -> Shown:
    """The ratio against interactivity, one panel a metric and one line a workload, with the measured point."""
    advantages, chosen, at = point.curves, point.pair.lengths, point.interactivity
    table = ratio_table(metrics, advantages)
    with canvas(height=0.7 + 2.2 * len(metrics), nrows=len(metrics), sharex=True, squeeze=False) as (figure, grid):
        for key, axes in zip(metrics, grid[:, 0], strict=True):
            for (workload, advantage), dashes in zip(_chosen_first(advantages, chosen), cycle(DASHES), strict=False):
                color = OUTPUT_COLOR if workload == chosen else MUTED
                x, y = _with_gaps(advantage, key)
                sns.lineplot(x=x, y=y, ax=axes, color=color, dashes=dashes, linewidth=1.8, errorbar=None, sort=False,
                             estimator=None)  # fmt: skip
            _mark(axes, at, point.ratios[key], point.printed.get(key))
            axes.set(ylabel=f"ratio of {quantity(key).name}\n(log scale)", xlabel="interactivity (tok/s/user)")
            axes.set_yscale("log")
            axes.margins(y=0.16)
            times_axis(axes, "y")
            axes.autoscale(enable=False)
            for workload, advantage in advantages.items():
                of_line = OUTPUT_COLOR if workload == chosen else MUTED
                bracket_band(axes, advantage.places, *advantage.bracket(key, advantage.places), of_line)
            if spread:
                _band(axes, advantages[chosen], key, spread)
        keep_margin(figure, 0.08)
        lay_out(figure)
        for key, axes in zip(metrics, grid[:, 0], strict=True):
            beside(axes, [_end(advantage, key, workload, chosen) for workload, advantage in advantages.items()])
    alt, values = _alt(metrics, point)
    contents = {**contents, **point.pair.names}
    return drawn(figure, name, title, alt, table, note=note, values=[*values, *advantages], **contents)


def _chosen_first(advantages: Mapping[str, Advantage], chosen: str) -> list[tuple[str, Advantage]]:
    return sorted(advantages.items(), key=lambda item: item[0] != chosen)


def _with_gaps(advantage: Advantage, key: str) -> tuple[Floats, Floats]:
    """The curve with a NaN between the ranges that both platforms cover, so that no line crosses a gap."""
    gaps = advantage.ranges[:-1, 1]
    x = np.insert(advantage.places, np.searchsorted(advantage.places, gaps, side="right"), np.nan)
    return x, advantage(key, x)


def _band(axes: Axes, advantage: Advantage, key: str, spread: Spread) -> None:
    x = advantage.places
    # The steeper of the two curves decides, so the band is rather too wide than too narrow.
    factor = spread.factor(steeper([advantage.baseline.curve, advantage.subject.curve], x))
    middle = advantage(key, x)
    axes.fill_between(x, middle / factor, middle * factor, color=OUTPUT_COLOR, alpha=0.15, linewidth=0)


def _mark(axes: Axes, at: Value, measured: Value, published: Value | None) -> None:
    text = f"{measured.show()} measured"
    if published:
        text = f"{published.show()} published, {text}"
        axes.plot(at.number, published.number, "D", markersize=9, markerfacecolor="none",
                  markeredgecolor=PUBLISHED_COLOR, markeredgewidth=1.6, zorder=5)  # fmt: skip
    axes.plot(at.number, measured.number, "o", markersize=5, color=PUBLISHED_COLOR, zorder=6)
    axes.annotate(text, (at.number, measured.number), (-9, 7), textcoords="offset points", ha="right",
                  fontsize=8.5, fontweight="bold", color=PUBLISHED_COLOR)  # fmt: skip


def _end(advantage: Advantage, key: str, workload: str, chosen: str) -> Label:
    last = advantage.places[-1]
    is_chosen = workload == chosen
    return Label(last, float(advantage(key, last)), workload, OUTPUT_COLOR if is_chosen else INK, is_chosen)


def _alt(metrics: Sequence[str], point: MeasuredPoint) -> tuple[str, list[Value]]:
    """What the figure shows in words, and the values in them."""
    measured = {key: point.ratios[key] for key in metrics}
    ranges, values = [], [point.interactivity, *measured.values()]
    for key in metrics:
        for workload, advantage in point.curves.items():
            low, high = (advantage.at(key, place) for place in (advantage.lowest, advantage.highest))
            if low and high:
                values += [low, high]
                ranges.append(f"{quantity(key).name} at {workload} from {low.show()} to {high.show()}")
    rows = ", ".join(f"{ratio.show()} in {quantity(key).name}" for key, ratio in measured.items())
    where = f"{point.pair.lengths} and {point.interactivity.show()} tok/s/user"
    text = f"Lines of the ratio against interactivity, log scale: {'; '.join(ranges)}."
    return f"{text} Marked at {where} are the measured rows: {rows}.", values
