"""What computes and compares as a number in a unit, whatever else it knows of itself."""

from abc import ABC, abstractmethod
from typing import Any

from analysis.errors import InputError


class Amount(ABC):
    """A number in a unit: float(), arithmetic, comparison, sum(), sorted() and format() take it for the number.

    What is added to it, taken from it or compared with it has the same unit, or none, as a plain number has. What
    comes out is a plain number; `calculate` gives values that know their origin.
    """

    number: float

    @property
    @abstractmethod
    def unit(self) -> str:
        """The unit of the number."""

    def alike(self, other: Any) -> Any:
        """Return the number of another amount in this one's unit; what is no amount as it is.

        Raises:
            InputError: It has another unit.
        """
        if not isinstance(other, Amount):
            return other
        if other.unit != self.unit:
            raise InputError(f"found amounts in {self.unit or '1'} and {other.unit or '1'}; allowed is one unit")
        return other.number

    def __float__(self) -> float:
        return float(self.number)

    def __int__(self) -> int:
        return int(self.number)

    def __round__(self, digits: int | None = None) -> float:
        return round(self.number, digits)

    def __abs__(self) -> float:
        return abs(self.number)

    def __neg__(self) -> float:
        return -self.number

    def __add__(self, other: Any) -> Any:
        return self.number + self.alike(other)

    __radd__ = __add__

    def __sub__(self, other: Any) -> Any:
        return self.number - self.alike(other)

    def __rsub__(self, other: Any) -> Any:
        return self.alike(other) - self.number

    def __mul__(self, other: Any) -> Any:
        return self.number * plain(other)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Any:
        return self.number / plain(other)

    def __rtruediv__(self, other: Any) -> Any:
        return plain(other) / self.number

    def __pow__(self, other: Any) -> Any:
        return self.number ** plain(other)

    def __lt__(self, other: Any) -> Any:
        return self.number < self.alike(other)

    def __le__(self, other: Any) -> Any:
        return self.number <= self.alike(other)

    def __gt__(self, other: Any) -> Any:
        return self.number > self.alike(other)

    def __ge__(self, other: Any) -> Any:
        return self.number >= self.alike(other)

    def __format__(self, form: str) -> str:
        return format(self.number, form) if form else str(self)


def plain(number: Any) -> Any:
    """Return an amount's number, anything else as it is."""
    return number.number if isinstance(number, Amount) else number
