"""Which amounts an input of the cost model can have at all."""

from dataclasses import dataclass
from math import inf
from typing import Any

import numpy as np

from analysis.errors import InputError
from analysis.library.loading.fields import excerpt


@dataclass(frozen=True)
class Domain:
    """An interval of finite numbers."""

    low: float  # its lower end
    high: float = inf  # its upper end
    low_included: bool = True  # whether the lower end belongs to it
    high_included: bool = True  # whether the upper end belongs to it
    smallest: float = 0.0  # the least size of a number in it, if it is not 0

    def __str__(self) -> str:
        """Return what is allowed, in words."""
        low = f"{'at least' if self.low_included else 'more than'} {self.low:g}"
        high = f"{'at most' if self.high_included else 'less than'} {self.high:g}"
        ends = low if self.high == inf else f"{low} and {high}"
        if self.smallest <= max(self.low, 0):
            return ends
        return f"{ends}, {'0 or ' if self.holds(0) else ''}from {self.smallest:g} in size"

    def holds(self, numbers: Any) -> Any:
        """Return for each number whether it is finite and inside, in its shape."""
        above = np.greater_equal(numbers, self.low) if self.low_included else np.greater(numbers, self.low)
        below = np.less_equal(numbers, self.high) if self.high_included else np.less(numbers, self.high)
        large = np.equal(numbers, 0) | np.greater_equal(np.abs(numbers), self.smallest)
        return above & below & large & np.isfinite(numbers)

    def within(self, other: "Domain") -> "Domain":
        """Return the numbers that both hold."""
        low = max(self, other, key=lambda domain: (domain.low, not domain.low_included))
        high = min(self, other, key=lambda domain: (domain.high, domain.high_included))
        smallest = max(self.smallest, other.smallest)
        return Domain(low.low, high.high, low.low_included, high.high_included, smallest)

    def check(self, key: str, given: Any) -> None:
        """Refuse numbers outside.

        Raises:
            InputError: They are not numbers, or one is outside; the message names the first.
        """
        try:
            numbers = np.asarray(given, dtype=float)
        except (TypeError, ValueError):
            raise InputError(f"{key}: found {given!r}, allowed is a number, {self}") from None
        wrong = numbers[~self.holds(numbers)]
        if wrong.size:
            raise InputError(f"{key}: found {wrong[0]:g}, allowed is {self}")


_POSITIVE = Domain(0, low_included=False)
_AMOUNT = Domain(0)
_SHARE = Domain(0, 1)
_POSITIVE_SHARE = Domain(0, 1, low_included=False)

DOMAINS: dict[str, Domain] = {
    "capital_per_gpu": _AMOUNT,
    "residual_value": _SHARE,
    "economic_life": _POSITIVE,
    "cost_of_capital": Domain(-1, low_included=False),
    "payments_per_year": Domain(1),
    "tax_rate": Domain(0, 1, high_included=False),
    "depreciation_present_value": _SHARE,
    "availability": _POSITIVE_SHARE,
    "power_per_gpu": _POSITIVE,
    "pue": Domain(1),
    "average_load": _POSITIVE_SHARE,
    "electricity_price": _AMOUNT,
    "colocation": _AMOUNT,
    "facility_capital": _AMOUNT,
    "facility_life": _POSITIVE,
    "support_rate": _AMOUNT,
    "staff_cost": _AMOUNT,
    "software_licenses": _AMOUNT,
    "throughput_per_gpu": _POSITIVE,
    "utilization": _POSITIVE_SHARE,
    "site_power": _POSITIVE,
    "token_price": _AMOUNT,
}
SMALLEST, LARGEST = 1e-6, 1e12  # between them no step of the model overflows, and no return is lost beside 1
REACH = {"cost_of_capital": Domain(-0.9, 10), "economic_life": Domain(0, 200), "facility_life": Domain(0, 200)}
"""What grows by a power of the years has narrower ends."""
_SIZE = Domain(-LARGEST, LARGEST, smallest=SMALLEST)


def amount(place: str, given: Any) -> Any:
    """Return an amount that the model can reckon with, as it was given; what is no number is left to its domain.

    Raises:
        InputError: It is a number too small or too large for every step of the model to hold it.
    """
    if isinstance(given, int | float) and given != 0 and not SMALLEST <= abs(given) <= LARGEST:
        raise InputError(
            f"{place}: found {excerpt(given)}, allowed is a number, 0 or from {SMALLEST:g} to {LARGEST:g} in size"
        )
    return given


def reckoned(key: str) -> Domain:
    """Return which amounts an input can have for every step of the model to hold them."""
    return DOMAINS[key].within(_SIZE).within(REACH.get(key, _SIZE))
