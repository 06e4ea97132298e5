"""The figure of what a load costs a month on each platform."""

import math
from collections.abc import Sequence
from textwrap import shorten

import matplotlib
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.exhibits.figure import NARROW, canvas, drawn
from analysis.exhibits.palette import INK, MUTED, PUBLISHED_COLOR, color
from analysis.exhibits.statements import Cell, Shown
from analysis.library.quantities import show as show_number
from analysis.library.values import Value
from analysis.studies.procurement.brief import Brief
from analysis.studies.procurement.options import Option, budget

NO_OFFER = "no public list price"
LABEL = 8.5  # points
PLATE = {"facecolor": "white", "edgecolor": "none", "pad": 0.5}
LONGEST = 44  # letters of a label's words


def cost_by_platform(brief: Brief) -> Shown | None:
    """Return what the load costs a month on each platform, from the provider that asks least, on a log axis.

    Platforms without an offer, or that cannot meet the limits, have their line too and say so. None without any firm
    offer.
    """
    if not brief.firm:
        return None
    offered = {key: option for key in brief.fleets if (option := brief.cheapest(key))}
    order = sorted(offered, key=lambda key: offered[key].cost_per_month.number)
    unpriced = [key for key in brief.fleets if key not in offered]
    matching = {key: None if brief.coverage[key].doubts else brief.break_even(key) for key in unpriced}
    silent = {brief.fleets[key].platform.name: _unpriced(price) for key, price in matching.items()}
    silent |= {unserved.platform.name: unserved.reason for unserved in brief.unserved}
    data = pd.DataFrame([_told(offered[key]) for key in order])
    with canvas(NARROW, 0.22 * (len(order) + len(silent)) + 0.65) as (figure, axes):
        rows = np.arange(len(order) + len(silent))[::-1]
        costs = data["cost per month (USD)"]
        axes.set(xscale="log", xlim=(costs.min() * 0.7, costs.max() * _room(costs)), ylim=(-0.6, len(rows) - 0.4))
        for row, key in zip(rows, order, strict=False):
            _dot(axes, row, offered[key])
        for row, words in zip(rows[len(order) :], silent.values(), strict=True):
            axes.annotate(words, (0.01, row), xycoords=axes.get_yaxis_transform(), va="center", fontsize=LABEL,
                          color=MUTED, bbox=PLATE)  # fmt: skip
        _budget(axes, brief)
        axes.set_yticks(rows, [*(offered[key].fleet.platform.name for key in order), *silent])
        axes.grid(visible=False, axis="y")
        axes.set(xlabel="cost per month (USD, log scale)", ylabel="")
        _dollars(axes)
    told = "; ".join(
        f"{option.fleet.platform.name} {option.cost_per_month.show()} from {option.offer.provider} at "
        f"{option.price.show()}"
        for option in (offered[key] for key in order)
        if option.offer
    )
    others = "; ".join(f"{name} {words}" for name, words in silent.items())
    alt = f"Cost per month of the load: {told}." + (f" {others}." if others else "")
    values: list[Cell] = [value for option in offered.values() for value in (option.cost_per_month, option.price)]
    values += [*silent, *(option.offer.provider for option in offered.values() if option.offer)]
    values += [price for price in matching.values() if price]
    title = "What the load costs a month on each platform, from the provider that asks least."
    note = (
        "Filled: within power and budget. Spot, preemptible and community prices and averages of markets are left "
        "out: what can be taken back, or is offered by nobody, cannot carry limits of a service."
    )
    return drawn(figure, "cost-by-platform", title, alt, data, note=note, values=values)


def _told(option: Option) -> dict[str, object]:
    assert option.offer is not None
    return {
        "platform": option.fleet.platform.name,
        "provider": option.offer.provider,
        "terms": option.offer.terms,
        "price (USD/GPU/h)": option.price.number,
        "cost per month (USD)": option.cost_per_month.number,
        "within the limits": option.fits,
    }


def _unpriced(price: Value | None) -> str:
    return NO_OFFER if price is None else f"{NO_OFFER}; as cheap as the best at {price.show()} per GPU-hour"


def _dot(axes: Axes, row: float, option: Option) -> None:
    assert option.offer is not None
    of_platform = color(option.fleet.platform)
    cost = option.cost_per_month.number
    filling = of_platform if option.fits else "white"
    axes.plot(cost, row, "o", color=of_platform, markersize=8, markerfacecolor=filling, zorder=3)
    whose = shorten(f"{option.offer.provider}, {option.offer.terms}", LONGEST, placeholder="…")
    words = f"{option.cost_per_month.show()}  {whose}"
    axes.annotate(words, (cost, row), (9, 0), textcoords="offset points", va="center", fontsize=LABEL, color=INK,
                  bbox=PLATE, parse_math=False)  # fmt: skip


def _room(costs: pd.Series) -> float:
    """By how much the axis must go on beyond the dearest for its label: a share of the decades that it covers."""
    return float((costs.max() / costs.min()) ** 0.6 * 5)


def _budget(axes: Axes, brief: Brief) -> None:
    limit = budget(brief.conditions)
    low, high = axes.get_xlim()
    if limit is None or not low < limit.number < high:
        return
    axes.axvline(limit.number, color=PUBLISHED_COLOR, linewidth=1.2, linestyle=(0, (4, 2)), zorder=1)
    axes.annotate("budget", (limit.number, axes.get_ylim()[1]), (3, 2), textcoords="offset points", fontsize=LABEL,
                  color=PUBLISHED_COLOR, annotation_clip=False)  # fmt: skip


def _dollars(axes: Axes) -> None:
    low, high = axes.get_xlim()
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    steps: Sequence[int] = (1, 2, 5) if len(powers) <= 4 else (1,)
    ticks = [step * 10.0**power for power in powers for step in steps]
    axes.xaxis.set_ticks([tick for tick in ticks if low <= tick <= high])
    axes.xaxis.set_major_formatter(lambda tick, _: f"${show_number(tick, 1, 'compact')}")
    axes.xaxis.set_minor_locator(matplotlib.ticker.NullLocator())
