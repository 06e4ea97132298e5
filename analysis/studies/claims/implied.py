"""What a printed table as a whole says of each unrounded input, beside what the data hold."""

from dataclasses import dataclass
from math import isfinite

from analysis.comparison.metrics import inputs
from analysis.library.quantities import quantity
from analysis.library.values import Status, Value
from analysis.studies.claims.claim import Claim
from analysis.studies.claims.consistency import Give, Joint
from analysis.studies.claims.evidence import Evidence


@dataclass(frozen=True)
class Implied:
    """An unrounded input between the ends that the printed table leaves it."""

    low: Value
    high: Value
    in_data: Value

    @property
    def name(self) -> str:
        """Quantity, unit and platform."""
        return f"{self.in_data.quantity.label}, {self.in_data.subject}"

    @property
    def agrees(self) -> bool:
        """Whether the data's value lies between the ends."""
        return self.low.number <= self.in_data.number <= self.high.number


def implied(joint: Joint, claims: list[Claim], evidence: Evidence) -> list[Implied]:
    """Return the inputs that a feasible table bounds on both sides, by quantity and platform.

    There are none of a table about other platforms or another model than those asked about.
    """
    sources = tuple(dict.fromkeys(source for claim in claims for source in claim.value.sources))
    bounds = []
    is_asked = any(evidence.is_asked(claim, claims) for claim in claims)
    for name, value in evidence.inputs.items() if is_asked else ():
        low, high = joint.implied.get(name, (0.0, float("inf")))
        if low <= 0 or not isfinite(high):
            continue
        ends = [
            Value(
                end, quantity(value.quantity.key), value.subject, Status.DERIVED, sources=sources, as_of=value.as_of,
                note=f"{which} value with which all printed figures can be true at once", digits=4,
            )
            for which, end in (("lowest", low), ("highest", high))
        ]  # fmt: skip
        bounds.append(Implied(low=ends[0], high=ends[1], in_data=value))
    order = inputs()
    return sorted(bounds, key=lambda bound: order.index(bound.in_data.quantity.key))


def gives(claim: Claim, give: Give) -> tuple[Value, Value]:
    """Return what a printed figure would have to reach to leave a conflict, and the change in its last digit."""
    reach = Value(
        give.reach, claim.value.quantity, claim.value.subject, Status.DERIVED, sources=claim.value.sources, digits=4
    )  # fmt: skip
    steps = give.in_units_of(claim.figure.step)
    return reach, Value(steps, quantity("difference"), claim.id, Status.DERIVED, inputs={"reach": reach}, digits=2)
