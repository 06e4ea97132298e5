"""Figure of what the cost of a GPU-hour and of a million tokens is made of, for whoever owns the GPU."""

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes

from analysis.exhibits.figure import NARROW, canvas, drawn
from analysis.exhibits.palette import INK
from analysis.exhibits.statements import Shown
from analysis.library.quantities import quantity
from analysis.library.values import Value
from analysis.studies.ownership.levelized import COST, IDLE, PARTS, PRICE, hour_parts
from analysis.studies.ownership.owned_pair import OwnedPair
from analysis.studies.ownership.owners import Owner

PART_COLORS = dict(
    zip((*PARTS, IDLE), ("#17507a", "#6aa9c9", "#e39145", "#f0d2ad", "#4f8a5b", "#c9cfd6"), strict=True)
)
_DARK = {"capital", "operations"}
_LEGIBLE = 0.066  # share of the axis below which a part has no room for its amount


def cost_parts(owned: OwnedPair) -> Shown | None:
    """Return what a GPU-hour and a million tokens are made of, one bar a platform, stacked part by part.

    The bars of the GPU-hour are in USD. Those of a million tokens are shares of each platform's own cost, since the
    costs themselves can lie far apart; their amounts are written on them. None where no capital is known.
    """
    owners = list(owned.with_capital.values())
    if not owners:
        return None
    hours = {
        owner.name: {part: float(cost) for part, cost in hour_parts(owner.ownership.finance).items()}
        for owner in owners
    }
    tokens = {owner.name: {part: value.number for part, value in owner.parts.items()} for owner in owners}
    prices = {owner.name: owner.levels[PRICE] for owner in owners}
    costs = {owner.name: owner.levels[COST] for owner in owners}
    shares = {name: {part: cost / costs[name].number for part, cost in tokens[name].items()} for name in tokens}
    drawn_parts = [
        part for part in PART_COLORS if any(units[name][part] for units in (hours, tokens) for name in costs)
    ]
    with canvas(NARROW, 0.85 * len(owners) + 1.9, nrows=2) as (figure, (above, below)):
        _stack(above, hours, hours, drawn_parts, prices)
        _stack(below, shares, tokens, drawn_parts, costs)
        above.set_xlabel(quantity(PRICE).label)
        below.set_xlabel(f"Share of {quantity(COST).name} (amounts in USD/Mtok)")
        below.xaxis.set_major_formatter(lambda tick, _: f"{tick:.0%}")
        handles, labels = below.get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside upper left", ncols=len(drawn_parts), frameon=False, fontsize=8)
    in_words = [
        f"{owner.name}: {prices[owner.name].show()} per GPU-hour; {costs[owner.name].show()} per million tokens, of "
        "it " + ", ".join(f"{part} {owner.parts[part].show()}" for part in drawn_parts)
        for owner in owners
    ]
    values = [value for name in costs for value in (prices[name], costs[name])]
    values += [owner.parts[part] for owner in owners for part in drawn_parts]
    data = pd.DataFrame(
        [(name, part, hours[name][part], tokens[name][part]) for name in costs for part in PART_COLORS],
        columns=["platform", "part", "usd_per_gpu_hour", "usd_per_million_tokens"],
    )
    alt = f"Stacked bars. {'. '.join(in_words)}."
    title, note = _parts_title(owners)
    return drawn(figure, "cost-parts", title, alt, data, note=note, values=values)


def _parts_title(owners: Sequence[Owner]) -> tuple[str, str]:
    """The message and the note of the figure of parts: what most of the cost is, where that holds of all."""
    if all(_sum(owner, "capital", "money") > _sum(owner, "power", "space", "operations") for owner in owners):
        return (
            "Most of what a GPU-hour costs its owner is the machine and the money for it.",
            "Above the price of a GPU-hour, below the cost of a million tokens, where idle time is what the hours "
            "without tokens add.",
        )
    return (
        "What a GPU-hour and a million tokens cost their owner, part by part.",
        "Idle time is what the hours without tokens add.",
    )


def _sum(owner: Owner, *parts: str) -> float:
    return sum(owner.parts[part].number for part in parts)


def _stack(
    axes: Axes,
    lengths: Mapping[str, Mapping[str, float]],
    amounts: Mapping[str, Mapping[str, float]],
    parts: Sequence[str],
    ends: Mapping[str, Value],
) -> None:
    longest = max(sum(parts.values()) for parts in lengths.values())
    for row, name in enumerate(lengths):
        start = 0.0
        for part in parts:
            width = lengths[name][part]
            label = part if row == 0 else "_"
            axes.barh(row, width, left=start, height=0.62, color=PART_COLORS[part], label=label, zorder=2)
            if width > _LEGIBLE * longest:
                words = quantity(PRICE).show(amounts[name][part], 2)
                color = "white" if part in _DARK else INK
                axes.text(start + width / 2, row, words, ha="center", va="center", fontsize=8, color=color, zorder=3)
            start += width
        axes.annotate(ends[name].show(), (start, row), (5, 0), textcoords="offset points", va="center",
                      fontweight="bold")  # fmt: skip
    axes.set_yticks(range(len(lengths)), list(lengths))
    axes.set(xlim=(0, 1.14 * longest), ylim=(len(lengths) - 0.5, -0.5))
    axes.grid(visible=False, axis="y")
