"""The figure of the ramp: what a growing load costs month by month and in all, against the budget and the power."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.exhibits.figure import NARROW, canvas, drawn
from analysis.exhibits.palette import MUTED, PUBLISHED_COLOR, color
from analysis.exhibits.statements import Shown
from analysis.library.quantities import show as number
from analysis.library.values import Value
from analysis.studies.procurement.brief import Brief
from analysis.studies.procurement.growth import budget
from analysis.studies.procurement.horizon import Path, paths

LABEL = 8.5  # points
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
