"""Figure of what a ratio is made of at one point: a waterfall with the range over all orders of the changes."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from analysis.exhibits.figure import canvas, drawn, times_axis
from analysis.exhibits.palette import INK, MUTED, OUTPUT_COLOR
from analysis.exhibits.statements import Cell, Shown
from analysis.library.values import Value
from analysis.studies.attribution.factors import Attribution
from analysis.studies.attribution.points import Point
from analysis.studies.attribution.steps import TOTAL, change

NEW_LINE = "\n"
_LOSS = "#8a94a3"
Result = tuple[str, Value, str, Value]
"""Name and value of a further factor, and name and value of the product, such as price and the ratio of costs."""


@dataclass(frozen=True)
class Bar:
    """A line of the waterfall: a factor that goes on from where the last one ended, or a ratio from one on."""

    label: str
    value: Value | None
    words: str = ""
    start: float = 1.0
    whole: bool = False
    reach: tuple[float, float] = (1.0, 1.0)

    @property
    def end(self) -> float:
        """Where it ends."""
        return self.start * self.value.number if self.value else self.start

    @property
    def text(self) -> str:
        """Its number, or why it has none."""
        return self.value.show() if self.value else self.words


def factors(point: Point) -> Shown:
    """Return what the ratio of both platforms is made of, and what price and power make of it."""
    results: list[Result] = []
    if not point.of_one_platform:
        price, cost = point.metric("cost_per_million_tokens")
        power, per_megawatt = point.metric("throughput_per_megawatt")
        results = [
            ("Price per GPU-hour", price, "Ratio of cost per million tokens", cost),
            ("Power per GPU", power, "Ratio of tokens per megawatt", per_megawatt),
        ]
    return waterfall(
        f"waterfall-{point.name}",
        point.best,
        results,
        title="What {total} in throughput per GPU is made of at {lengths} and {at} tok/s/user: {subject} over "
        "{baseline}.",
        note=f"{_orders(point.best)} Price and power do not depend on the order.",
        total=point.best.total,
        **point.where,
        **point.pair.names,
    )


def from_plain(point: Point) -> Shown:
    """Return what leads from a plain stack of the baseline to the subject's best."""
    plain, name = point.from_plain, point.stacks.name
    return waterfall(
        f"from-plain-{point.name}",
        plain,
        [],
        title="From {start} at {lengths} and {at} tok/s/user.",
        note=_orders(plain)
        if plain.opened == plain.start
        else "The plain stack does not serve this interactivity: the ratio counts from the first stack that does, "
        "{opened}.",
        start=name(plain.start),
        opened=name(plain.opened),
        **point.where,
    )


def waterfall(
    name: str, attribution: Attribution, results: Sequence[Result], *, title: str, note: str = "", **contents: Cell
) -> Shown:
    """Return the factors of a ratio as steps from 1x on a log axis, with their range over all orders as whiskers."""
    bars = _bars(attribution, results)
    with canvas(height=0.36 * len(bars) + 0.7) as (figure, axes):
        for place, bar in enumerate(bars):
            _draw(axes, place, bar)
        times_axis(axes)
        lowest = min(min(bar.start, bar.end, bar.start * bar.reach[0]) for bar in bars)
        highest = max(max(bar.start, bar.end, bar.start * bar.reach[1]) for bar in bars)
        axes.set(xlim=(lowest / 1.25, highest * 2), xlabel="multiple of the first stack (log scale)")
        axes.set_yticks(range(len(bars)), [bar.label for bar in bars])
        axes.invert_yaxis()
        axes.grid(visible=False, axis="y")
        axes.axvline(1, color=INK, linewidth=1, zorder=3)
    words = "; ".join(f"{bar.label.replace(NEW_LINE, ', ')}: {bar.text}" for bar in bars)
    values = [bar.value for bar in bars if bar.value]
    data = _data(attribution, results)
    return drawn(figure, name, title, f"Waterfall, log axis. {words}.", data, note=note, values=values, **contents)


def _orders(attribution: Attribution) -> str:
    """What is to be said of the whiskers, or why there are none."""
    if len(attribution.orders.admissible) > 1:
        return "Whiskers span every admissible order of the changes."
    return "Only one order of the changes is admissible."


def _draw(axes: Axes, place: int, bar: Bar) -> None:
    color = INK if bar.whole else OUTPUT_COLOR if bar.end >= bar.start else _LOSS
    axes.barh(place, bar.end - bar.start, left=bar.start, color=color, height=0.62, zorder=2)
    low, high = bar.reach
    if low < high:
        ends = [[bar.end - bar.start * low], [bar.start * high - bar.end]]
        axes.errorbar(bar.end, place, xerr=ends, color=INK, capsize=3, fmt="none", linewidth=1.1, zorder=4)
    axes.annotate(
        bar.text, (max(bar.start, bar.end, bar.start * high), place), (7, 0), textcoords="offset points",
        va="center", fontweight="bold" if bar.whole else "normal", color=INK if bar.value else MUTED,
    )  # fmt: skip


def _bars(attribution: Attribution, results: Sequence[Result]) -> list[Bar]:
    bars: list[Bar] = []
    for factor in attribution.factors:
        kind, start = factor.step.kind, bars[-1].end if bars else 1.0
        label = f"{kind[:1].upper()}{kind[1:]}"
        if len(factor.step.before) == 1:
            label += f"{NEW_LINE}{change(attribution.stacks.library, factor.step)}"
        reach = (factor.low.number, factor.high.number) if factor.value and factor.low and factor.high else (1.0, 1.0)
        bars.append(Bar(label, factor.value, factor.words, start, reach=reach))
    bars.append(Bar(TOTAL, attribution.total, whole=True))
    for factor_name, value, result_name, result in results:
        bars += [Bar(factor_name, value, start=attribution.total.number), Bar(result_name, result, whole=True)]
    return bars


def _data(attribution: Attribution, results: Sequence[Result]) -> pd.DataFrame:
    name = attribution.stacks.name
    rows = [
        {
            "change": factor.step.kind,
            "from": name(factor.before),
            "to": name(factor.after),
            "throughput_before": factor.reached[0] and factor.reached[0].number,
            "throughput_after": factor.reached[1] and factor.reached[1].number,
            "factor": factor.value and factor.value.number,
            "lowest_over_orders": factor.low and factor.low.number,
            "highest_over_orders": factor.high and factor.high.number,
            "remark": factor.words,
        }
        for factor in attribution.factors
    ]
    rows.append({"change": TOTAL, "factor": attribution.total.number})
    for factor_name, value, result_name, result in results:
        rows += [{"change": factor_name, "factor": value.number}, {"change": result_name, "factor": result.number}]
    return pd.DataFrame(rows)
