"""Figures of where two platforms break even: over price and utilization, and over interactivity."""

import numpy as np
import pandas as pd

from analysis.comparison.advantage import price_at, prices_along
from analysis.exhibits.figure import LOWER, NARROW, UPPER, bracket_band, canvas, drawn, plain_ticks
from analysis.exhibits.palette import INK, MUTED, OUTPUT_COLOR, PUBLISHED_COLOR
from analysis.exhibits.statements import Shown
from analysis.library.quantities import quantity
from analysis.studies.ownership.levelized import PRICE, THROUGHPUT
from analysis.studies.ownership.owned_pair import OwnedPair
from analysis.studies.uncertainty.break_even import BreakEven

_STEPS = (0.01, 0.1, 0.5, 2, 5, 10, 20, 50, 100)  # lines of equal advantage beside the break-even


def break_even_surface(owned: OwnedPair, even: BreakEven) -> Shown:
    """Return how many times cheaper a token of the subject is, over its price and utilization, with its own on it."""
    surface, share = even.surface, even.other_utilization
    today = {even.own_price.kinds["price"]: (even.own_price, share)}
    if owned.subject.knows_capital:
        today["modeled"] = (owned.subject.levels[PRICE], share)
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
    return drawn(
        figure,
        "break-even-surface",
        "How many times cheaper a token of {subject} is, by its price and its utilization.",
        alt,
        data,
        note="{baseline} stays at {price} per GPU-hour and {share} utilization. In the tinted area {subject} has the "
        "cheaper token.",
        values=values,
        price=even.other_price,
        share=share,
        **owned.pair.names,
    )


def break_even_line(owned: OwnedPair) -> Shown | None:
    """Return the price at which the subject's token costs as much as the baseline's, at each interactivity.

    The scenario's own is marked. None where no interactivity is served by both.
    """
    curves, at = owned.curves, owned.pair.floor
    name, price, places = curves.subject.platform.name, curves.subject.price, curves.places
    marked, lowest, highest = (price_at(curves, place) for place in (at.number, curves.lowest, curves.highest))
    if lowest is None:
        return None
    low_end, high_end = (curves.baseline.price.number * end for end in curves.bracket(THROUGHPUT, places))
    table = pd.DataFrame(
        {"interactivity": places, "break_even_price": prices_along(curves, places), LOWER: low_end, UPPER: high_end}
    )
    with canvas(NARROW, 3.4) as (figure, axes):
        for low, high in curves.ranges:
            axes.plot("interactivity", "break_even_price", data=table[table["interactivity"].between(low, high)],
                      color=OUTPUT_COLOR, linewidth=2.2)  # fmt: skip
        bracket_band(axes, places, low_end, high_end, OUTPUT_COLOR)
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
    return drawn(
        figure,
        "break-even-line",
        "The price at which {subject} breaks even with {baseline} at {price}, over interactivity.",
        alt,
        table,
        note="Both at equal interactivity and utilization; the ring is at {floor} tok/s/user. Tinted: between "
        "which the measured rows put the line. Where it is above its price, {subject} has the cheaper token.",
        values=values,
        price=curves.baseline.price,
        floor=at,
        baseline=curves.baseline.platform.name,
        subject=name,
    )
