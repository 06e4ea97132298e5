"""What becomes of a claim when it is recomputed, each figure in one reading of its zeros."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from analysis.library.quantities import ABSENT
from analysis.studies.claims.claim import Claim, can_all_hold
from analysis.studies.claims.evidence import NO_LENGTHS, Evidence, Finding
from analysis.studies.claims.judgment import Judgment, Verdict


def judge(
    claims: Sequence[Claim],
    evidence: Evidence,
    *,
    published: Evidence | None = None,
    options: Mapping[str, Evidence] | None = None,
) -> list[Judgment]:
    """Return a verdict on each claim.

    Args:
        claims: The claims, of one publication: its other figures tell which zeros count and what is contradicted.
        evidence: What to judge by.
        published: The same under the assumptions in force when the claims were published.
        options: Other readings of the conditions, by what they are called.
    """
    return [_judged(claim, claims, evidence, published, options or {}) for claim in resolved(claims)]


def _judged(
    claim: Claim,
    claims: Sequence[Claim],
    evidence: Evidence,
    published: Evidence | None,
    options: Mapping[str, Evidence],
) -> Judgment:
    if not evidence.is_asked(claim, claims):
        return Judgment(claim, Verdict.NOT_ASKED, evidence.finding(claim, claims))
    finding = evidence.finding(claim, claims)
    if finding.value is None and finding.remark in ABSENT.values():
        return Judgment(claim, Verdict.NOT_CHECKABLE, finding)
    if _holds(claim, finding):
        return Judgment(claim, Verdict.REPRODUCED, finding)
    is_open = finding.value or finding.remark == NO_LENGTHS

    @cache
    def readings() -> Mapping[str, Finding]:
        """What other readings give: most verdicts do not need to know."""
        return evidence.readings(claim, claims) if is_open else {}

    if claim.figure.is_peak and finding.value is None:
        finding = _best(readings()) or finding
        if _holds(claim, finding):
            return Judgment(claim, Verdict.REPRODUCED, finding)
    before = published.finding(claim, claims) if published else None
    if before and _holds(claim, before):
        return Judgment(claim, Verdict.SUPERSEDED, finding)
    if _is_near(claim, finding):
        return Judgment(claim, Verdict.WITHIN_REPEATABILITY, finding)
    if before and _is_near(claim, before):
        return Judgment(claim, Verdict.SUPERSEDED, finding)
    tried = {**readings(), **{name: option.finding(claim, claims) for name, option in options.items()}}
    if under := tuple(name for name, other in tried.items() if _holds(claim, other)):
        return Judgment(claim, Verdict.ONLY_UNDER, finding, under)
    if not can_all_hold([claim, *_printed_levels(claim, claims)]):
        return Judgment(claim, Verdict.CONTRADICTED, finding)
    told = [finding.remark, *_told(readings(), finding)]
    finding = replace(finding, remark="; ".join(part for part in told if part))
    verdict = _beyond(claim, finding.value.number) if finding.value else Verdict.NOT_CHECKABLE
    return Judgment(claim, verdict, finding)


def _best(readings: Mapping[str, Finding]) -> Finding | None:
    """The reading with the highest value, where all are known: what is said to be reached is a maximum over them."""
    values = {name: reading.value.number for name, reading in readings.items() if reading.value}
    if not values or len(values) < len(readings):
        return None
    name = max(values, key=values.__getitem__)
    return replace(readings[name], remark=f"the highest of all workloads, at {name}")


def _told(readings: Mapping[str, Finding], finding: Finding) -> list[str]:
    """What other readings of the conditions give, in words, where it is another value than that of the statement."""
    told = []
    for name, reading in readings.items():
        if reading.value and (finding.value is None or reading.value.number != finding.value.number):
            told.append(f"{name}: {reading.value.show()}")
        elif reading.since:
            told.append(f"{name}: {reading.since.show()} from the rows at hand")
    return told


def _interval(claim: Claim) -> tuple[float, float]:
    """The ends between which the value lies if the claim is true; a maximum that is said to be reached has both."""
    low, high = claim.figure.interval
    if not claim.figure.is_peak:
        return low, high
    half = claim.figure.step / 2
    return claim.figure.value - half, claim.figure.value + half


def _holds(claim: Claim, finding: Finding) -> bool:
    low, high = _interval(claim)
    return finding.value is not None and low <= finding.value.number <= high


def _is_near(claim: Claim, finding: Finding) -> bool:
    if finding.value is None or finding.spread is None:
        return False
    low, high = _interval(claim)
    factor = 1 + finding.spread.number
    return low <= finding.value.number * factor and finding.value.number / factor <= high


def _beyond(claim: Claim, number: float) -> Verdict:
    """The word for a value outside of the interval: on which side of a bound it lies."""
    figure = claim.figure
    is_bound = figure.is_peak or figure.bound in ("at least", "at most")
    if not is_bound:
        return Verdict.DIFFERS
    is_above = number > _interval(claim)[1]
    is_further = is_above if figure.bound == "at most" else figure.is_peak and not is_above
    return Verdict.EXCEEDED if is_further else Verdict.NOT_REACHED


def _printed_levels(claim: Claim, claims: Sequence[Claim]) -> list[Claim]:
    """The other printed levels that are made of the same inputs, or of some of them."""
    if claim.is_of_itself:
        return []
    variables = set(claim.as_statement().exponents)
    levels = [level for level in claims if not level.is_ratio and level.id != claim.id]
    return [level for level in levels if set(level.as_statement().exponents) <= variables]


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
