"""Figure of what would have to move for the modeled price of a GPU-hour to meet a published one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan, nan
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.calibration import Calibration
from analysis.charts import INK, MUTED, OUTPUT_COLOR, canvas, drawn
from analysis.owners import Owner
from analysis.quantities import quantity
from analysis.statements import Cell, Shown
from analysis.values import Status, Value


@dataclass(frozen=True)
class Move:
    """An input that can close a gap by itself.

    Attributes:
        before: The input as it is.
        after: The input at which the modeled price is the published one.
    """

    before: Value
    after: Value

    @property
    def change(self) -> float:
        """The relative change; NaN of an input that is nothing now."""
        return self.after.number / self.before.number - 1 if self.before.number else nan

    @property
    def said(self) -> str:
        """From where to where, with unit."""
        return f"{self.before.show()} → {self.after.show()} {self.before.quantity.unit}".strip()


def moves(owner: Owner, calibration: Calibration) -> list[Move]:
    """Return the inputs of which some amount closes the gap, the smallest relative change first.

    Args:
        owner: The platform.
        calibration: Of what its owner pays.
    """
    found = [
        Move(owner.levels[key], _closing(owner, key, amount))
        for key, amount in calibration.closing.items()
        if amount is not None
    ]
    return sorted(found, key=lambda move: (isnan(move.change), abs(move.change)))


def closing(comparisons: Mapping[str, Sequence[Move]], *, title: str, note: str = "", **contents: Cell) -> Shown:
    """Return by how much each input alone would have to change, one panel a comparison, the smallest change first.

    What is nothing now has no change in percent; its row says from where to where, as the others do.

    Args:
        comparisons: The moves of each comparison, by the head of its panel.
        title: The message, with `{name}` places for contents.
        note: How to read it.
        **contents: Values and texts of title and note.
    """
    heights = [len(listed) + 1.6 for listed in comparisons.values()]
    options: dict[str, Any] = {"nrows": len(comparisons), "squeeze": False, "gridspec_kw": {"height_ratios": heights}}
    with canvas(height=0.25 * sum(heights) + 0.4, **options) as (figure, grid):
        for (head, listed), axes in zip(comparisons.items(), grid[:, 0], strict=True):
            _panel(axes, head, listed)
        grid[-1, 0].set_xlabel("change of this input alone that closes the gap")
    said = [
        f"{head}: " + ", ".join(f"{move.before.quantity.name} {move.said}" for move in listed)
        for head, listed in comparisons.items()
    ]
    data = pd.DataFrame(
        [
            (
                head,
                move.before.quantity.key,
                move.before.quantity.unit,
                move.before.number,
                move.after.number,
                move.change,
            )
            for head, listed in comparisons.items()
            for move in listed
        ],
        columns=["comparison", "input", "unit", "amount", "closing", "change"],
    )
    values = [value for listed in comparisons.values() for move in listed for value in (move.before, move.after)]
    alt = f"What each input alone would have to be to close the gap. {'; '.join(said)}."
    return drawn(figure, "calibration", title, alt, data, note=note, values=values, **contents)


def _closing(owner: Owner, key: str, amount: float) -> Value:
    rests_on = {name: owner.levels[name] for name in (key, "price_per_gpu_hour")}
    note = "at which the modeled price is the published one"
    return Value(amount, quantity(key), owner.name, Status.DERIVED, inputs=rests_on, note=note)


def _panel(axes: Axes, head: str, listed: Sequence[Move]) -> None:
    changes = [0.0 if isnan(move.change) else move.change for move in listed]
    axes.barh(range(len(listed)), changes, height=0.6, color=OUTPUT_COLOR, zorder=2)
    for place, (move, change) in enumerate(zip(listed, changes, strict=True)):
        side = -1 if change < 0 else 1
        axes.annotate(move.said, (change, place), (5 * side, 0), textcoords="offset points", va="center",
                      ha="left" if side > 0 else "right", fontsize=8, color=MUTED)  # fmt: skip
    reach = max([abs(change) for change in changes] or [0.0])
    axes.set_yticks(range(len(listed)), [move.before.quantity.name for move in listed])
    axes.set(xlim=(-2 * reach, 2 * reach), ylim=(len(listed) - 0.4, -0.6))
    axes.set_title(head, fontsize=9)
    axes.xaxis.set_major_formatter(lambda tick, _: f"{tick:+.0%}" if tick else "as it is")
    axes.axvline(0, color=INK, linewidth=1, zorder=3)
    axes.grid(visible=False, axis="y")
