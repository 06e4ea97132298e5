"""What is answered when a table of printed figures is checked as a whole?"""

from collections.abc import Mapping
from dataclasses import dataclass, field

Interval = tuple[float, float]


@dataclass(frozen=True)
class Give:
    """How far one end of a printed interval would have to move.

    Attributes:
        end: The end of the interval that stands in the way, in the unit of the statement.
        relative: The move as a share of the end: 0.03 raises an upper end by 3 %, -0.03 lowers a lower end by it.
    """

    end: float
    relative: float

    @property
    def reach(self) -> float:
        """Where that end would have to lie."""
        return self.end * (1 + self.relative)

    def in_units_of(self, step: float) -> float:
        """Return the signed move in units of the step, such as one unit of the last printed digit."""
        return self.end * self.relative / step


@dataclass(frozen=True)
class Joint:
    """Whether a table can be true as a whole, and what follows.

    Attributes:
        feasible: Whether unrounded inputs exist that put every quantity into its interval.
        implied: If feasible, the tightest interval that the table as a whole implies, by variable and then by
            statement id (of its quantity), from 0 or to infinity where nothing bounds it.
        conflict: If not, a smallest set of statements that cannot all be true, by id, each with how far it alone
            would have to give for this set to agree (guarantees: `analysis.studies.claims.consistency.conflict`).
        give: If not, how far each statement alone would have to give for the whole table to agree, by id; None
            where no width of this one would do, because the rest contradict each other.
        relaxation: If not, the moves of least sum (of absolute logarithms) that make the whole table agree, by id,
            only for statements that move. Several sets of moves may have that sum; this is one of them.
    """

    feasible: bool
    implied: Mapping[str, Interval] = field(default_factory=dict)
    conflict: Mapping[str, Give] = field(default_factory=dict)
    give: Mapping[str, Give | None] = field(default_factory=dict)
    relaxation: Mapping[str, Give] = field(default_factory=dict)
