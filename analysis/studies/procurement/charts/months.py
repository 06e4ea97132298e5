"""The figure of how many months of growth a fleet, and the limits of power and budget, last."""

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.exhibits.figure import NARROW, canvas, drawn
from analysis.exhibits.palette import MUTED, PUBLISHED_COLOR, color
from analysis.exhibits.statements import Shown
from analysis.library.values import Value, counted
from analysis.studies.procurement.brief import Brief
from analysis.studies.procurement.growth import months_until

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
    data = pd.DataFrame(
        {
            "platform": names,
            **{
                f"{name} (months)": [getattr(lasting[key].get(name), "number", math.nan) for key in order]
                for name in MARKS
            },
        }
    )
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
