"""Figures of how sure a result is: its layers of doubt, what moves it, and how probable each amount is."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.exhibits.figure import NARROW, canvas, drawn, times_axis
from analysis.exhibits.palette import INK, MUTED, OUTPUT_COLOR, PUBLISHED_COLOR
from analysis.exhibits.statements import Shown
from analysis.library.choices import choice
from analysis.library.quantities import quantity
from analysis.library.quantities import show as show_number
from analysis.library.values import Value
from analysis.studies.ownership.cost_model import RATIO
from analysis.studies.ownership.levelized import COST
from analysis.studies.uncertainty.doubts import Doubts
from analysis.studies.uncertainty.sampling import QUANTILES
from analysis.studies.uncertainty.structure import Layer, Spread, by_layer
from analysis.studies.uncertainty.tables import thresholds

LAYER_COLORS = {Layer.MEASUREMENT: "#6aa9c9", Layer.ASSUMPTION: "#c2410c", Layer.STRUCTURE: "#5f6b7a"}
_HIGH, _LOW = "#17507a", "#e39145"
_PROBABILITIES = tuple(float(probability) for probability in np.linspace(0.002, 0.998, 250))
_HIGHER = [1 - probability for probability in _PROBABILITIES]


def layers(base: Value, causes: Sequence[Spread]) -> Shown:
    """Return how far each cause of doubt moves a ratio, layer by layer, on a log axis about the ratio as reported."""
    table = by_layer(causes)
    with canvas(NARROW, 0.4 * len(table) + 1.2) as (figure, axes):
        for place, row in enumerate(table.itertuples()):
            color = LAYER_COLORS[Layer(row.layer)]
            first = place == 0 or table["layer"].iloc[place - 1] != row.layer
            axes.plot([row.low, row.high], [place, place], color=color, linewidth=7, solid_capstyle="butt",
                      label=str(row.layer) if first else "_", zorder=2)  # fmt: skip
            ends = f"{show_number(row.low, 3, 'times')} to {show_number(row.high, 3, 'times')}"
            axes.text(1.02, place, ends, va="center", fontsize=8, color=MUTED, transform=axes.get_yaxis_transform())
        axes.axvline(base.number, color=INK, linewidth=1.2, zorder=3)
        axes.set_yticks(range(len(table)), list(table["cause"]))
        axes.set(xlim=(table["low"].min() / 1.15, table["high"].max() * 1.15), ylim=(len(table) - 0.5, -0.5))
        times_axis(axes)
        axes.set_xlabel("cost ratio (log scale)")
        axes.grid(visible=False, axis="y")
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=3, frameon=False, borderaxespad=0, fontsize=8)
    in_words = ", ".join(f"{row.cause} ({row.layer})" for row in table.itertuples())
    return drawn(
        figure,
        "layers",
        "What would change the cost ratio of {times}: each cause of doubt by itself, in three layers.",
        f"Ranges of the cost ratio about {base.show()} on a log axis, widest first in each layer: {in_words}.",
        table.assign(layer=table["layer"].astype(str)),
        note="Repeated runs: {runs} of them differ by less. Utilization of each: one at the low end of its range "
        "while the other is at the high end.",
        values=[base],
        times=base,
        runs=choice("band_share", "repeated run"),
    )


def tornadoes(study: Doubts | None) -> Shown | None:
    """Return how far each input moves the ratio and both costs over its range, the widest swing first."""
    if study is None:
        return None
    names = study.uncertain.names
    results = {"Cost ratio": RATIO} | {
        f"{quantity(COST).title}, {owner.name}": f"{platform}.{COST}"
        for platform, owner in study.owned.owners.items()
    }
    panels = {
        head: (study.value(result, float(study.model({})[result])), study.tornado(result))
        for head, result in results.items()
    }
    heights = [len(table) + 1.7 for _, table in panels.values()]
    options: dict[str, Any] = {"nrows": len(panels), "squeeze": False, "gridspec_kw": {"height_ratios": heights}}
    with canvas(NARROW, 0.26 * sum(heights) + 0.2, **options) as (figure, grid):
        for (head, (result, table)), axes in zip(panels.items(), grid[:, 0], strict=True):
            _tornado(axes, head, result, table, names)
        handles, labels = grid[0, 0].get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside upper right", ncols=2, frameon=False, fontsize=8)
    in_words = "; ".join(
        f"{head}, {result.show()}: {', '.join(names[name] for name in table['input'])}"
        for head, (result, table) in panels.items()
    )
    _, of_ratio = panels["Cost ratio"]
    return drawn(
        figure,
        "tornado",
        "Over its range the {widest} moves the modeled cost ratio most.",
        f"Tornado of each result over the ranges of its inputs, widest first. {in_words}.",
        pd.concat([table.assign(of=head) for head, (_, table) in panels.items()], ignore_index=True),
        note="Each bar runs from the result at the lowest to the result at the highest amount of one input, the "
        "others as they are.",
        values=[result for result, _ in panels.values()],
        widest=names[of_ratio["input"].iloc[0]],
    )


def exceedance(study: Doubts | None) -> Shown | None:
    """Return how probable it is that the cost ratio exceeds each amount, with what it is now, on a log axis."""
    if study is None:
        return None
    marks, here = thresholds(), study.standing(RATIO)
    low, high = study.quantiles(RATIO, QUANTILES[0], QUANTILES[-1])
    amounts = [estimate.value for estimate in study.sample.quantiles(RATIO, _PROBABILITIES)]
    with canvas(NARROW, 3.2) as (figure, axes):
        axes.axvspan(low.number, high.number, color=OUTPUT_COLOR, alpha=0.08, linewidth=0)
        axes.plot(amounts, _HIGHER, color=OUTPUT_COLOR, linewidth=2)
        for value, color in [*((mark, PUBLISHED_COLOR) for mark in marks), (here, INK)]:
            axes.axvline(value.number, color=color, linewidth=1, linestyle=":")
            axes.annotate(
                value.show(3 if value is here else 2), (value.number, 1), (3, 2), fontsize=8, color=color,
                xycoords=axes.get_xaxis_transform(), textcoords="offset points", fontweight="bold",
            )  # fmt: skip
        every = [*(mark.number for mark in marks), here.number, *amounts]
        axes.set(xlim=(min(every) / 1.2, max(every) * 1.2), ylim=(0, 1.02), xlabel="cost ratio (log scale)",
                 ylabel="probability of a higher ratio")  # fmt: skip
        times_axis(axes)
        axes.yaxis.set_major_formatter(lambda tick, _: f"{tick:.0%}")
    return drawn(
        figure,
        "exceedance",
        "{band} of the draws give a cost ratio between {low} and {high}: the probability of a higher one.",
        f"Probability of a higher cost ratio, falling from all to none; {low.show()} to {high.show()} in most draws.",
        pd.DataFrame({"probability_of_a_higher_ratio": _HIGHER, "cost_ratio": amounts}),
        note="Tinted: those draws. Dotted: asked thresholds, and {here} with every input as it stands.",
        values=[*marks, here],
        band=study.band,
        low=low,
        high=high,
        here=here,
    )


def _tornado(axes: Axes, head: str, result: Value, table: pd.DataFrame, names: Mapping[str, str]) -> None:
    here = result.number
    for column, color, label in (("result_at_low", _LOW, "lowest input"), ("result_at_high", _HIGH, "highest input")):
        axes.barh(range(len(table)), table[column] - here, left=here, height=0.62, color=color, label=label, zorder=2)
    axes.axvline(here, color=INK, linewidth=1, zorder=3)
    axes.set_yticks(range(len(table)), [names[name] for name in table["input"]])
    axes.set_ylim(len(table) - 0.4, -0.6)
    axes.set_title(f"{head}: {result.show()}", fontsize=9)
    axes.xaxis.set_major_formatter(lambda tick, _: result.quantity.show(tick, 2))
    axes.grid(visible=False, axis="y")
