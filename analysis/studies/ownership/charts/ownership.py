"""Figure of what the cost of a GPU-hour and of a million tokens is made of, for whoever owns the GPU."""

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes

from analysis.exhibits import INK, NARROW, canvas, drawn
from analysis.exhibits.statements import Cell, Shown
from analysis.library.quantities import quantity
from analysis.library.values import Value
from analysis.studies.ownership.decomposition import IDLE, PARTS, hour_parts
from analysis.studies.ownership.owners import Owner

PART_COLORS = dict(
    zip((*PARTS, IDLE), ("#17507a", "#6aa9c9", "#e39145", "#f0d2ad", "#4f8a5b", "#c9cfd6"), strict=True)
)
_DARK = {"capital", "operations"}
_LEGIBLE = 0.066  # share of the axis below which a part has no room for its amount


def cost_parts(owners: Sequence[Owner], *, title: str, note: str = "", **contents: Cell) -> Shown:
    """Return what a GPU-hour and a million tokens are made of, one bar a platform, stacked part by part.

    The bars of the GPU-hour are in USD. Those of a million tokens are shares of each platform's own cost, since the
    costs themselves can lie far apart; their amounts are written on them.

    Args:
        owners: The platforms, from the top.
        title: The message, with `{name}` places for contents.
        note: How to read it.
        **contents: Values and texts of title and note.
    """
    hours = {owner.name: {part: float(cost) for part, cost in hour_parts(owner.ownership.finance).items()}
             for owner in owners}  # fmt: skip
    tokens = {owner.name: {part: value.number for part, value in owner.parts.items()} for owner in owners}
    ends = {owner.name: owner.levels["cost_per_million_tokens"] for owner in owners}
    shares = {
        name: {part: cost / ends[name].number for part, cost in parts.items()} for name, parts in tokens.items()
    }
    shown = [part for part in PART_COLORS if any(one[name][part] for one in (hours, tokens) for name in ends)]
    with canvas(NARROW, 0.85 * len(owners) + 1.9, nrows=2) as (figure, (above, below)):
        _stack(above, hours, hours, shown, {owner.name: owner.levels["price_per_gpu_hour"] for owner in owners})
        _stack(below, shares, tokens, shown, ends)
        above.set_xlabel(quantity("price_per_gpu_hour").label)
        below.set_xlabel(f"Share of {quantity('cost_per_million_tokens').name} (amounts in USD/Mtok)")
        below.xaxis.set_major_formatter(lambda tick, _: f"{tick:.0%}")
        handles, labels = below.get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside upper left", ncols=len(shown), frameon=False, fontsize=8)
    said = []
    for owner in owners:
        parts = ", ".join(f"{part} {owner.parts[part].show()}" for part in shown)
        hour, token = owner.levels["price_per_gpu_hour"].show(), ends[owner.name].show()
        said.append(f"{owner.name}: {hour} per GPU-hour; {token} per million tokens, of it {parts}")
    values = [value for owner in owners for value in (owner.levels["price_per_gpu_hour"], ends[owner.name])]
    values += [owner.parts[part] for owner in owners for part in shown]
    data = pd.DataFrame(
        [(name, part, hours[name][part], tokens[name][part]) for name in ends for part in PART_COLORS],
        columns=["platform", "part", "usd_per_gpu_hour", "usd_per_million_tokens"],
    )
    return drawn(
        figure, "cost-parts", title, f"Stacked bars. {'. '.join(said)}.", data, note=note, values=values, **contents
    )


def _stack(
    axes: Axes,
    lengths: Mapping[str, Mapping[str, float]],
    amounts: Mapping[str, Mapping[str, float]],
    shown: Sequence[str],
    ends: Mapping[str, Value],
) -> None:
    longest = max(sum(parts.values()) for parts in lengths.values())
    for row, name in enumerate(lengths):
        start = 0.0
        for part in shown:
            width = lengths[name][part]
            label = part if row == 0 else "_"
            axes.barh(row, width, left=start, height=0.62, color=PART_COLORS[part], label=label, zorder=2)
            if width > _LEGIBLE * longest:
                said = quantity("price_per_gpu_hour").show(amounts[name][part], 2)
                color = "white" if part in _DARK else INK
                axes.text(start + width / 2, row, said, ha="center", va="center", fontsize=8, color=color, zorder=3)
            start += width
        axes.annotate(ends[name].show(), (start, row), (5, 0), textcoords="offset points", va="center",
                      fontweight="bold")  # fmt: skip
    axes.set_yticks(range(len(lengths)), list(lengths))
    axes.set(xlim=(0, 1.14 * longest), ylim=(len(lengths) - 0.5, -0.5))
    axes.grid(visible=False, axis="y")
