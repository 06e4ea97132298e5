"""A published statement, the interval that its printed figure stands for, and what it says in unrounded inputs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from inspect import signature
from math import log2

from analysis import formulas
from analysis.consistency import Joint, Statement, check
from analysis.errors import InputError, nearest
from analysis.quantities import quantity
from analysis.rounding import Printed, printed
from analysis.sources import FILES, Library
from analysis.tables import line
from analysis.values import Source, Status, Value

INPUTS = ("price_per_gpu_hour", "peak_flops", "throughput_per_gpu", "power_per_gpu")
MADE = {
    formula.__name__: formula
    for formula in (
        formulas.flops_per_dollar,
        formulas.throughput_per_megawatt,
        formulas.cost_per_million_tokens,
        formulas.tokens_per_dollar,
        formulas.energy_per_token,
    )
}


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
        conditions: The conditions as stated, or what is not stated.
        value: The figure as a quoted value.
    """

    id: str
    group: str
    statement: str
    quantity: str
    subject: str
    baseline: str
    figure: Printed
    conditions: str
    value: Value

    @property
    def is_ratio(self) -> bool:
        """Whether the statement compares two platforms."""
        return bool(self.baseline)

    def as_statement(self) -> Statement:
        """Return the claim as an interval on a product of powers of unrounded inputs."""
        constant, powers = monomial(self.quantity)
        exponents = {f"{name} {self.subject}": power for name, power in powers.items()}
        if self.is_ratio:
            exponents |= {f"{name} {self.baseline}": -power for name, power in powers.items()}
        low, high = self.figure.interval
        return Statement(self.id, low, high, exponents, 1.0 if self.is_ratio else constant)


def monomial(key: str) -> tuple[float, dict[str, float]]:
    """Return a quantity as constant and exponents of inputs, read off its formula.

    Raises:
        InputError: The quantity is not a product of powers of price, throughput, power and peak rate.
    """
    if key in INPUTS:
        return 1.0, {key: 1.0}
    if key not in MADE:
        raise InputError(f"quantity {key!r} cannot be judged; {nearest(key, [*INPUTS, *MADE])}")
    ones = dict.fromkeys(signature(MADE[key]).parameters, 1.0)
    constant = float(MADE[key](**ones))
    return constant, {name: log2(MADE[key](**{**ones, name: 2.0}) / constant) for name in ones}


def ledger(library: Library) -> list[Claim]:
    """Return the claims of the library, in their order.

    Raises:
        InputError: A figure, a quantity or a platform is not understood; the message names the line.
    """
    claims = []
    for index, row in library.tables["claims"].iterrows():
        place = f"data/{FILES['claims']}, line {line(index)}"
        try:
            claims.append(_claim(library, row.to_dict(), place))
        except InputError as error:
            raise InputError(f"{place}: {error}") from None
    return claims


def _claim(library: Library, row: Mapping[str, str], place: str) -> Claim:
    figure = printed(row["printed"], row["bound"])
    monomial(row["quantity"])
    of = quantity("ratio" if row["baseline"] else row["quantity"])
    keys = [key for key in (row["subject"], row["baseline"]) if key]
    source: Source = library.sources[row["source"]]
    value = Value(
        figure.value,
        of,
        " / ".join(library.platform(key).name for key in keys),
        Status.QUOTED,
        sources=(source,),
        as_of=source.published,
        place=place,
        note=figure.phrase,
        printed=row["printed"],
    )
    return Claim(
        row["id"], row["group"], row["statement"], row["quantity"], row["subject"], row["baseline"], figure,
        row["conditions_stated"], value,
    )  # fmt: skip


def jointly(claims: Iterable[Claim], known: Mapping[str, Value] | None = None) -> Joint:
    """Return whether all claims can be true at once, and what that implies for every unrounded input.

    Args:
        claims: The claims.
        known: Inputs that are taken as they are, by variable ("power_per_gpu h200").
    """
    statements = [claim.as_statement() for claim in claims]
    used = {name for statement in statements for name in statement.exponents}
    points = {name: (value.number, value.number) for name, value in (known or {}).items() if name in used}
    return check(statements, points)


def can_follow(claim: Claim, claims: Sequence[Claim], known: Mapping[str, Value]) -> bool:
    """Return whether unrounded inputs exist, inside the printed levels of the inputs, that give the claim's figure.

    Inputs that are not printed are taken from `known`; where neither names one, nothing bounds it and the answer
    says little, so it is no.
    """
    levels = [one for one in claims if not one.is_ratio and one.quantity in INPUTS and one.id != claim.id]
    wanted = set(claim.as_statement().exponents)
    bounded = {f"{one.quantity} {one.subject}": one for one in levels}
    if not wanted <= bounded.keys() | known.keys():
        return False
    inputs = [bounded[name] for name in bounded if name in wanted]
    return (
        bool(inputs)
        and jointly([claim, *inputs], {name: value for name, value in known.items() if name not in bounded}).feasible
    )
