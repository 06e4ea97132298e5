"""Figure of what would have to move for the modeled price of a GPU-hour to meet a published one."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan, nan
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from analysis.exhibits import INK, MUTED, NARROW, OUTPUT_COLOR, canvas, drawn
from analysis.exhibits.statements import Cell, Shown
from analysis.library.quantities import quantity
from analysis.library.values import Status, Value
from analysis.studies.ownership.owners import Owner


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


def moves(owner: Owner, price: Value) -> list[Move]:
    """Return the inputs of which some amount closes the gap, the smallest relative change first.

    Args:
        owner: The platform.
        price: The published one, in USD/GPU/h.
    """
    found = [
        Move(owner.levels[key], _closing(owner, key, amount))
        for key, amount in owner.calibration(price).closing.items()
        if amount is not None
    ]
    return sorted(found, key=lambda move: (isnan(move.change), abs(move.change)))


def closing(owners: Sequence[tuple[Owner, Value]], *, title: str, note: str = "", **contents: Cell) -> Shown:
    """Return by how much each input alone would have to change, one panel a platform, the smallest change first.

    What is nothing now has no change in percent; its row says from where to where, as the others do.

    Args:
        owners: The platforms, each with its published price in USD/GPU/h.
        title: The message, with `{name}` places for contents.
        note: How to read it.
        **contents: Values and texts of title and note.
    """
    panels = {_head(owner, price): moves(owner, price) for owner, price in owners}
    heights = [len(listed) + 1.6 for listed in panels.values()]
    options: dict[str, Any] = {"nrows": len(panels), "squeeze": False, "gridspec_kw": {"height_ratios": heights}}
    with canvas(NARROW, 0.25 * sum(heights) + 0.4, **options) as (figure, grid):
        for (head, listed), axes in zip(panels.items(), grid[:, 0], strict=True):
            _panel(axes, head, listed)
        grid[-1, 0].set_xlabel("change of this input alone that closes the gap")
    rows, said, values = [], [], []
    for (head, listed), (owner, price) in zip(panels.items(), owners, strict=True):
        values += [owner.levels["price_per_gpu_hour"], price]
        for move in listed:
            key, unit = move.before.quantity.key, move.before.quantity.unit
            rows.append((owner.name, key, unit, move.before.number, move.after.number, move.change))
            values += [move.before, move.after]
        said.append(f"{head}: {', '.join(f'{move.before.quantity.name} {move.said}' for move in listed)}")
    data = pd.DataFrame(rows, columns=["platform", "input", "unit", "amount", "closing", "change"])
    alt = f"What each input alone would have to be to close the gap. {'; '.join(said)}."
    return drawn(figure, "calibration", title, alt, data, note=note, values=values, **contents)


def _head(owner: Owner, price: Value) -> str:
    return f"{owner.name}: {owner.levels['price_per_gpu_hour'].show()} modeled, {price.show()} published"


def _closing(owner: Owner, key: str, amount: float) -> Value:
    rests_on = {name: owner.levels[name] for name in (key, "price_per_gpu_hour")}
    note = "at which the modeled price is the published one"
    return Value(amount, quantity(key), owner.name, Status.DERIVED, inputs=rests_on, note=note)


def _panel(axes: Axes, head: str, listed: Sequence[Move]) -> None:
    changes = [0.0 if isnan(move.change) else move.change for move in listed]
    axes.barh(range(len(listed)), changes, height=0.6, color=OUTPUT_COLOR, zorder=2)
    for place, move in enumerate(listed):
        axes.text(1.02, place, move.said, va="center", fontsize=8, color=MUTED, parse_math=False,
                  transform=axes.get_yaxis_transform())  # fmt: skip
    axes.set_yticks(range(len(listed)), [move.before.quantity.name for move in listed])
    axes.set_ylim(len(listed) - 0.4, -0.6)
    axes.margins(x=0.1)
    axes.set_title(head, fontsize=9, parse_math=False)
    axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.xaxis.set_major_formatter(lambda tick, _: f"{tick:+.0%}" if tick else "as it is")
    axes.axvline(0, color=INK, linewidth=1, zorder=3)
    axes.grid(visible=False, axis="y")
