"""Figures of a procurement brief: what each platform costs for a load, and how long its fleet lasts."""

import math
from collections.abc import Sequence
from textwrap import shorten

import matplotlib
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.exhibits import INK, MUTED, PUBLISHED_COLOR, canvas, color, drawn
from analysis.exhibits.statements import Cell, Shown
from analysis.library.quantities import show as show_number
from analysis.library.values import Value
from analysis.studies.procurement.brief import Brief
from analysis.studies.procurement.growth import budget, months_until
from analysis.studies.procurement.options import Option

NO_OFFER = "no firm public price"
LABEL = 8.5  # points
MARKS = {"bought": "o", "power": "s", "budget": "D"}
WIDTH = 6.4  # inches; narrower than the column, so that its text stays readable where it is scaled down
PLATE = {"facecolor": "white", "edgecolor": "none", "pad": 0.5}
LONGEST = 44  # letters of a label's words
PAST = 1.5  # the axis of months ends so many horizons out


def cost_by_platform(brief: Brief, *, title: str, note: str = "", **contents: Cell) -> Shown:
    """Return what the load costs a month on each platform, from the provider that asks least, on a log axis.

    Platforms without an offer, or that cannot meet the limits, have their line too and say so.

    Args:
        brief: With at least one priced offer.
        title: The message, with `{name}` places for contents.
        note: How to read it.
        **contents: Values and texts of title and note.
    """
    offered = {key: one for key in brief.fleets if (one := brief.cheapest(key))}
    order = sorted(offered, key=lambda key: offered[key].cost_per_month.number)
    matching = {key: brief.break_even(key) for key in brief.fleets if key not in offered}
    silent = {brief.fleets[key].platform.name: _unpriced(price) for key, price in matching.items()}
    silent |= {one.platform.name: one.reason for one in brief.unserved}
    data = pd.DataFrame([_told(offered[key]) for key in order])
    with canvas(WIDTH, 0.22 * (len(order) + len(silent)) + 0.65) as (figure, axes):
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
    said = "; ".join(f"{one.fleet.platform.name} {_asked(one)}" for one in (offered[key] for key in order))
    others = "; ".join(f"{name} {words}" for name, words in silent.items())
    alt = f"Cost per month of the load: {said}." + (f" {others}." if others else "")
    values = [value for one in offered.values() for value in (one.cost_per_month, one.price)]
    values += [price for price in matching.values() if price]
    return drawn(figure, "cost-by-platform", title, alt, data, note=note, values=values, **contents)


def runway(brief: Brief, *, title: str, note: str = "", **contents: Cell) -> Shown:
    """Return how many months of growth each fleet, and the limits of power and budget, last.

    Args:
        brief: With a growing load and at least one fleet.
        title: The message, with `{name}` places for contents.
        note: How to read it.
        **contents: Values and texts of title and note.
    """
    lasting = {key: _lasting(brief, key) for key in brief.fleets}
    order = sorted(lasting, key=lambda key: lasting[key]["bought"].number)
    names = [brief.fleets[key].platform.name for key in order]
    horizon = brief.conditions.horizon
    end = PAST * horizon
    data = pd.DataFrame(
        {
            "platform": names,
            **{f"{name} (months)": [_number(lasting[key].get(name)) for key in order] for name in MARKS},
        }
    )
    with canvas(WIDTH, 0.27 * len(order) + 0.9) as (figure, axes):
        rows = np.arange(len(order))
        for row, key in enumerate(order):
            months = {name: min(one.number, end) for name, one in lasting[key].items()}
            of_platform = color(brief.fleets[key].platform)
            axes.hlines(row, 0, months["bought"], color=of_platform, linewidth=3, zorder=2)
            for name, place in months.items():
                axes.plot(
                    place, row, MARKS[name], color=of_platform, markersize=7, zorder=3, clip_on=False,
                    markerfacecolor=of_platform if name == "bought" else "white",
                )  # fmt: skip
            _months(axes, row, lasting[key]["bought"], months["bought"], end)
        axes.axvline(horizon, color=PUBLISHED_COLOR, linewidth=1.2, linestyle=(0, (4, 2)), zorder=1)
        axes.annotate("horizon", (horizon, len(order) - 0.45), (3, 0), textcoords="offset points", fontsize=LABEL,
                      color=PUBLISHED_COLOR, va="center")  # fmt: skip
        axes.set(xlim=(0, end), ylim=(-0.6, len(order) - 0.2), xlabel="months until growth exhausts it", ylabel="")
        axes.set_yticks(rows, names)
        axes.grid(visible=False, axis="y")
        _legend(axes, [name for name in MARKS if any(name in one for one in lasting.values())])
    said = "; ".join(
        f"{name} " + ", ".join(f"{what} {value.show(2)}" for what, value in lasting[key].items())
        for name, key in zip(names, order, strict=True)
    )
    values = [value for one in lasting.values() for value in one.values()]
    alt = f"Months until growth exhausts the GPUs bought and the limits: {said}."
    return drawn(figure, "runway", title, alt, data, note=note, values=values, **contents)


def _told(one: Option) -> dict[str, object]:
    assert one.offer is not None
    return {
        "platform": one.fleet.platform.name,
        "provider": one.offer.provider,
        "terms": one.offer.terms,
        "price (USD/GPU/h)": one.price.number,
        "cost per month (USD)": one.cost_per_month.number,
        "within the limits": one.fits,
    }


def _asked(one: Option) -> str:
    assert one.offer is not None
    return f"{one.cost_per_month.show()} from {one.offer.provider} at {one.price.show()}"


def _unpriced(price: Value | None) -> str:
    return NO_OFFER if price is None else f"{NO_OFFER}; as cheap as the best at {price.show()} per GPU-hour"


def _dot(axes: Axes, row: float, one: Option) -> None:
    assert one.offer is not None
    of_platform = color(one.fleet.platform)
    cost = one.cost_per_month.number
    axes.plot(
        cost,
        row,
        "o",
        color=of_platform,
        markersize=8,
        markerfacecolor=of_platform if one.fits else "white",
        zorder=3,
    )
    whose = shorten(f"{one.offer.provider}, {one.offer.terms}", LONGEST, placeholder="…")
    said = f"{one.cost_per_month.show()}  {whose}"
    axes.annotate(said, (cost, row), (9, 0), textcoords="offset points", va="center", fontsize=LABEL, color=INK,
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


def _lasting(brief: Brief, key: str) -> dict[str, Value]:
    fleet = brief.fleets[key]
    option = brief.cheapest(key) or brief.modeled[key]
    bought = months_until(fleet.room, fleet.needed, brief.load.growth, fleet.platform.name)
    return {"bought": bought, **{limit.name: limit.months for limit in option.limits}}


def _months(axes: Axes, row: int, months: Value, place: float, end: float) -> None:
    """Write the months beside their dot, to its upper left where the axis ends."""
    said = months.show(2) if math.isfinite(months.number) else "never"
    offset, side = ((9, 0), "left") if place < 0.9 * end else ((-9, 8), "right")
    axes.annotate(said, (place, row), offset, textcoords="offset points", va="center", ha=side, fontsize=LABEL)


def _number(value: Value | None) -> float:
    return math.nan if value is None else value.number


def _legend(axes: Axes, names: Sequence[str]) -> None:
    words = {"bought": "GPUs bought", "power": "limit of power", "budget": "budget"}
    handles = [
        axes.plot([], [], MARKS[name], color=MUTED, markersize=6, label=words[name],
                  markerfacecolor=MUTED if name == "bought" else "white")[0]
        for name in names
    ]  # fmt: skip
    axes.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1), ncols=3, frameon=False, borderaxespad=0,
                fontsize=LABEL)  # fmt: skip
