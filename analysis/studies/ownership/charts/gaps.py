"""Figure of what would have to move for the modeled price of a GPU-hour to meet a published one."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan, nan
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from analysis.exhibits.figure import NARROW, canvas, drawn
from analysis.exhibits.palette import INK, MUTED, OUTPUT_COLOR
from analysis.exhibits.statements import Shown
from analysis.library.quantities import quantity
from analysis.library.values import Status, Value
from analysis.studies.ownership.levelized import PRICE
from analysis.studies.ownership.owned_pair import OwnedPair
from analysis.studies.ownership.owners import Owner


@dataclass(frozen=True)
class Move:
    """An input that can close a gap by itself."""

    before: Value
    after: Value

    @property
    def change(self) -> float:
        """The relative change; NaN of an input that is nothing now."""
        return self.after.number / self.before.number - 1 if self.before.number else nan

    @property
    def words(self) -> str:
        """From where to where, with unit."""
        return f"{self.before.show()} → {self.after.show()} {self.before.quantity.unit}".strip()


def moves(owner: Owner, price: Value) -> list[Move]:
    """Return the inputs of which some amount closes the gap, the smallest relative change first."""
    every = [
        Move(owner.levels[key], _closing(owner, key, amount))
        for key, amount in owner.closing(price).items()
        if amount is not None
    ]
    return sorted(every, key=lambda move: (isnan(move.change), abs(move.change)))


def closing(owned: OwnedPair) -> Shown | None:
    """Return by how much each input alone would have to change, one panel a platform, the smallest change first.

    What is nothing now has no change in percent; its row says from where to where, as the others do. None where no
    capital is known.
    """
    if not owned.with_capital:
        return None
    prices = owned.prices
    by_platform = {key: moves(owner, prices[key]) for key, owner in owned.with_capital.items()}
    heads = {
        key: f"{owner.name}: {owner.levels[PRICE].show()} modeled, {prices[key].show()} published"
        for key, owner in owned.with_capital.items()
    }
    heights = [len(listed) + 1.6 for listed in by_platform.values()]
    options: dict[str, Any] = {"nrows": len(heights), "squeeze": False, "gridspec_kw": {"height_ratios": heights}}
    with canvas(NARROW, 0.25 * sum(heights) + 0.4, **options) as (figure, grid):
        for (key, listed), axes in zip(by_platform.items(), grid[:, 0], strict=True):
            _panel(axes, heads[key], listed)
        grid[-1, 0].set_xlabel("change of this input alone that closes the gap")
    rows, values = [], []
    for key, listed in by_platform.items():
        owner = owned.with_capital[key]
        values += [owner.levels[PRICE], prices[key]]
        for move in listed:
            of = move.before.quantity
            rows.append((owner.name, of.key, of.unit, move.before.number, move.after.number, move.change))
            values += [move.before, move.after]
    in_words = [
        f"{heads[key]}: {', '.join(f'{move.before.quantity.name} {move.words}' for move in listed)}"
        for key, listed in by_platform.items()
    ]
    return drawn(
        figure,
        "calibration",
        "What each input alone would have to be for the model to meet the published price.",
        f"What each input alone would have to be to close the gap. {'; '.join(in_words)}.",
        pd.DataFrame(rows, columns=["platform", "input", "unit", "amount", "closing", "change"]),
        note="Inputs of which no amount closes the gap are left out, and one that is nothing now has no bar. An "
        "amount that closes a gap need not be one that anybody would see.",
        values=values,
    )


def _closing(owner: Owner, key: str, amount: float) -> Value:
    rests_on = {name: owner.levels[name] for name in (key, PRICE)}
    note = "at which the modeled price is the published one"
    return Value(amount, quantity(key), owner.name, Status.DERIVED, inputs=rests_on, note=note)


def _panel(axes: Axes, head: str, listed: Sequence[Move]) -> None:
    changes = [0.0 if isnan(move.change) else move.change for move in listed]
    axes.barh(range(len(listed)), changes, height=0.6, color=OUTPUT_COLOR, zorder=2)
    for place, move in enumerate(listed):
        axes.text(1.02, place, move.words, va="center", fontsize=8, color=MUTED, parse_math=False,
                  transform=axes.get_yaxis_transform())  # fmt: skip
    axes.set_yticks(range(len(listed)), [move.before.quantity.name for move in listed])
    axes.set_ylim(len(listed) - 0.4, -0.6)
    axes.margins(x=0.1)
    axes.set_title(head, fontsize=9, parse_math=False)
    axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.xaxis.set_major_formatter(lambda tick, _: f"{tick:+.0%}" if tick else "as it is")
    axes.axvline(0, color=INK, linewidth=1, zorder=3)
    axes.grid(visible=False, axis="y")
