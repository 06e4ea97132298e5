"""A value of one's own, with its unit and where it was learned, and a quantity of one's own that it may measure."""

import math
from typing import Literal, get_args

from analysis.errors import InputError, nearest
from analysis.library.quantities import OWN_PRICE, QUANTITIES, Quantity, Style
from analysis.library.values import Status, Value

PRICE_UNIT = "USD/GPU/h"
_OWN: set[str] = set()


def define(
    key: str,
    name: str,
    unit: str,
    *,
    symbol: str = "",
    better: Literal["lower", "higher", ""] = "",
    style: Style = "plain",
) -> Quantity:
    """Return a quantity of one's own, which `value` and `calculate` know from then on by its key.

    A function with this key as its name is its formula: it returns arithmetic of its arguments, each named as the
    key of a quantity, and `calculate`, `equations` and workbooks take it as they take those of `analysis.formulas`.

    Args:
        key: The name of the formula or of the argument that holds it, such as "cost_per_conversation".
        name: The name in text, lower case.
        unit: As it is printed behind numbers; empty: it has none.
        symbol: LaTeX; the name in upright letters if not given.
        better: Which direction is better for a buyer of tokens, if one is.
        style: How its numbers are shown: "plain", "whole", "compact", "dollars", "compact dollars", "times" or
            "percent".

    Raises:
        InputError: The key is no name of Python's or is one of the package's own quantities, the name is empty, or
            the style is none.
    """
    if not key.isidentifier():
        raise InputError(f"key: found {key!r}; allowed is a name that Python allows, such as cost_per_conversation")
    if key in QUANTITIES and key not in _OWN:
        raise InputError(f"key: found {key!r}, which is {QUANTITIES[key].label} already; choose another one")
    if not name.strip():
        raise InputError("name: found nothing; allowed are words, lower case")
    if style not in get_args(Style):
        raise InputError(f"style: found {style!r}; {nearest(style, get_args(Style))}")
    _OWN.add(key)
    QUANTITIES[key] = Quantity(key, name, symbol or rf"\mathrm{{{name.replace(' ', '~')}}}", unit, "", better, style)
    return QUANTITIES[key]


def value(number: float, unit: str, *, source: str, quantity: str = "", subject: str = "own figure") -> Value:
    """Return a number as a value, assumed, for `calculate`, `curves` and everything that is shown.

    Args:
        number: The amount.
        unit: The unit that it is in, as quantities print it: "USD/GPU/h", "tok/s/GPU", "kW/GPU".
        source: Where it was learned, in words; shown where the value is followed to its origin.
        quantity: Key of what it measures; without one the first quantity that has the unit.
        subject: What it is a property of.

    Raises:
        InputError: No quantity has the unit, the quantity has another one, there is no source, or the number is none.
    """
    keys = {key: each for key, each in QUANTITIES.items() if each.unit == unit}
    if not keys:
        units = dict.fromkeys(each.unit for each in QUANTITIES.values())
        raise InputError(f"unit: found {unit!r}; {nearest(unit, units)}; `define` adds a quantity with another")
    if quantity and quantity not in keys:
        raise InputError(f"quantity: found {quantity!r} in {unit}; {nearest(quantity, keys)}")
    if not source.strip():
        raise InputError("source: found nothing; allowed are words that say where the number was learned")
    if isinstance(number, bool) or not math.isfinite(number):
        raise InputError(f"number: found {number!r}; allowed is a finite number")
    measures = keys[quantity] if quantity else next(iter(keys.values()))
    kinds = {"price": OWN_PRICE} if unit == PRICE_UNIT else {}
    return Value(float(number), measures, subject, Status.ASSUMED, kinds, place=source)
