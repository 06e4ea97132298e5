"""Which throughputs printed figures leave two platforms, and how far any two throughputs are from them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import inf, prod

import numpy as np

from analysis.frontier.curves import Floats
from analysis.library.quantities import quantity
from analysis.library.sources import TIERS, Library
from analysis.library.values import Status, Value
from analysis.studies.claims.claim import Claim
from analysis.studies.claims.consistency.feasibility import Interval


@dataclass(frozen=True)
class Target:
    """The throughputs that printed figures leave two platforms."""

    baseline: Interval  # lowest and highest throughput of the baseline, in tok/s/GPU
    subject: Interval  # lowest and highest throughput of the subject, in tok/s/GPU
    claims: tuple[Claim, ...]  # the printed levels that leave them, taken together

    def ends(self, baseline: str, subject: str) -> tuple[Value, Value, Value, Value]:
        """Return the ends of both intervals as values: of the baseline, then of the subject, lowest first."""
        sources = tuple(dict.fromkeys(source for claim in self.claims for source in claim.value.sources))
        first, second, third, fourth = (
            Value(
                end, quantity("throughput_per_gpu"), name, Status.DERIVED, sources=sources, digits=4,
                note=f"{which} throughput with which all printed levels can be true at once",
            )
            for name, interval in ((baseline, self.baseline), (subject, self.subject))
            for which, end in zip(("lowest", "highest"), interval, strict=True)
        )  # fmt: skip
        return first, second, third, fourth

    def excess(self, baseline: Floats, subject: Floats) -> Floats:
        """Return the logarithm of the factor by which the farther of two throughputs is too high."""
        return np.maximum(np.log(baseline / self.baseline[1]), np.log(subject / self.subject[1]))

    def shortfall(self, baseline: Floats, subject: Floats) -> Floats:
        """Return the logarithm of the factor by which the farther of two throughputs is too low."""
        return np.maximum(np.log(self.baseline[0] / baseline), np.log(self.subject[0] / subject))

    def departure(self, baseline: Floats, subject: Floats) -> Floats:
        """Return how far two throughputs are from what is printed: 0 where both fit.

        Else the share by which the farther one of them lies outside its interval, (throughput / highest - 1) or
        (lowest / throughput - 1). Both are measured by the same yardstick, and the worse one counts.
        """
        worst = np.maximum(self.excess(baseline, subject), self.shortfall(baseline, subject))
        return np.expm1(np.maximum(worst, 0))


def target(claims: Iterable[Claim], baseline: str, subject: str, known: Mapping[str, Value]) -> Target | None:
    """Return the throughputs that the printed levels of both platforms leave together.

    With price and power known, a printed level bounds the throughput alone: it is a product of powers of the three.
    None where the levels do not bound both throughputs, or cannot all be true with what is known.
    """
    levels = [claim for claim in claims if not claim.is_ratio]
    first, second = (_left(levels, f"throughput_per_gpu {key}", known) for key in (baseline, subject))
    if first is None or second is None:
        return None
    return Target(first[0], second[0], first[1] + second[1])


def compatible(
    library: Library, claims: Sequence[Claim], baseline: str, subject: str
) -> dict[tuple[str, str], Target]:
    """Return the throughputs that the printed levels leave, by vintage and price tier: only those that leave any."""
    known = constants(library, baseline, subject)
    targets = {kind: target(claims, baseline, subject, values) for kind, values in known.items()}
    return {kind: left for kind, left in targets.items() if left is not None}


def constants(library: Library, baseline: str, subject: str) -> dict[tuple[str, str], dict[str, Value]]:
    """Return the prices and powers of two platforms by variable, for each vintage and tier that has them all."""
    complete = {}
    for vintage, tier in product(library.vintages, TIERS):
        stated = {f"price_per_gpu_hour {key}": library.known_price(key, tier, vintage) for key in (baseline, subject)}
        stated |= {f"power_per_gpu {key}": library.known_power(key, vintage) for key in (baseline, subject)}
        known = {variable: value for variable, value in stated.items() if value}
        if len(known) == len(stated):
            complete[vintage, tier] = known
    return complete


def _left(
    levels: Sequence[Claim], variable: str, known: Mapping[str, Value]
) -> tuple[Interval, tuple[Claim, ...]] | None:
    """The interval that the levels leave a variable, and those that it enters; None where that is no interval."""
    lowest, highest, used = 0.0, inf, []
    for claim in levels:
        statement = claim.as_statement()
        exponents = dict(statement.exponents)
        power = exponents.pop(variable, 0.0)
        if not power or not exponents.keys() <= known.keys():
            continue
        rest = statement.constant * prod(known[name].number ** exponent for name, exponent in exponents.items())
        ends = sorted(_root(end / rest, power) for end in (statement.lower, statement.upper))
        lowest, highest = max(lowest, ends[0]), min(highest, ends[1])
        used.append(claim)
    return ((lowest, highest), tuple(used)) if 0 < lowest <= highest < inf else None


def _root(amount: float, power: float) -> float:
    return inf if amount == 0 and power < 0 else amount ** (1 / power)
