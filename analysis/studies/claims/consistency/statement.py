"""What does one printed figure say about the unrounded inputs, and what is answered of a table of them?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf, isfinite

from analysis.errors import InputError

Interval = tuple[float, float]


@dataclass(frozen=True)
class Statement:
    """A quantity that lies in an interval: lower <= constant * product of variable ** exponent <= upper.

    Raises:
        InputError: If an end, an exponent or the constant is not a number in its range; names the statement.
    """

    id: str  # the statement's name, unique in its table
    lower: float  # lower end, included; 0 where there is none
    upper: float  # upper end, included; infinity where there is none
    # The exponent of every variable in the quantity, such as {"price": 1, "throughput": -1}.
    exponents: Mapping[str, float]
    constant: float = 1.0  # the factor in front, a conversion of units such as 1e6 / 3600

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

    Raises:
        InputError: If an end is outside its range or not a number.
    """
    if not 0 <= lower < inf:
        raise InputError(f"{place}: lower end {lower}, allowed: from 0, finite")
    if not (upper > 0 and upper >= lower):
        raise InputError(f"{place}: upper end {upper}, allowed: above 0 and not below the lower end {lower}")


@dataclass(frozen=True)
class Give:
    """How far one end of a printed interval would have to move."""

    end: float  # the end of the interval that stands in the way, in the unit of the statement
    relative: float  # the move as a share of the end: 0.03 raises an upper end by 3 %, -0.03 lowers a lower end by it

    @property
    def reach(self) -> float:
        """Where that end would have to lie."""
        return self.end * (1 + self.relative)

    def in_units_of(self, step: float) -> float:
        """Return the signed move in units of the step, such as one unit of the last printed digit."""
        return self.end * self.relative / step


@dataclass(frozen=True)
class Joint:
    """Whether a table can be true as a whole, and what follows."""

    feasible: bool  # whether unrounded inputs exist that put every quantity into its interval
    # If feasible, the tightest interval that the table as a whole implies, by variable and then by statement id (of
    # its quantity), from 0 or to infinity where nothing bounds it.
    implied: Mapping[str, Interval] = field(default_factory=dict)
    # If not, a smallest set of statements that cannot all be true, by id, each with how far it alone would have to
    # give for this set to agree (guarantees: `smallest_conflict`).
    conflict: Mapping[str, Give] = field(default_factory=dict)
