"""A published statement: where it holds, the interval of its printed figure, and what it says in unrounded inputs."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from math import log2
from operator import call

from analysis.comparison.metrics import METRICS, inputs, level
from analysis.errors import InputError, nearest
from analysis.frontier.tokens import Tokens
from analysis.library.values import Value
from analysis.studies.claims.consistency import Joint, Statement, agree, check
from analysis.studies.claims.rounding import Printed


@dataclass(frozen=True)
class Point:
    """Where a statement says that it holds; what it does not say is None or empty."""

    input_tokens: int | None = None
    output_tokens: int | None = None
    interactivity: float | None = None  # tok/s/user
    subject_precision: str = ""
    baseline_precision: str = ""
    subject_speculative_decoding: str = ""  # "mtp" or "none" on the subject
    baseline_speculative_decoding: str = ""  # "mtp" or "none" on the baseline
    subject_framework: str = ""
    baseline_framework: str = ""
    tokens: str = ""  # which tokens it counts: "output", "total", or empty where it does not say
    measurement: str = ""  # another benchmark than ours that the statement is about
    # Whether rows of doubtful accuracy answer, too; no statement says so, a reading may.
    lets_suspect_rows_in: bool = False

    @property
    def is_stated(self) -> bool:
        """Whether it names anything of the point, so that no other point answers."""
        named = (self.input_tokens, self.output_tokens, self.interactivity, *self._stacks)
        return any(part not in (None, "") for part in named) or self.counted != "total"

    @property
    def counted(self) -> Tokens:
        """Which tokens are counted; as in the published convention where it does not say."""
        return "output" if self.tokens == "output" else "total"

    @property
    def _stacks(self) -> tuple[str, ...]:
        return (
            *(self.subject_precision, self.baseline_precision),
            *(self.subject_speculative_decoding, self.baseline_speculative_decoding),
            *(self.subject_framework, self.baseline_framework),
        )

    def of(self, role: str) -> str:
        """Return a name for the operating point of the "subject" or the "baseline", empty where none is stated."""
        lengths = (self.input_tokens, self.output_tokens) if self.input_tokens else ()
        stack = [getattr(self, f"{role}_{part}") for part in ("framework", "precision", "speculative_decoding")]
        kind = f"{self.tokens} tokens" if self.counted != "total" else ""
        parts = (self.measurement, *lengths, self.interactivity, *stack, kind)
        return " ".join(str(part) for part in parts if part)


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
