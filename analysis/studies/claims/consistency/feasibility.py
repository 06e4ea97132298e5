"""Can all statements of a table be true at once, what does one say of unrounded inputs, and what follows?"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, expm1, inf, isfinite, log
from sys import float_info

import numpy as np

from analysis.errors import InputError, nearest
from analysis.studies.claims.consistency.system import (
    Floats,
    Rows,
    System,
    compromise,
    extent,
    least_shift,
    smallest_conflict,
)

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


# Ends that miss each other by one part in 10^9 still agree: a statement exactly at the border is feasible.
TOLERANCE = 1e-9


def check(statements: Sequence[Statement], known: Mapping[str, Interval] | None = None) -> Joint:
    """Return whether all statements can be true at once, and what follows.

    Ends that miss each other by one part in 10^9 or less agree; results are as exact. All output is in the order of
    the input, variables in the order in which statements first name them. Known intervals of variables are taken as
    given: they never give way and are no part of a conflict.

    Raises:
        InputError: If an id is used twice or as a variable too, or if a known variable is in no statement or its
            interval holds no positive number.
    """
    known = known or {}
    if not statements and not known:
        return Joint(feasible=True)
    variables = _variables(statements, known)
    system = _system(statements, variables, known)
    violation, _ = compromise(system)
    if violation <= TOLERANCE:
        return Joint(feasible=True, implied=_Implied(statements, variables, known, system.widened(violation)))
    printed = np.arange(len(system.matrix)) < len(statements)
    conflict = smallest_conflict(system, printed, TOLERANCE)
    return Joint(feasible=False, conflict=_gives(statements, system, conflict | ~printed))


def agree(statements: Sequence[Statement], known: Mapping[str, Interval] | None = None) -> bool:
    """Return whether all statements can be true at once; arguments and errors are those of `check`."""
    known = known or {}
    if not statements and not known:
        return True
    system = _system(statements, _variables(statements, known), known)
    # Rows that do not depend on each other can have any values together.
    is_free = np.linalg.matrix_rank(system.matrix) == len(system.matrix)
    return bool(is_free) or compromise(system)[0] <= TOLERANCE


def _variables(statements: Sequence[Statement], known: Mapping[str, Interval]) -> list[str]:
    """Return the variables in the order in which statements first name them; refuse names that are not clear."""
    variables = list(dict.fromkeys(name for statement in statements for name in statement.exponents))
    counts = Counter([statement.id for statement in statements] + list(variables))
    for name, count in counts.items():
        if count > 1:
            raise InputError(f"statement {name!r}: the id is used {count} times, allowed: once, and as no variable")
    for variable, (low, high) in known.items():
        if variable not in variables:
            raise InputError(f"known variable {variable!r}: in no statement; {nearest(variable, variables)}")
        check_interval(f"known variable {variable!r}", low, high)
    return variables


def _system(statements: Sequence[Statement], variables: Sequence[str], known: Mapping[str, Interval]) -> System:
    """Return the statements, then the known variables, as rows over the logarithms of the variables."""
    rows = [[statement.exponents.get(name, 0.0) for name in variables] for statement in statements]
    rows += [[float(name == variable) for name in variables] for variable in known]
    ends = [(s.lower, s.upper, s.constant) for s in statements] + [(*ends, 1.0) for ends in known.values()]
    return System(
        matrix=np.array(rows, dtype=float),
        lower=np.array([_log(lower) - log(constant) for lower, _, constant in ends]),
        upper=np.array([_log(upper) - log(constant) for _, upper, constant in ends]),
    )


class _Implied(Mapping[str, Interval]):
    """The tightest intervals: two programs each, solved when a name is asked for; most are never asked for."""

    def __init__(
        self, statements: Sequence[Statement], variables: list[str], known: Mapping[str, Interval], system: System
    ) -> None:
        self._system = system
        self._directions: dict[str, Floats] = dict(zip(variables, np.eye(len(variables)), strict=True))
        self._directions |= {statement.id: row for statement, row in zip(statements, system.matrix, strict=False)}
        self._given = dict(known) | {statement.id: (statement.lower, statement.upper) for statement in statements}
        self._constants = {statement.id: statement.constant for statement in statements}

    def __getitem__(self, name: str) -> Interval:
        factor = log(self._constants.get(name, 1.0))
        least, greatest = (_exp(end + factor) for end in extent(self._system, self._directions[name]))
        # Clipped to the given ends, which the last bit may overstep.
        low, high = self._given.get(name, (0.0, inf))
        return min(max(least, low), high), max(min(greatest, high), low)

    def __iter__(self) -> Iterator[str]:
        return iter(self._directions)

    def __len__(self) -> int:
        return len(self._directions)


def _gives(statements: Sequence[Statement], system: System, rows: Rows) -> dict[str, Give]:
    """Return how far each statement among the rows would have to give, all other rows holding, where that can be."""
    held = system.rows(rows).widened(TOLERANCE)
    gives = {}
    for position, row in enumerate(np.flatnonzero(rows).tolist()):
        shift = least_shift(held, position) if row < len(statements) else None
        if shift is not None:
            statement = statements[row]
            gives[statement.id] = Give(statement.upper if shift > 0 else statement.lower, expm1(shift))
    return gives


def _log(value: float) -> float:
    return log(value) if value > 0 else -inf


def _exp(value: float) -> float:
    return exp(value) if value <= log(float_info.max) else inf
