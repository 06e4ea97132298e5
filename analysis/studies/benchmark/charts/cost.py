"""Figure of what a million tokens cost on every platform at each interactivity."""

from collections.abc import Sequence

import pandas as pd

from analysis.comparison.contenders import Contender, unpriced
from analysis.exhibits.figure import BANDS, bracket_band, canvas, drawn, lay_out, plain_ticks
from analysis.exhibits.labels import Label, beside, keep_margin, where_there_is_room
from analysis.exhibits.palette import INK, PUBLISHED_COLOR, color
from analysis.exhibits.statements import Shown
from analysis.library.quantities import TIERS, left_out, quantity
from analysis.library.values import Value
from analysis.studies.benchmark.point import COST, MeasuredPoint

_PLACES = 400  # at which a line is drawn


def cost_curves(platforms: Sequence[Contender], point: MeasuredPoint) -> Shown:
    """Return cost per million tokens against interactivity, one line a platform, those of the point standing out."""
    floor, chosen = point.pair.floor, [side.platform.key for side in point.pair.sides]
    tables = [_costs(side) for side in platforms]
    with canvas(height=4.4) as (figure, axes):
        for side, table in zip(platforms, tables, strict=True):
            stands_out = side.platform.key in chosen
            width = 2.6 if stands_out else 1.4
            axes.plot(table["interactivity"], table[COST], color=color(side.platform), linewidth=width)
            if stands_out:
                axes.plot(floor.number, side.metric(COST, floor.number), "o", markersize=8, mfc="none",
                          mec=PUBLISHED_COLOR, markeredgewidth=1.8, zorder=5)  # fmt: skip
        axes.axvline(floor.number, color=PUBLISHED_COLOR, linewidth=0.8, linestyle=":")
        axes.set(yscale="log", ylabel=f"{quantity(COST).label}, log scale", xlabel="interactivity (tok/s/user)")
        plain_ticks(axes, "$")
        for side, table in zip(platforms, tables, strict=True):
            low, high = table["lower end"], table["upper end"]
            bracket_band(axes, table["interactivity"], low, high, color(side.platform))
        ends = [_end(side, table, chosen) for side, table in zip(platforms, tables, strict=True)]
        keep_margin(figure, 0.15)
        lay_out(figure)
        beside(axes, where_there_is_room(axes, ends, ("right", "above", "high above", "left")))
    alt, values = _alt(platforms, floor)
    return drawn(
        figure,
        "cost-against-interactivity",
        "Cost per million tokens at {lengths} on every platform that was measured.",
        alt,
        pd.concat(tables, ignore_index=True),
        note=f"Full load, {{tier}} as of {{vintage}}. {BANDS} The rings are {{baseline}} and {{subject}} at "
        "{speed} tok/s/user.{left_out}",
        values=values,
        lengths=point.pair.lengths,
        tier=TIERS[point.pair.conditions.price_tier],
        vintage=point.pair.conditions.vintage,
        speed=floor,
        left_out=left_out(unpriced(point.library, point.pair.conditions)),
        **point.pair.names,
    )


def _costs(side: Contender) -> pd.DataFrame:
    places = side.curve.places(_PLACES)
    low, high = side.bracket(COST, places)
    return pd.DataFrame(
        {
            "platform": side.platform.name,
            "interactivity": places,
            COST: side.metric(COST, places),
            "lower end": low,
            "upper end": high,
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
