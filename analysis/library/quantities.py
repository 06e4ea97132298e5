"""The vocabulary: quantities with symbol, unit and better direction, and the words of price tiers and workloads."""

import csv
import inspect
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from analysis.errors import InputError, nearest
from analysis.formulas.steps import substituted

Style = Literal["plain", "whole", "compact", "dollars", "compact dollars", "times", "percent"]

_POWERS_FROM = 18
"""From which power of ten on a number, its letter aside, is shown as a power: it would be wider than a column."""
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SIGNS = {"dollars": ("$", ""), "compact dollars": ("$", ""), "times": ("", "x"), "percent": ("", "%")}


@dataclass(frozen=True)
class Quantity:
    """What a number measures."""

    key: str  # the name of the formula or of the argument that holds it
    name: str  # the name in text, lower case
    symbol: str  # LaTeX
    unit: str  # the unit as it is printed behind numbers and in labels
    dimension: str  # the unit as a pint expression, by which the formulas' dimensions are proven
    better: Literal["lower", "higher", ""] = ""  # which direction is better for a buyer of tokens, if one is
    style: Style = "plain"  # how its numbers are shown

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


class Quoted(str):
    """Words shown as they stand elsewhere: a product's name, a title, a quotation, a term such as 1k/1k.

    A report marks them where it shows them, since their digits are no figures of its own. Words that are composed of
    them are plain text again, until somebody says that these are quoted, too.
    """

    __slots__ = ()


TIERS: dict[str, str] = {
    "hyperscaler": Quoted("hyperscaler ownership"),
    "neocloud": Quoted("neocloud ownership"),
    "rental_3yr": Quoted("3-year rental"),
}
OWN_PRICE = "own price"  # the kind of a price that a scenario states itself


def workload(input_tokens: int, output_tokens: int) -> str:
    """Return the sequence lengths as the field says them: 1k/1k, 8k/1k."""
    lengths = (input_tokens, output_tokens)
    return Quoted("/".join(f"{tokens // 1024}k" if tokens % 1024 == 0 else str(tokens) for tokens in lengths))


def workloads(rows: pd.DataFrame) -> dict[str, tuple[int, int]]:
    """Return the sequence lengths that benchmark rows were measured at, input and output tokens, by their name.

    Shorter prompts come first, and of equal ones shorter answers.
    """
    lengths = ["input_tokens", "output_tokens"]
    pairs = rows[lengths].drop_duplicates().sort_values(lengths).itertuples(index=False)
    return {workload(*pair): (int(pair[0]), int(pair[1])) for pair in pairs}


NO_PRICE, NO_POWER = "no price in this vintage", "no power in this vintage"
ABSENT = {"price_per_gpu_hour": NO_PRICE, "power_per_gpu": NO_POWER}
"""What stands where a platform has none, by quantity."""


def listing(words: Sequence[str], last: str = "and") -> str:
    """Return words as a list in a sentence: "A, B and C"; nothing where there are none."""
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def plural(number: float, word: str) -> str:
    """Return a word as it follows a number: "pair" after one, "pairs" after any other."""
    return word if number == 1 else f"{word}s"


def left_out(names: Iterable[str]) -> str:
    """Return the sentence of a note on platforms left out for a gap in the vintage; nothing where there are none."""
    listed = listing([*names])
    return Quoted(f" Left out, for want of a price or a power in this vintage: {listed}." if listed else "")


DISCLAIMER = "Informational only. No financial advice. Do your own research."
SHOWN_HASH = 16


def counts(model: str, input_tokens: int, output_tokens: int) -> dict[str, str]:
    """Return what a throughput of the published convention counts: whose tokens, which, over which GPUs."""
    return {
        "model": Quoted(model),
        "tokens": "input and output tokens",
        "gpus": "all GPUs",
        "workload": workload(input_tokens, output_tokens),
    }
