"""Figures of where two platforms break even: over price and utilization, and over interactivity."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.comparison.advantage import Advantage
from analysis.exhibits import INK, MUTED, NARROW, OUTPUT_COLOR, PUBLISHED_COLOR, canvas, drawn
from analysis.exhibits.statements import Cell, Shown
from analysis.library.quantities import quantity
from analysis.library.values import Value
from analysis.studies.benchmark.charts.frontier import plain_ticks
from analysis.studies.uncertainty.break_even import Surface, price_at, prices_along

_STEPS = (0.01, 0.1, 0.5, 2, 5, 10, 20, 50, 100)  # lines of equal advantage beside the break-even


def break_even_surface(
    surface: Surface, today: Mapping[str, tuple[Value, Value]], *, title: str, note: str = "", **contents: Cell
) -> Shown:
    """Return how many times cheaper a token of one platform is, over its price and utilization, with points on it.

    Args:
        surface: The cost of its token over the other's.
        today: Price and utilization of the platform, by what they are; the first stands out.
        title: The message, with `{name}` places for contents.
        note: How to read it.
        **contents: Values and texts of title and note.
    """
    cheaper = 1 / surface.cost_ratio
    steps = [step for step in _STEPS if cheaper.min() < step < cheaper.max()]
    with canvas(NARROW, 4.2) as (figure, axes):
        across, down = surface.prices, surface.utilizations
        axes.set(xscale="log", yscale="log", xlim=across[[0, -1]], ylim=down[[0, -1]],
                 xlabel=quantity("price_per_gpu_hour").label, ylabel=quantity("utilization").label)  # fmt: skip
        axes.grid(visible=False)
        axes.fill_betweenx(down, across[0], surface.break_even_prices, color=OUTPUT_COLOR, alpha=0.08, linewidth=0)
        lines = axes.contour(across, down, cheaper, steps, colors=MUTED, linewidths=0.8)
        axes.clabel(lines, fmt=lambda step: f"{step:g}x", fontsize=8)
        axes.plot(surface.break_even_prices, down, color=INK, linewidth=2.2, label="break-even")
        for place, (name, (price, utilization)) in enumerate(today.items()):
            color = INK if place else PUBLISHED_COLOR
            axes.plot(price.number, utilization.number, "o", markersize=6, color=color, zorder=5)
            axes.annotate(name, (price.number, utilization.number), (0, 7 if place % 2 else -14), color=color,
                          textcoords="offset points", fontsize=8, fontweight="bold", zorder=6)  # fmt: skip
        axes.xaxis.set_major_formatter(lambda tick, _: f"${tick:,.10g}")
        axes.yaxis.set_major_formatter(lambda tick, _: f"{tick:.0%}")
        axes.legend(loc="lower right", fontsize=8)
    points = [f"{name}, {price.show()} at {share.show()}" for name, (price, share) in today.items()]
    alt = (
        f"Lines of equal cost ratio over price and utilization on log axes, and the break-even. {'; '.join(points)}."
    )
    rows, columns = surface.cost_ratio.shape
    data = pd.DataFrame(
        {
            "utilization": np.repeat(surface.utilizations, columns),
            "price_per_gpu_hour": np.tile(surface.prices, rows),
            "cost_ratio": surface.cost_ratio.ravel(),
        }
    )
    values = [value for pair in today.values() for value in pair]
    return drawn(figure, "break-even-surface", title, alt, data, note=note, values=values, **contents)


def break_even_line(here: Advantage, at: Value, *, title: str, note: str = "", **contents: Cell) -> Shown:
    """Return the price at which the subject's token costs as much as the baseline's, at each interactivity.

    Args:
        here: The curves of both platforms, with their prices.
        at: An interactivity that is marked, in tok/s/user.
        title: The message, with `{name}` places for contents.
        note: How to read it.
        **contents: Values and texts of title and note.
    """
    name, price, places = here.subject.platform.name, here.subject.price, here.places
    marked, lowest, highest = (price_at(here, place) for place in (at.number, here.lowest, here.highest))
    table = pd.DataFrame({"interactivity": places, "break_even_price": prices_along(here, places)})
    with canvas(NARROW, 3.4) as (figure, axes):
        for low, high in here.ranges:
            axes.plot("interactivity", "break_even_price", data=table[table["interactivity"].between(low, high)],
                      color=OUTPUT_COLOR, linewidth=2.2)  # fmt: skip
        axes.axhline(price.number, color=INK, linewidth=1.2)
        axes.annotate(f"price of {name}, {price.show()}", (1, price.number), (-4, 5), ha="right", fontsize=8,
                      xycoords=axes.get_yaxis_transform(), textcoords="offset points", fontweight="bold")  # fmt: skip
        if marked:
            axes.plot(
                at.number, marked.number, "o", markersize=8, mfc="white", mec=PUBLISHED_COLOR, mew=1.8, zorder=5
            )
            axes.annotate(marked.show(), (at.number, marked.number), (0, 9), textcoords="offset points", ha="center",
                          fontsize=8.5, fontweight="bold", color=PUBLISHED_COLOR)  # fmt: skip
        axes.set(yscale="log", xlabel="interactivity (tok/s/user)", ylabel=quantity("break_even_price").label)
        axes.margins(y=0.15)
        plain_ticks(axes, "$")
    values = [price, at, *(value for value in (marked, lowest, highest) if value)]
    ends = " to ".join(value.show() for value in (lowest, highest) if value)
    alt = f"Break-even price of {name} against interactivity, log scale: {ends}; its price is {price.show()}."
    return drawn(figure, "break-even-line", title, alt, table, note=note, values=values, **contents)
