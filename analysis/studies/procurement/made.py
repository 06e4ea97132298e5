"""Values of a brief: made by a formula about one subject, or counted up from other values."""

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from analysis.library.quantities import quantity
from analysis.library.values import ROUNDING, Status, Value, calculate


def made(subject: str, formula: Callable[..., Any], **inputs: Value) -> Value:
    """Return what the formula makes of the values, as a property of the subject rather than of all its inputs."""
    return replace(calculate(formula, mixing=(), **inputs), subject=subject)


def counted_up(number: float, key: str, subject: str, note: str, inputs: Mapping[str, Value]) -> Value:
    """Return a number that no formula makes, such as a count of whole systems, with what it was made from.

    Args:
        number: The number, in the quantity's unit.
        key: Key of the quantity.
        subject: What it is a property of.
        note: How it was made.
        inputs: What it was made from, by name.
    """
    return Value(
        float(number),
        quantity(key),
        subject,
        Status.DERIVED,
        sources=tuple(dict.fromkeys(source for value in inputs.values() for source in value.sources)),
        as_of=max((value.as_of for value in inputs.values()), default=""),
        note=note,
        inputs=inputs,
    )


def rounded(number: Value, key: str, up: bool = True) -> Value:
    """Return a value rounded up, or down, to a whole one; what is whole but for rounding stays as it is.

    Args:
        number: The value.
        key: Key of the quantity that the whole number is.
        up: Whether to round up.
    """
    whole = math.ceil(number.number * (1 - ROUNDING)) if up else math.floor(number.number * (1 + ROUNDING))
    note = f"rounded {'up' if up else 'down'} to a whole number"
    return counted_up(whole, key, number.subject, note, {number.quantity.name: number})
