"""What does one printed figure say about the unrounded inputs?"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf, isfinite

from analysis.errors import InputError


@dataclass(frozen=True)
class Statement:
    """A quantity that lies in an interval: lower <= constant * product of variable ** exponent <= upper.

    Attributes:
        id: The statement's name, unique in its table.
        lower: Lower end, included; 0 where there is none.
        upper: Upper end, included; infinity where there is none.
        exponents: The exponent of every variable in the quantity, such as {"price": 1, "throughput": -1}.
        constant: The factor in front, a conversion of units such as 1e6 / 3600.

    Raises:
        InputError: If an end, an exponent or the constant is not a number in its range; names the statement.
    """

    id: str
    lower: float
    upper: float
    exponents: Mapping[str, float]
    constant: float = 1.0

    def __post_init__(self) -> None:
        check_interval(f"statement {self.id!r}", self.lower, self.upper)
        if not (isfinite(self.constant) and self.constant > 0):
            raise InputError(f"statement {self.id!r}: constant {self.constant}, allowed: above 0 and finite")
        for variable, exponent in self.exponents.items():
            if not isfinite(exponent):
                raise InputError(f"statement {self.id!r}: exponent {exponent} of {variable!r}, allowed: finite")
        if not any(self.exponents.values()):
            raise InputError(f"statement {self.id!r}: exponents {dict(self.exponents)}, allowed: one or more not 0")


def check_interval(place: str, lower: float, upper: float) -> None:
    """Refuse an interval that holds no positive number.

    Args:
        place: What the interval belongs to, for the message.
        lower: Lower end, 0 or above and finite.
        upper: Upper end, above 0 and not below the lower end, possibly infinite.

    Raises:
        InputError: If an end is outside its range or not a number.
    """
    if not 0 <= lower < inf:
        raise InputError(f"{place}: lower end {lower}, allowed: from 0, finite")
    if not (upper > 0 and upper >= lower):
        raise InputError(f"{place}: upper end {upper}, allowed: above 0 and not below the lower end {lower}")
