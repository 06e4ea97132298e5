"""A published statement, the interval that its printed figure stands for, and what it says in unrounded inputs."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from math import log2
from operator import call

from analysis.comparison.metrics import METRICS, inputs, level
from analysis.errors import InputError, nearest
from analysis.library.values import Value
from analysis.studies.claims.consistency import Joint, Statement, agree, check
from analysis.studies.claims.point import Point
from analysis.studies.claims.rounding import Printed


@dataclass(frozen=True)
class Claim:
    """One published statement: a level of the subject, or its ratio to the baseline."""

    id: str
    group: str  # where it stands: "table" or "prose"
    statement: str  # what it says, short
    quantity: str
    subject: str
    baseline: str  # key of another platform, or empty for a level
    figure: Printed  # the printed figure and what it stands for
    not_stated: str  # which conditions the publication leaves out
    point: Point  # where the statement says that it holds
    date: datetime.date  # the day on which it was made
    value: Value  # the figure as a quoted value
    model: str = ""  # name of the model that it is about; empty where it does not say
    # Prices and power that it names itself, by role and quantity.
    stated: Mapping[str, Mapping[str, Value]] = field(default_factory=lambda: {"subject": {}, "baseline": {}})
    # The day whose rows of the baseline it speaks of, where that is another one.
    baseline_date: datetime.date | None = None
    names: Mapping[str, str] = field(default_factory=dict)  # names of platforms that the figures do not know, by key
    claimant: str = ""  # who said so, where that is not the publisher
    read: str = ""  # how it was read: "file", "image", "excerpt" or "second-hand"; empty where the source says it
    hinges_on: str = ""  # the condition that decides, in words; empty where the verdict itself tells it

    @property
    def roles(self) -> dict[str, str]:
        """The platforms by what they are in the statement: the subject, and the baseline of a ratio."""
        return {"subject": self.subject} | ({"baseline": self.baseline} if self.baseline else {})

    @property
    def platforms(self) -> set[str]:
        """The keys of the platforms that it is about."""
        return set(self.roles.values())

    def day(self, role: str) -> datetime.date:
        """Return the last day whose rows of the "subject" or the "baseline" it can stand on."""
        return (self.baseline_date or self.date) if role == "baseline" else self.date

    @property
    def is_ratio(self) -> bool:
        """Whether the statement compares two platforms."""
        return bool(self.baseline)

    @property
    def is_of_itself(self) -> bool:
        """Whether both sides are made of the same inputs, so that no table of levels can bound the ratio."""
        return self.is_ratio and all(
            self.variable(name, "subject") == self.variable(name, "baseline") for name in monomial(self.quantity)[1]
        )

    def variable(self, key: str, role: str) -> str:
        """Return the name of an unrounded input of the "subject" or the "baseline"; throughput is one per point."""
        point = day = ""
        if key == "throughput_per_gpu":
            point = self.point.of(role)
            day = f"of {self.day(role)}" if self.day(role) != self.date else ""
        return " ".join(part for part in (key, getattr(self, role), point, day) if part)

    def as_statement(self) -> Statement:
        """Return the claim as an interval on a product of powers of unrounded inputs."""
        constant, powers = monomial(self.quantity)
        exponents = {self.variable(name, "subject"): power for name, power in powers.items()}
        for name, power in powers.items() if self.is_ratio else ():
            variable = self.variable(name, "baseline")
            exponents[variable] = exponents.get(variable, 0.0) - power
        low, high = self.figure.interval
        return Statement(self.id, low, high, exponents, 1.0 if self.is_ratio else constant)


def printed_values(claims: Iterable[Claim]) -> list[Value]:
    """Return the printed figures as values, with the publications that they stand in."""
    return [claim.value for claim in claims]


def independent(claims: Iterable[Claim]) -> set[str]:
    """Return the unrounded inputs that claims are functions of: of many printed cells there are few."""
    statements = [claim.as_statement() for claim in claims if not claim.is_of_itself]
    return {name for statement in statements for name, power in statement.exponents.items() if power}


@cache
def monomial(key: str) -> tuple[float, dict[str, float]]:
    """Return a quantity as constant and exponents of inputs, read off its formula.

    Raises:
        InputError: The quantity is not a product of powers of price, throughput, power and peak rate.
    """
    if key in inputs():
        return 1.0, {key: 1.0}
    if key not in METRICS:
        raise InputError(f"quantity {key!r} cannot be judged; {nearest(key, [*inputs(), *METRICS])}")
    ones = dict.fromkeys(METRICS[key].inputs, 1.0)
    constant = float(level(key, ones, call))
    return constant, {name: log2(level(key, {**ones, name: 2.0}, call) / constant) for name in ones}


def jointly(claims: Iterable[Claim], known: Mapping[str, Value] | None = None) -> Joint:
    """Return whether all claims can be true at once, and what that implies for every unrounded input.

    Args:
        claims: The claims.
        known: Inputs that are taken as they are, by variable ("power_per_gpu h200"), beside those that claims state.
    """
    return check(*_table(claims, known))


def can_all_hold(claims: Iterable[Claim], known: Mapping[str, Value] | None = None) -> bool:
    """Return whether all claims can be true at once; arguments as for `jointly`."""
    return agree(*_table(claims, known))


def _table(
    claims: Iterable[Claim], known: Mapping[str, Value] | None
) -> tuple[list[Statement], dict[str, tuple[float, float]]]:
    listed = list(claims)
    statements = [claim.as_statement() for claim in listed if not claim.is_of_itself]
    used = {name for statement in statements for name in statement.exponents}
    taken = {name: [value] for name, value in (known or {}).items()}
    for claim in listed:
        for role, key in claim.roles.items():
            for quantity, value in claim.stated[role].items():
                taken.setdefault(f"{quantity} {key}", []).append(value)
    ends = {name: sorted(value.number for value in values) for name, values in taken.items() if name in used}
    return statements, {name: (numbers[0], numbers[-1]) for name, numbers in ends.items()}
