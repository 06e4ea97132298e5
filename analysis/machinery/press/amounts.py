"""Whether a text shows an amount: the same, rounded to the digits that the text has."""

import math
import re
from dataclasses import dataclass
from decimal import Decimal

AMOUNT = re.compile(
    r"(?P<sign>(?<!\d)[-−]?)[$€£¥]?(?P<whole>\d[\d,]*)(?:\.(?P<places>\d+))?(?:e(?P<power>[-+]?\d+))?"
    r"(?:×10(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]+))?(?:\s?(?P<scale>[KMBT])\b)?"
)
LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
SCALES = {None: 0, "K": 3, "M": 6, "B": 9, "T": 12}


@dataclass(frozen=True)
class Amount:
    """What a text such as "−$1.23M" says: the amount, and what its last digit counts."""

    value: Decimal
    step: Decimal


def amounts(text: str) -> list[str]:
    """Return the parts of a text that are amounts."""
    return [match[0] for match in AMOUNT.finditer(text)]


def agrees(shown: str, exact: str, value: float | None) -> bool:
    """Return whether a text shows a value, rounded to its own digits.

    Args:
        shown: The text, with one amount.
        exact: Another text of the same value with more digits; it tells how amounts relate to the value, such as
            a hundredfold in percent.
        value: The value unrounded.
    """
    if shown == exact:
        return True
    if len(amounts(shown)) != 1 or len(amounts(exact)) != 1 or value is None:
        return False
    found, known, unrounded = _read(shown), _read(exact), Decimal(repr(value))
    factor = round(math.log10(abs(known.value / unrounded))) if unrounded and known.value else 0
    return abs(found.value - unrounded.scaleb(factor)) <= found.step / 2


def _read(text: str) -> Amount:
    """Return the amount in a text; the last digit of "6,000" is its six, since zeros may only fill up."""
    match = AMOUNT.search(text)
    assert match is not None
    whole, places = match["whole"].replace(",", ""), match["places"] or ""
    power = (
        int(match["power"] or 0)
        + int((match["raised"] or "0").translate(LOWERED))
        + SCALES[match["scale"]]
        - len(places)
    )
    zeros = len(whole) - len(whole.rstrip("0")) if not places and whole.strip("0") else 0
    sign = -1 if match["sign"] else 1
    return Amount(sign * Decimal(whole + places).scaleb(power), Decimal(1).scaleb(power + zeros))
