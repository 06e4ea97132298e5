"""How many trailing zeros of a printed figure count: as few as the other printed figures force, else all of them."""

from collections.abc import Sequence
from dataclasses import replace

from analysis.studies.claims.claim import Claim, can_all_hold


def resolved(claims: Sequence[Claim]) -> list[Claim]:
    """Return claims of one publication, each figure in the one reading of its zeros by which it is judged.

    A zero that may not have been meant counts, unless the table cannot be true with it: "$4.20" at "$1.41" asks for
    92.8 to 93.7 tok/s, so "90" beside them has one digit. All other figures are then read as widely as they allow.
    """
    return [_resolved(claim, claims) for claim in claims]


def is_forced(claim: Claim, judged: Claim) -> bool:
    """Return whether the other figures forced zeros of a claim not to count, from how it is printed and judged."""
    return judged.figure.step > claim.figure.step


def _resolved(claim: Claim, claims: Sequence[Claim]) -> Claim:
    if not claim.figure.ambiguous:
        return claim
    others = [other for other in claims if other is not claim and _share(claim, other)]
    count = len(claim.figure.readings)
    for open_zeros in range(count):
        judged = replace(claim, figure=claim.figure.resolved(open_zeros))
        if can_all_hold([judged, *others]):
            return judged
    return replace(claim, figure=claim.figure.resolved(0))


def _share(claim: Claim, other: Claim) -> bool:
    """Whether another claim is of the same publication; of other inputs it may be, for it may lead to these."""
    return claim.value.sources == other.value.sources
