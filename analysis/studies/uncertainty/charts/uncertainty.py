"""Figures of how sure a result is: its layers of doubt, what moves it, and how probable each amount is."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.exhibits import INK, MUTED, NARROW, OUTPUT_COLOR, PUBLISHED_COLOR, canvas, drawn
from analysis.exhibits.statements import Cell, Shown
from analysis.library.quantities import show as show_number
from analysis.library.values import Value
from analysis.studies.attribution.charts.scales import multiples
from analysis.studies.uncertainty.layers import Layer
from analysis.studies.uncertainty.propagation import Sample

LAYER_COLORS = {Layer.MEASUREMENT: "#6aa9c9", Layer.ASSUMPTION: "#c2410c", Layer.STRUCTURE: "#5f6b7a"}
_HIGH, _LOW = "#17507a", "#e39145"
_PROBABILITIES = tuple(float(one) for one in np.linspace(0.002, 0.998, 250))
_HIGHER = [1 - one for one in _PROBABILITIES]


def layers(table: pd.DataFrame, base: Value, *, title: str, note: str = "", **contents: Cell) -> Shown:
    """Return how far each cause of doubt moves a ratio, layer by layer, on a log axis about the ratio as reported.

    Args:
        table: As `analysis.studies.uncertainty.layers.by_layer` returns it.
        base: The ratio as it is reported.
        title: The message, with `{name}` places for contents.
        note: How to read it.
        **contents: Values and texts of title and note.
    """
    with canvas(NARROW, 0.4 * len(table) + 1.2) as (figure, axes):
        for place, row in enumerate(table.itertuples()):
            color = LAYER_COLORS[Layer(row.layer)]
            first = place == 0 or table["layer"].iloc[place - 1] != row.layer
            axes.plot([row.low, row.high], [place, place], color=color, linewidth=7, solid_capstyle="butt",
                      label=str(row.layer) if first else "_", zorder=2)  # fmt: skip
            said = f"{show_number(row.low, 3, 'times')} to {show_number(row.high, 3, 'times')}"
            axes.text(1.02, place, said, va="center", fontsize=8, color=MUTED, transform=axes.get_yaxis_transform())
        axes.axvline(base.number, color=INK, linewidth=1.2, zorder=3)
        axes.set_yticks(range(len(table)), list(table["cause"]))
        axes.set(xlim=(table["low"].min() / 1.15, table["high"].max() * 1.15), ylim=(len(table) - 0.5, -0.5))
        multiples(axes, "x")
        axes.set_xlabel("cost ratio (log scale)")
        axes.grid(visible=False, axis="y")
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=3, frameon=False, borderaxespad=0, fontsize=8)
    causes = ", ".join(f"{row.cause} ({row.layer})" for row in table.itertuples())
    alt = f"Ranges of the cost ratio about {base.show()} on a log axis, widest first in each layer: {causes}."
    data = table.assign(layer=table["layer"].astype(str))
    return drawn(figure, "layers", title, alt, data, note=note, values=[base], **contents)


def tornadoes(
    panels: Mapping[str, tuple[Value, pd.DataFrame]],
    names: Mapping[str, str],
    *,
    title: str,
    note: str = "",
    **contents: Cell,
) -> Shown:
    """Return how far each input moves results over its range, one panel a result, the widest swing first.

    Args:
        panels: The result and its tornado, as `analysis.studies.uncertainty.sensitivity.tornado` returns it, by what
            it is.
        names: Of the inputs in words.
        title: The message, with `{name}` places for contents.
        note: How to read it.
        **contents: Values and texts of title and note.
    """
    heights = [len(table) + 1.7 for _, table in panels.values()]
    options: dict[str, Any] = {"nrows": len(panels), "squeeze": False, "gridspec_kw": {"height_ratios": heights}}
    with canvas(NARROW, 0.26 * sum(heights) + 0.2, **options) as (figure, grid):
        for (head, (result, table)), axes in zip(panels.items(), grid[:, 0], strict=True):
            _tornado(axes, head, result, table, names)
        handles, labels = grid[0, 0].get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside upper right", ncols=2, frameon=False, fontsize=8)
    said = "; ".join(
        f"{head}, {result.show()}: {', '.join(names[name] for name in table['input'])}"
        for head, (result, table) in panels.items()
    )
    data = pd.concat([table.assign(of=head) for head, (_, table) in panels.items()], ignore_index=True)
    alt = f"Tornado of each result over the ranges of its inputs, widest first. {said}."
    return drawn(figure, "tornado", title, alt, data, note=note, values=[result for result, _ in panels.values()],
                 **contents)  # fmt: skip


def exceedance(
    samples: Mapping[str, Sample],
    result: str,
    marks: Sequence[Value],
    *,
    title: str,
    note: str = "",
    **contents: Cell,
) -> Shown:
    """Return how probable it is that a ratio exceeds each amount, one line a sample, on a log axis.

    Args:
        samples: The draws, by what was assumed of them.
        result: Name of the ratio.
        marks: Ratios that are marked.
        title: The message, with `{name}` places for contents.
        note: How to read it.
        **contents: Values and texts of title and note.
    """
    lines = {
        name: [one.value for one in sample.quantiles(result, _PROBABILITIES)] for name, sample in samples.items()
    }
    with canvas(NARROW, 3.2) as (figure, axes):
        for (name, amounts), dashes in zip(lines.items(), ("-", (0, (4, 1.5)), (0, (1, 1.2))), strict=False):
            axes.plot(amounts, _HIGHER, color=OUTPUT_COLOR, linestyle=dashes, linewidth=2, label=name)
        for mark in marks:
            axes.axvline(mark.number, color=PUBLISHED_COLOR, linewidth=1, linestyle=":")
            axes.annotate(mark.show(2), (mark.number, 1), (3, 2), xycoords=axes.get_xaxis_transform(), fontsize=8,
                          textcoords="offset points", color=PUBLISHED_COLOR, fontweight="bold")  # fmt: skip
        every = [*(mark.number for mark in marks), *(amount for amounts in lines.values() for amount in amounts)]
        axes.set(xlim=(min(every) / 1.2, max(every) * 1.2), ylim=(0, 1.02), xlabel="cost ratio (log scale)",
                 ylabel="probability of a higher ratio")  # fmt: skip
        multiples(axes, "x")
        axes.yaxis.set_major_formatter(lambda tick, _: f"{tick:.0%}")
        axes.legend(loc="lower left", frameon=False, fontsize=8)
    data = pd.DataFrame({"probability_of_a_higher_ratio": _HIGHER, **lines})
    alt = f"Probability of a higher cost ratio, falling from all to none, for {' and for '.join(samples)}."
    return drawn(figure, "exceedance", title, alt, data, note=note, values=marks, **contents)


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
