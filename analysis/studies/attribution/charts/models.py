"""Figures of the models: a request against the cache hit rate, a session turn by turn, and cost and utilization."""

from collections.abc import Mapping, Sequence

import matplotlib.ticker
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis import formulas
from analysis.exhibits import INK, MUTED, PUBLISHED_COLOR, canvas, color, drawn
from analysis.exhibits.labels import Label
from analysis.exhibits.statements import Cell, Shown
from analysis.frontier.curves import Floats
from analysis.library.sources import Platform
from analysis.library.values import Value
from analysis.studies.attribution.charts.attribution import label_ends
from analysis.studies.benchmark.charts.frontier import plain_ticks

_PLACES = 200


def request_against_hit_rate(
    table: pd.DataFrame, platforms: Mapping[str, Platform], *, title: str, note: str = "", **contents: Cell
) -> Shown:
    """Return the cost of a request against the cache hit rate, one line a platform, log axis.

    Args:
        table: What `analysis.studies.attribution.caching.along_hit_rate` returns, of all platforms.
        platforms: The platforms, by key, in the order of the lines.
        title: The message, with `{name}` places for contents.
        note: How to read it.
        **contents: Values and texts of title and note.
    """
    with canvas(height=3.2) as (figure, axes):
        labels = []
        for hardware, platform in platforms.items():
            line = table[table["hardware"] == hardware]
            axes.plot(line["cache_hit_rate"], line["request_cost"], color=color(platform), linewidth=2)
            labels.append(Label(1.0, line["request_cost"].iloc[-1], platform.name))
        axes.set(yscale="log", xlabel="cache hit rate of prompt tokens (model)", ylabel="cost of a request (USD)")
        axes.xaxis.set_major_formatter(matplotlib.ticker.PercentFormatter(1.0))
        dollars(axes)
        label_ends(figure, [(axes, labels)])
    alt = f"Lines of the modeled cost of a request, falling with the cache hit rate: {_names(platforms)}."
    return drawn(figure, "request-against-hit-rate", title, alt, table, note=note, values=(), **contents)


def session_by_turn(
    table: pd.DataFrame, platforms: Mapping[str, Platform], *, title: str, note: str = "", **contents: Cell
) -> Shown:
    """Return the cost of each turn of a session, with and without a cache, log axis.

    Args:
        table: What `analysis.studies.attribution.sessions.by_turn` returns, of all platforms.
        platforms: The platforms, by key.
        title: The message, with `{name}` places for contents.
        note: How to read it.
        **contents: Values and texts of title and note.
    """
    with canvas(height=3.2) as (figure, axes):
        labels = []
        for hardware, platform in platforms.items():
            line = table[table["hardware"] == hardware]
            for column, style, words in (("uncached", "-", "no cache"), ("cached", "--", "cache")):
                axes.plot(line["turn"], line[column], color=color(platform), linestyle=style, linewidth=2)
                labels.append(Label(line["turn"].iloc[-1], line[column].iloc[-1], f"{platform.name}, {words}"))
        axes.set(yscale="log", xlabel="turn of the session (model)", ylabel="cost of the turn (USD)")
        axes.xaxis.set_major_locator(matplotlib.ticker.MaxNLocator(integer=True))
        dollars(axes)
        label_ends(figure, [(axes, labels)])
    alt = f"Lines of the modeled cost of each turn, with and without a cache: {_names(platforms)}."
    return drawn(figure, "session-by-turn", title, alt, table, note=note, values=(), **contents)


def cost_against_utilization(
    costs: Mapping[str, Value],
    platforms: Mapping[str, Platform],
    marked: Sequence[Value],
    *,
    title: str,
    note: str = "",
    **contents: Cell,
) -> Shown:
    """Return cost per million tokens against utilization, one line a platform, both axes logarithmic.

    Args:
        costs: At full load, in USD/Mtok, made from price and throughput, by platform.
        platforms: The platforms, by key.
        marked: Utilizations that are marked.
        title: The message, with `{name}` places for contents.
        note: How to read it.
        **contents: Values and texts of title and note.
    """
    shares = np.geomspace(0.01, 1, _PLACES)
    tables = [
        pd.DataFrame(
            {
                "platform": platforms[hardware].name,
                "utilization": shares,
                "cost_per_million_tokens": _at(cost, shares),
            }
        )
        for hardware, cost in costs.items()
    ]
    with canvas(height=3.2) as (figure, axes):
        for utilization in marked:
            axes.axvline(utilization.number, color=MUTED, linewidth=0.8, linestyle=":")
        for hardware, table in zip(costs, tables, strict=True):
            axes.plot(
                table["utilization"],
                table["cost_per_million_tokens"],
                color=color(platforms[hardware]),
                linewidth=2.2,
            )
        dearest = max(costs.values(), key=lambda cost: cost.number)
        axes.axhline(dearest.number, color=PUBLISHED_COLOR, linewidth=0.8, linestyle=":")
        axes.set(xscale="log", yscale="log", xlabel="utilization (log scale)", xlim=(0.01, 1))
        axes.set_ylabel("cost per million tokens\n(USD/Mtok, log scale)")
        axes.xaxis.set_major_locator(matplotlib.ticker.FixedLocator([0.01, 0.03, 0.1, 0.3, 0.6, 1]))
        axes.xaxis.set_major_formatter(matplotlib.ticker.PercentFormatter(1.0, decimals=0))
        axes.xaxis.set_minor_locator(matplotlib.ticker.NullLocator())
        dollars(axes)
        ends = [Label(1.0, cost.number, platforms[key].name, INK, bold=True) for key, cost in costs.items()]
        label_ends(figure, [(axes, ends)])
    said = ", ".join(f"{platforms[key].name} {cost.show()} at full load" for key, cost in costs.items())
    alt = f"Lines of cost per million tokens, inverse to utilization, both axes logarithmic: {said}."
    data, values = pd.concat(tables, ignore_index=True), list(costs.values())
    return drawn(figure, "cost-against-utilization", title, alt, data, note=note, values=values, **contents)


def dollars(axes: Axes) -> None:
    """Give a logarithmic y axis ticks at one, two and five times powers of ten that read as dollars."""
    axes.yaxis.set_major_locator(matplotlib.ticker.LogLocator(subs=(1, 2, 5)))
    axes.yaxis.set_minor_locator(matplotlib.ticker.NullLocator())
    plain_ticks(axes, "$")


def _names(platforms: Mapping[str, Platform]) -> str:
    return ", ".join(platform.name for platform in platforms.values())


def _at(cost: Value, utilization: Floats) -> Floats:
    delivered = formulas.delivered_throughput_per_gpu(cost.inputs["throughput_per_gpu"].number, utilization)
    return np.asarray(formulas.cost_per_million_tokens(cost.inputs["price_per_gpu_hour"].number, delivered))
