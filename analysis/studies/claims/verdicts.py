"""What becomes of a claim when it is recomputed: one word each, computed, with the evidence behind it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from analysis.library.quantities import quantity
from analysis.library.terms import ABSENT
from analysis.library.values import Status, Value
from analysis.studies.claims.claim import Claim, can_all_hold, can_follow
from analysis.studies.claims.evidence import Evidence


class Verdict(StrEnum):
    """The words, strongest first."""

    REPRODUCED = "reproduced"
    CONSISTENT = "consistent"
    ONLY_UNDER = "only under"
    SUPERSEDED = "superseded"
    NOT_REPRODUCED = "not reproduced"
    CONTRADICTED = "contradicted"
    NOT_CHECKABLE = "not checkable"


HOLDS = (Verdict.REPRODUCED, Verdict.CONSISTENT)
MEANING = {
    Verdict.REPRODUCED: "the recomputed value lies in the interval that the printed figure stands for",
    Verdict.CONSISTENT: "no value of the data does, but inputs inside the printed intervals give the printed figure",
    Verdict.ONLY_UNDER: "the recomputed value lies in the interval only under the option named",
    Verdict.SUPERSEDED: "it did under the assumptions in force when published, not under the later ones asked for",
    Verdict.NOT_REPRODUCED: "the data give another value, under every option tried",
    Verdict.CONTRADICTED: "no inputs inside the printed intervals can give the printed figure",
    Verdict.NOT_CHECKABLE: "the data hold no value to compare with, or a condition is missing",
}


@dataclass(frozen=True)
class Judgment:
    """A verdict with its evidence.

    Attributes:
        claim: The claim.
        verdict: The word.
        recomputed: The value computed from the data, None where there is none.
        under: The option under which alone it holds.
        remark: What a reader must know of the value, or why there is none.
    """

    claim: Claim
    verdict: Verdict
    recomputed: Value | None
    under: str = ""
    remark: str = ""

    @property
    def difference(self) -> Value | None:
        """Recomputed less printed, in units of the last printed digit."""
        if self.recomputed is None:
            return None
        return Value(
            self.claim.figure.distance(self.recomputed.number),
            quantity("difference"),
            self.claim.id,
            Status.DERIVED,
            inputs={"recomputed": self.recomputed, "printed": self.claim.value},
            digits=2,
        )

    @property
    def words(self) -> str:
        """The verdict as it is shown; where a price or power is missing, that."""
        if self.remark in ABSENT.values():
            return self.remark
        return f"{self.verdict} {self.under}".strip()


def judge(
    claims: Sequence[Claim],
    evidence: Evidence,
    *,
    published: Evidence | None = None,
    options: Mapping[str, Evidence] | None = None,
) -> list[Judgment]:
    """Return a verdict on each claim.

    Args:
        claims: The claims, of one publication: "consistent" and "contradicted" look at the levels that it prints.
        evidence: What to judge by.
        published: The same under the assumptions in force when the claims were published.
        options: Other readings of the conditions, by what they are called.
    """
    return [_judged(claim, claims, evidence, published, options or {}) for claim in claims]


def count(judgments: Iterable[Judgment], verdict: Verdict) -> int:
    """Return how many judgments are of this verdict."""
    return sum(judgment.verdict == verdict for judgment in judgments)


def conclusions(ledger: str, judgments: Iterable[Judgment]) -> list[dict[str, str]]:
    """Return each verdict with a name that is the same in every build: the ledger's and the statement's.

    Args:
        ledger: Name of the ledger.
        judgments: Verdicts on its statements.
    """
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
    value, remark = evidence.recomputed(claim)
    if value is None and remark in ABSENT.values():
        return Judgment(claim, Verdict.NOT_CHECKABLE, None, remark=remark)
    if value is not None and claim.figure.contains(value.number):
        return Judgment(claim, Verdict.REPRODUCED, value, remark=remark)
    if published is not None and _holds(claim, published):
        return Judgment(claim, Verdict.SUPERSEDED, value, remark=remark)
    for name, option in {**evidence.readings(claim), **options}.items():
        if _holds(claim, option):
            return Judgment(claim, Verdict.ONLY_UNDER, value or option.recomputed(claim)[0], name, remark)
    if can_follow(claim, claims, evidence.inputs):
        return Judgment(claim, Verdict.CONSISTENT, value, remark=remark)
    if not can_all_hold([claim, *_printed_levels(claim, claims)]):
        return Judgment(claim, Verdict.CONTRADICTED, value, remark=remark)
    return Judgment(claim, Verdict.NOT_REPRODUCED if value else Verdict.NOT_CHECKABLE, value, remark=remark)


def _printed_levels(claim: Claim, claims: Sequence[Claim]) -> list[Claim]:
    """The other printed levels that are made of the same inputs, or of some of them."""
    variables = set(claim.as_statement().exponents)
    levels = [level for level in claims if not level.is_ratio and level.id != claim.id]
    return [level for level in levels if set(level.as_statement().exponents) <= variables]


def _holds(claim: Claim, evidence: Evidence) -> bool:
    value, _ = evidence.recomputed(claim)
    return value is not None and claim.figure.contains(value.number)
