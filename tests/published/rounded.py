"""Numbers as a record holds them: with as many digits as every machine agrees on, and of many an even choice."""

import math
from collections.abc import Iterable, Sequence

NOTHING = 1e-12  # what is smaller is left over of a difference that is none
MOST = 40


def rounded(number: float, digits: int = 6) -> str:
    """A number with so many significant digits."""
    return "0" if abs(number) < NOTHING else f"{number:.{digits}g}"


def places(number: float, digits: int = 2) -> str:
    """A number with so many digits after the point, those that are zero left out."""
    return f"{round(float(number), digits) + 0.0:g}"


def several(numbers: Iterable[float], digits: int = 4) -> str:
    """Numbers with a blank between."""
    return " ".join(rounded(float(number), digits) for number in numbers)


def thinned(things: Sequence, most: int = MOST) -> list:
    """All of a few things, and of many as many, evenly picked from the first to the last."""
    count = len(things)
    chosen = range(count) if count <= most else [round(one * (count - 1) / (most - 1)) for one in range(most)]
    return [things[one] for one in chosen]


def in_full(number: str, digits: int = 6) -> str:
    """A text that is a number with so many significant digits, any other one as it is."""
    try:
        found = float(number)
    except ValueError:
        return number
    return rounded(found, digits) if math.isfinite(found) and not number.lstrip("-").isdigit() else number
