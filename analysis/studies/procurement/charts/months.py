"""The figures of months: how long a fleet and the limits of a buyer last, and what a growing load costs in each."""

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.exhibits.figure import NARROW, canvas, drawn
from analysis.exhibits.palette import MUTED, PUBLISHED_COLOR, color
from analysis.exhibits.statements import Shown
from analysis.library.quantities import show as number
from analysis.library.values import Value, counted
from analysis.studies.procurement.brief import Brief
from analysis.studies.procurement.horizon import Path, paths
from analysis.studies.procurement.options import budget, months_until

LABEL = 8.5  # points
MARKS = {"bought": "o", "power": "s", "budget": "D"}
PAST = 1.5  # the axis of months ends so many horizons out


def runway(brief: Brief) -> Shown | None:
    """Return how many months of growth each fleet, and the limits of power and budget, last.

    None where nothing serves the load, it does not grow, or nothing limits its growth.
    """
    asked = brief.conditions
    if not (brief.fleets and brief.load.growth.number and (asked.power_limit or asked.budget_per_month)):
        return None
    lasting = {key: _lasting(brief, key) for key in brief.fleets}
    order = sorted(lasting, key=lambda key: lasting[key]["bought"].number)
    names = [brief.fleets[key].platform.name for key in order]
    horizon = asked.horizon
    end = PAST * horizon
    lasts = {name: [getattr(lasting[key].get(name), "number", math.nan) for key in order] for name in MARKS}
    data = pd.DataFrame({"platform": names, **{f"{name} (months)": amounts for name, amounts in lasts.items()}})
    with canvas(NARROW, 0.27 * len(order) + 0.9) as (figure, axes):
        rows = np.arange(len(order))
        for row, key in enumerate(order):
            months = {name: min(value.number, end) for name, value in lasting[key].items()}
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
        _legend(axes, [name for name in MARKS if any(name in limits for limits in lasting.values())])
    told = "; ".join(
        f"{name} " + ", ".join(f"{what} {value.show(2)}" for what, value in lasting[key].items())
        for name, key in zip(names, order, strict=True)
    )
    return drawn(
        figure,
        "runway",
        "How many months of growth the GPUs bought and the limits leave.",
        f"Months until growth exhausts the GPUs bought and the limits: {told}.",
        data,
        note="Growth of {growth} a year, each platform in the configuration above; horizon {horizon} months.",
        values=[value for limits in lasting.values() for value in limits.values()],
        growth=brief.load.growth,
        horizon=counted(horizon, "months of the horizon"),
    )


def _lasting(brief: Brief, key: str) -> dict[str, Value]:
    fleet = brief.fleets[key]
    bought = months_until(fleet.room, fleet.needed, brief.load.growth, fleet.platform.name)
    return {"bought": bought, **{limit.name: limit.months for limit in brief.limits(key)}}


def _months(axes: Axes, row: int, months: Value, place: float, end: float) -> None:
    """Write the months beside their dot, to its upper left where the axis ends."""
    words = months.show(2) if math.isfinite(months.number) else "never"
    offset, side = ((9, 0), "left") if place < 0.9 * end else ((-9, 8), "right")
    axes.annotate(words, (place, row), offset, textcoords="offset points", va="center", ha=side, fontsize=LABEL)


def _legend(axes: Axes, names: Sequence[str]) -> None:
    words = {"bought": "GPUs bought", "power": "limit of power", "budget": "budget"}
    handles = [
        axes.plot([], [], MARKS[name], color=MUTED, markersize=6, label=words[name],
                  markerfacecolor=MUTED if name == "bought" else "white")[0]
        for name in names
    ]  # fmt: skip
    axes.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1), ncols=3, frameon=False, borderaxespad=0,
                fontsize=LABEL)  # fmt: skip


MOST = 2  # platforms drawn


def ramp(brief: Brief) -> Shown | None:
    """Return GPUs and cost of each month, of the offers that are ranked first; None without growth or price."""
    drawn_paths = [each for each in paths(brief) if each.option.enough][:MOST]
    if not drawn_paths or not brief.load.growth.number or brief.conditions.horizon == 1:
        return None
    data = pd.concat([_data(each) for each in drawn_paths], ignore_index=True)
    with canvas(NARROW, 2.6, ncols=2) as (figure, (left, right)):
        for place, each in enumerate(drawn_paths):
            rows, of_platform = _data(each), color(each.option.fleet.platform)
            style = {"color": of_platform, "linewidth": 2.0 if place == 0 else 1.2, "linestyle": ("-", ":")[place]}
            left.step(rows["month"], rows["GPUs"], where="mid", label=each.option.fleet.platform.name, **style)
            right.step(rows["month"], rows["cost (USD/month)"], where="mid", **style)
        _limits(left, right, brief, drawn_paths[0])
        for axes, words in ((left, "GPUs"), (right, "cost (USD/month)")):
            axes.set(xlabel="month", ylabel=words, ylim=(0, None))
            axes.yaxis.set_major_formatter(lambda tick, _: number(tick, 2, "compact"))
        left.legend(frameon=False, fontsize=LABEL, loc="lower left", bbox_to_anchor=(0, 1), ncols=2, borderaxespad=0)
    first = drawn_paths[0]
    values: list[Value | str] = [first.gpus, first.cost, first.total, *(limit.room for limit in first.option.limits)]
    return drawn(
        figure,
        "ramp",
        "What a growing load takes month by month.",
        f"On {first.option.fleet.platform.name}: {first.gpus.show()} GPUs and {first.cost.show()} in the last month, "
        f"{first.total.show()} in all.",
        data,
        note="Whole systems that carry the load at the end of each month, at the price of today. Dashed: what power "
        "leaves room for on the platform ranked first, and the budget. The data hold what is paid until then.",
        values=[*values, first.option.fleet.platform.name],
    )


def _data(each: Path) -> pd.DataFrame:
    cost = each.costs
    return pd.DataFrame(
        {
            "platform": each.option.fleet.platform.name,
            "month": np.arange(1, len(cost) + 1),
            "GPUs": each.by_month,
            "cost (USD/month)": cost,
            "paid until then (USD)": np.cumsum(cost),
        }
    )


def _limits(left: Axes, right: Axes, brief: Brief, first: Path) -> None:
    spend, fleet = budget(brief.conditions), first.option.fleet
    power = next((limit.room for limit in first.option.limits if limit.name == "power"), None)
    lines = []
    if power is not None and power.number > 0:
        gpus = float(fleet.smallest.gpus_for(power.number))
        lines.append((left, gpus, "power"))
    if spend is not None:
        lines.append((right, spend.number, "budget"))
    for axes, height, words in lines:
        axes.axhline(height, color=PUBLISHED_COLOR, linewidth=1.2, linestyle=(0, (4, 2)), zorder=1)
        axes.annotate(words, (1.0, height), (-2, 2), xycoords=axes.get_yaxis_transform(), textcoords="offset points",
                      ha="right", fontsize=LABEL, color=MUTED)  # fmt: skip
