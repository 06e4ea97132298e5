"""What becomes of a claim when it is recomputed: one word each, computed, with the evidence behind it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from analysis.library.quantities import quantity
from analysis.library.terms import ABSENT
from analysis.library.values import Status, Value
from analysis.studies.claims.claim import Claim, can_all_hold
from analysis.studies.claims.evidence import NO_LENGTHS, Evidence, Finding
from analysis.studies.claims.resolution import resolved


class Verdict(StrEnum):
    """The words."""

    REPRODUCED = "reproduced"
    WITHIN_REPEATABILITY = "within repeatability"
    ONLY_UNDER = "only under"
    SUPERSEDED = "superseded"
    DIFFERS = "differs"
    EXCEEDED = "exceeded"
    NOT_REACHED = "not reached"
    CONTRADICTED = "contradicted"
    NOT_CHECKABLE = "not checkable"
    NOT_ASKED = "not asked"


HOLDS = (Verdict.REPRODUCED, Verdict.WITHIN_REPEATABILITY)
UNCOUNTED = (Verdict.NOT_CHECKABLE, Verdict.NOT_ASKED)
MEANING = {
    Verdict.REPRODUCED: "the value from the data lies in the interval of the printed digits",
    Verdict.WITHIN_REPEATABILITY: "it does not, but no further off than repeated runs of such rows differ",
    Verdict.ONLY_UNDER: "it does under the readings named and under no other",
    Verdict.SUPERSEDED: "it did under the assumptions in force when published, not under the later ones asked for",
    Verdict.DIFFERS: "the data give another value under every reading tried",
    Verdict.EXCEEDED: "the value passes the printed bound by more than its rounding",
    Verdict.NOT_REACHED: "the value stays below the printed bound, or below what is said to be reached",
    Verdict.CONTRADICTED: "no inputs inside the other printed intervals can give the printed figure",
    Verdict.NOT_CHECKABLE: "the data hold no value to compare with, or a condition is missing",
    Verdict.NOT_ASKED: "the statement is about another model or other platforms than those asked about",
}


@dataclass(frozen=True)
class Judgment:
    """A verdict with its evidence.

    Attributes:
        claim: The claim, its figure in the reading of its zeros by which it is judged.
        verdict: The word.
        finding: What the data give for it, and what must be known of that.
        under: The readings under which it holds, where it does not hold as stated.
    """

    claim: Claim
    verdict: Verdict
    finding: Finding
    under: tuple[str, ...] = ()

    @property
    def recomputed(self) -> Value | None:
        """The value computed from the data, None where there is none."""
        return self.finding.value

    @property
    def remark(self) -> str:
        """What a reader must know of the value, or why there is none."""
        return self.finding.remark

    @property
    def difference(self) -> Value | None:
        """Recomputed less printed, in units of the last significant digit."""
        if self.recomputed is None:
            return None
        return self._compared(self.claim.figure.distance(self.recomputed.number), "difference", 2)

    @property
    def share(self) -> Value | None:
        """Recomputed less printed as a share of the printed figure, in the unit 1."""
        if self.recomputed is None:
            return None
        low, high = self.claim.figure.ends
        number = self.recomputed.number
        return self._compared(number / min(max(number, low), high) - 1, "relative_difference", 2)

    @property
    def words(self) -> str:
        """The verdict as it is shown; where a price or power is missing, that."""
        if self.remark in ABSENT.values():
            return self.remark
        return f"{self.verdict} {', '.join(self.under)}".strip()

    @property
    def since(self) -> Value | None:
        """What the rows at hand give, where those of the statement's day are gone."""
        return self.finding.since

    def _compared(self, number: float, key: str, digits: int) -> Value:
        assert self.recomputed is not None
        return Value(
            number, quantity(key), self.claim.id, Status.DERIVED, digits=digits,
            inputs={"recomputed": self.recomputed, "printed": self.claim.value},
        )  # fmt: skip


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


def count(judgments: Iterable[Judgment], *verdicts: Verdict) -> int:
    """Return how many judgments are of one of these verdicts."""
    return sum(judgment.verdict in verdicts for judgment in judgments)


def conclusions(ledger: str, judgments: Iterable[Judgment]) -> list[dict[str, str]]:
    """Return each verdict with a name that is the same in every build: the ledger's and the statement's."""
    return [
        {"id": f"{ledger}/{judgment.claim.id}", "words": judgment.words, "sentence": judgment.claim.statement}
        for judgment in judgments
    ]


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
    readings = evidence.readings(claim, claims) if finding.value or finding.remark == NO_LENGTHS else {}
    if claim.figure.is_peak and finding.value is None:
        finding = _best(readings) or finding
    if _holds(claim, finding):
        return Judgment(claim, Verdict.REPRODUCED, finding)
    before = published.finding(claim, claims) if published else None
    if before and _holds(claim, before):
        return Judgment(claim, Verdict.SUPERSEDED, finding)
    if _is_near(claim, finding):
        return Judgment(claim, Verdict.WITHIN_REPEATABILITY, finding)
    if before and _is_near(claim, before):
        return Judgment(claim, Verdict.SUPERSEDED, finding)
    tried = {**readings, **{name: option.finding(claim, claims) for name, option in options.items()}}
    if under := tuple(name for name, other in tried.items() if _holds(claim, other)):
        return Judgment(claim, Verdict.ONLY_UNDER, finding, under)
    if not can_all_hold([claim, *_printed_levels(claim, claims)]):
        return Judgment(claim, Verdict.CONTRADICTED, finding)
    told = [finding.remark, *_told(readings, finding)]
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
