"""A value of one's own: a number with the unit that it is in and where it was learned."""

import math

from analysis.errors import InputError, nearest
from analysis.library.quantities import QUANTITIES
from analysis.library.terms import OWN_PRICE
from analysis.library.values import Status, Value

PRICE_UNIT = "USD/GPU/h"


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
        raise InputError(f"unit: found {unit!r}; {nearest(unit, dict.fromkeys(q.unit for q in QUANTITIES.values()))}")
    if quantity and quantity not in keys:
        raise InputError(f"quantity: found {quantity!r} in {unit}; {nearest(quantity, keys)}")
    if not source.strip():
        raise InputError("source: found nothing; allowed are words that say where the number was learned")
    if isinstance(number, bool) or not math.isfinite(number):
        raise InputError(f"number: found {number!r}; allowed is a finite number")
    measures = keys[quantity] if quantity else next(iter(keys.values()))
    kinds = {"price": OWN_PRICE} if unit == PRICE_UNIT else {}
    return Value(float(number), measures, subject, Status.ASSUMED, kinds, place=source)
