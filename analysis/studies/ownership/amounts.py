"""What inputs of the cost model have in common: each is checked, and may know its source."""

from dataclasses import dataclass, fields
from typing import Any

from analysis.formulas.number import Number
from analysis.library.quantities import quantity
from analysis.library.values import Status, Value
from analysis.studies.ownership.domains import DOMAINS


@dataclass(frozen=True, eq=False, kw_only=True)
class Amounts:
    """Inputs of the model: numbers, arrays that broadcast, or values that know their source."""

    def __post_init__(self) -> None:
        """Refuse an amount outside its domain."""
        for key, number in self.numbers().items():
            DOMAINS[key].check(key, number)

    def numbers(self) -> dict[str, Number]:
        """Return the bare amounts, by key."""
        return {key: getattr(amount, "number", amount) for key, amount in self.amounts().items()}

    def values(self, subject: str) -> dict[str, Value]:
        """Return the amounts as values, by key; a bare number becomes an assumption about the subject."""
        return {
            key: amount
            if isinstance(amount, Value)
            else Value(float(amount), quantity(key), subject, Status.ASSUMED, note="assumed, without a source")
            for key, amount in self.amounts().items()
        }

    def amounts(self) -> dict[str, Any]:
        """Return what was given or holds by default, by key."""
        return {one.name: getattr(self, one.name) for one in fields(self) if one.name in DOMAINS}
