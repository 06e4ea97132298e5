"""Figure of what a million tokens cost on every platform at each interactivity."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.comparison.contenders import Contender
from analysis.exhibits import INK, PUBLISHED_COLOR, canvas, color, drawn
from analysis.exhibits.labels import Label, beside, keep_margin, where_there_is_room
from analysis.exhibits.statements import Cell, Shown
from analysis.library.quantities import quantity
from analysis.library.values import Value
from analysis.studies.benchmark.charts.frontier import plain_ticks

COST = "cost_per_million_tokens"
_PLACES = 400  # at which a line is drawn


def cost_curves(
    sides: Sequence[Contender],
    chosen: Sequence[str],
    floor: Value,
    *,
    title: str,
    note: str = "",
    **contents: Cell,
) -> Shown:
    """Return cost per million tokens against interactivity, one line a platform.

    Args:
        sides: The platforms.
        chosen: Keys of those whose lines stand out.
        floor: Interactivity of the comparison, in tok/s/user, at which the chosen are marked.
        title: The message, with `{name}` places for contents.
        note: How to read it.
        **contents: Values and texts of title and note.
    """
    tables = [_costs(side) for side in sides]
    with canvas(height=4.4) as (figure, axes):
        for side, table in zip(sides, tables, strict=True):
            stands_out = side.platform.key in chosen
            width = 2.6 if stands_out else 1.4
            axes.plot(table["interactivity"], table[COST], color=color(side.platform), linewidth=width)
            if stands_out:
                axes.plot(floor.number, side.metric(COST, floor.number), "o", markersize=8, mfc="none",
                          mec=PUBLISHED_COLOR, markeredgewidth=1.8, zorder=5)  # fmt: skip
        axes.axvline(floor.number, color=PUBLISHED_COLOR, linewidth=0.8, linestyle=":")
        axes.set(yscale="log", ylabel=f"{quantity(COST).label}, log scale", xlabel="interactivity (tok/s/user)")
        plain_ticks(axes, "$")
        ends = [_end(side, table, chosen) for side, table in zip(sides, tables, strict=True)]
        keep_margin(figure, 0.15)
        figure.draw_without_rendering()
        beside(axes, where_there_is_room(axes, ends, ("right", "above", "high above", "left")))
    alt, values = _alt(sides, floor)
    data = pd.concat(tables, ignore_index=True)
    return drawn(figure, "cost-against-interactivity", title, alt, data, note=note, values=values, **contents)


def _costs(side: Contender) -> pd.DataFrame:
    knots = [member.interactivity for member in side.curve.members]
    places = np.unique(np.concatenate([np.linspace(side.curve.low, side.curve.high, _PLACES), *knots]))
    return pd.DataFrame(
        {
            "platform": side.platform.name,
            "interactivity": places,
            COST: side.metric(COST, places),
            "series": side.curve.series_at(places),
        }
    )


def _end(side: Contender, table: pd.DataFrame, chosen: Sequence[str]) -> Label:
    last = table.iloc[-1]
    bold = side.platform.key in chosen
    return Label(last["interactivity"], last[COST], side.platform.name, INK, bold, color(side.platform))


def _alt(sides: Sequence[Contender], floor: Value) -> tuple[str, list[Value]]:
    """What the figure shows in words, and the values in them."""
    costs, values = [], [floor]
    for side in sides:
        cost = side.at(floor.number).get(COST)
        costs.append(f"{side.platform.name} {cost.show() if cost else 'not that fast'}")
        values += [cost] if cost else []
    text = "Cost per million tokens against interactivity, log scale, one line a platform."
    return f"{text} At {floor.show()} tok/s/user: {', '.join(costs)}.", values
