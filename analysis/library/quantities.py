"""The vocabulary: every quantity's name, symbol, unit, better direction and the way its numbers are shown.

The words themselves stand in `quantities.csv` beside this module, one quantity a line.
"""

import csv
import inspect
import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from analysis.errors import InputError, nearest
from analysis.formulas.text import substituted

Style = Literal["plain", "whole", "compact", "dollars", "compact dollars", "times", "percent"]

_POWERS_FROM = 18
"""From which power of ten on a number, its letter aside, is shown as a power: it would be wider than a column."""
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SIGNS = {"dollars": ("$", ""), "compact dollars": ("$", ""), "times": ("", "x"), "percent": ("", "%")}


@dataclass(frozen=True)
class Quantity:
    """What a number measures.

    Attributes:
        key: The name of the formula or of the argument that holds it.
        name: The name in text, lower case.
        symbol: LaTeX.
        unit: The unit as it is printed behind numbers and in labels.
        dimension: The unit as a pint expression, by which the formulas' dimensions are proven.
        better: Which direction is better for a buyer of tokens, if one is.
        style: How its numbers are shown.
    """

    key: str
    name: str
    symbol: str
    unit: str
    dimension: str
    better: Literal["lower", "higher", ""] = ""
    style: Style = "plain"

    def show(self, number: float, digits: int = 3) -> str:
        """Return the number as text with so many significant digits, without its unit."""
        return show(number, digits, self.style)

    @property
    def title(self) -> str:
        """The name as a heading begins it."""
        return self.name[:1].upper() + self.name[1:]

    @property
    def label(self) -> str:
        """The name with its unit, as an axis or a column head says it."""
        return f"{self.title} ({self.unit})" if self.unit else self.title


@lru_cache(maxsize=10_000)
def show(number: float, digits: int = 3, style: Style = "plain") -> str:
    """Return a number as text, rounded half to even to so many significant digits.

    Args:
        number: What to show; NaN is shown as "n/a" and infinity as its sign.
        digits: Significant digits; digits before the decimal point are never dropped but shown as zeros, up to 10^18.
        style: "plain" 5,970; "whole" 1,229 whatever the digits; "compact" 53.8K; "dollars" $4.20;
            "compact dollars" $53.8K; "times" 34.1x; "percent" 0.41 as 41%.
    """
    if math.isnan(number):
        return "n/a"
    if math.isinf(number):
        return "∞" if number > 0 else "−∞"
    amount = Decimal(repr(float(number))) * (100 if style == "percent" else 1)
    if style == "whole":
        amount = amount.to_integral_value(ROUND_HALF_EVEN)
    else:
        amount = Context(prec=digits, rounding=ROUND_HALF_EVEN).plus(amount)
    suffix, compact = "", style.startswith("compact")
    if amount and amount.adjusted() >= _POWERS_FROM + (9 if compact else 0):
        power = amount.adjusted()
        suffix = f"×10{str(power).translate(_RAISED)}"
        amount = Context(prec=digits, rounding=ROUND_HALF_EVEN).plus(amount).scaleb(-power)
    elif compact:
        for scale, letter in ((9, "B"), (6, "M"), (3, "K")):
            if amount.copy_abs() >= Decimal(10) ** scale:
                amount, suffix = amount.scaleb(-scale), letter
                break
    places = max(0, digits - 1 - amount.adjusted()) if amount and (style != "whole" or "×" in suffix) else 0
    text = f"{amount.copy_abs():,.{places}f}"
    sign = "−" if amount < 0 else ""
    before, after = _SIGNS.get(style, ("", ""))
    return f"{sign}{before}{text}{suffix}{after}"


with (Path(__file__).parent / "quantities.csv").open(encoding="utf-8", newline="") as table:
    QUANTITIES = {row["key"]: Quantity(**row) for row in csv.DictReader(table)}  # type: ignore[arg-type]
_OTHER = "other_"
# With the spaces and the parenthesis, so that the hyphen of "GPU-hour" stays one.
_SPOKEN = {
    " × ": " times ",
    " / ": " divided by ",
    " ^ ": " to the power of ",
    " + ": " plus ",
    " - ": " minus ",
    "(-": "(minus ",
}


def quantity(key: str) -> Quantity:
    """Return the quantity of a key; `other_KEY` is the same quantity of the platform compared with.

    Raises:
        InputError: No such quantity.
    """
    if key in QUANTITIES:
        return QUANTITIES[key]
    if (base := key.removeprefix(_OTHER)) in QUANTITIES and base != key:
        same = QUANTITIES[base]
        return replace(same, key=key, name=f"{same.name} of the other platform", symbol=f"{same.symbol}'")
    raise InputError(f"unknown quantity {key!r}; {nearest(key, QUANTITIES)}; `define` adds one of your own")


def spoken(formula: Callable[..., Any]) -> str:
    """Return the equation in words, as alternative text for readers who do not see it."""
    words = {name: quantity(name).name for name in inspect.signature(formula).parameters}
    text = substituted(formula, words)
    for sign, spoken_sign in _SPOKEN.items():
        text = text.replace(sign, spoken_sign)
    if text.startswith("-"):
        text = f"minus {text.removeprefix('-')}"
    return f"{quantity(formula.__name__).name} equals {text}"
