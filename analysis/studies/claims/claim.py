"""A published statement, the interval that its printed figure stands for, and what it says in unrounded inputs."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from operator import call

from analysis.comparison.metrics import METRICS, inputs, level
from analysis.errors import InputError, nearest
from analysis.library.values import Value
from analysis.studies.claims.consistency import Joint, Statement, agree, check
from analysis.studies.claims.rounding import Printed


@dataclass(frozen=True)
class Point:
    """Where a statement says that it holds; what it does not say is None or empty.

    Attributes:
        input_tokens: Input sequence length, tokens.
        output_tokens: Output sequence length, tokens.
        interactivity: tok/s/user.
        subject_precision: Precision of the subject.
        baseline_precision: Precision of the baseline.
        subject_speculative_decoding: "mtp" or "none" on the subject.
        baseline_speculative_decoding: "mtp" or "none" on the baseline.
        measurement: Another benchmark than ours that the statement is about.
    """

    input_tokens: int | None = None
    output_tokens: int | None = None
    interactivity: float | None = None
    subject_precision: str = ""
    baseline_precision: str = ""
    subject_speculative_decoding: str = ""
    baseline_speculative_decoding: str = ""
    measurement: str = ""

    def of(self, role: str) -> str:
        """Return a name for the operating point of the "subject" or the "baseline", empty where none is stated."""
        lengths = (self.input_tokens, self.output_tokens) if self.input_tokens else ()
        stack = (getattr(self, f"{role}_precision"), getattr(self, f"{role}_speculative_decoding"))
        parts = (self.measurement, *lengths, self.interactivity, *stack)
        return " ".join(str(part) for part in parts if part)


@dataclass(frozen=True)
class Claim:
    """One published statement: a level of the subject, or its ratio to the baseline.

    Attributes:
        id: Short name.
        group: Where it stands: "table" or "prose".
        statement: What it says, short.
        quantity: Key of the quantity.
        subject: Key of a platform.
        baseline: Key of another platform, or empty for a level.
        figure: The printed figure and what it stands for.
        not_stated: Which conditions the publication leaves out.
        point: Where the statement says that it holds.
        date: The day on which it was made.
        value: The figure as a quoted value.
    """

    id: str
    group: str
    statement: str
    quantity: str
    subject: str
    baseline: str
    figure: Printed
    not_stated: str
    point: Point
    date: datetime.date
    value: Value

    @property
    def is_ratio(self) -> bool:
        """Whether the statement compares two platforms."""
        return bool(self.baseline)

    def variable(self, key: str, role: str) -> str:
        """Return the name of an unrounded input of the "subject" or the "baseline"; throughput is one per point."""
        point = self.point.of(role) if key == "throughput_per_gpu" else ""
        return " ".join(part for part in (key, getattr(self, role), point) if part)

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
        known: Inputs that are taken as they are, by variable ("power_per_gpu h200").
    """
    return check(*_table(claims, known))


def can_all_hold(claims: Iterable[Claim], known: Mapping[str, Value] | None = None) -> bool:
    """Return whether all claims can be true at once; arguments as for `jointly`."""
    return agree(*_table(claims, known))


def _table(
    claims: Iterable[Claim], known: Mapping[str, Value] | None
) -> tuple[list[Statement], dict[str, tuple[float, float]]]:
    statements = [claim.as_statement() for claim in claims]
    used = {name for statement in statements for name in statement.exponents}
    points = {name: (value.number, value.number) for name, value in (known or {}).items() if name in used}
    return statements, points


def can_follow(claim: Claim, claims: Sequence[Claim], known: Mapping[str, Value]) -> bool:
    """Return whether unrounded inputs exist, inside the printed levels of the inputs, that give the claim's figure.

    Inputs that are not printed are taken from `known`; where neither names one, nothing bounds it and the answer
    says little, so it is no.
    """
    names = inputs()
    levels = [each for each in claims if not each.is_ratio and each.quantity in names and each.id != claim.id]
    wanted = set(claim.as_statement().exponents)
    bounded = {level.variable(level.quantity, "subject"): level for level in levels}
    if not wanted <= bounded.keys() | known.keys():
        return False
    printed = [bounded[name] for name in bounded if name in wanted]
    given = {name: value for name, value in known.items() if name not in bounded}
    return bool(printed) and can_all_hold([claim, *printed], given)
