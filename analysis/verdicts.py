"""What becomes of a claim when it is recomputed: one word each, computed, with the evidence behind it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from analysis import formulas
from analysis.claims import Claim, can_follow
from analysis.head_to_head import FLOPS_KINDS, HeadToHead, Side
from analysis.quantities import quantity
from analysis.values import Status, Value, calculate


class Verdict(StrEnum):
    """The words, strongest first."""

    REPRODUCED = "reproduced"
    CONSISTENT = "consistent"
    ONLY_UNDER = "only under"
    SUPERSEDED = "superseded"
    NOT_REPRODUCED = "not reproduced"
    CONTRADICTED = "contradicted"
    NOT_CHECKABLE = "not checkable"


MEANING = {
    Verdict.REPRODUCED: "the recomputed value lies in the interval that the printed figure stands for",
    Verdict.CONSISTENT: "it does not, but unrounded inputs inside the printed intervals give the printed figure",
    Verdict.ONLY_UNDER: "the recomputed value lies in the interval only under the option named",
    Verdict.SUPERSEDED: "it did under the assumptions in force when published, not under the later vintage asked for",
    Verdict.NOT_REPRODUCED: "none of these",
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
    """

    claim: Claim
    verdict: Verdict
    recomputed: Value | None
    under: str = ""

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
        )

    @property
    def words(self) -> str:
        """The verdict as it is shown."""
        return f"{self.verdict} {self.under}".strip()


def recomputed(claim: Claim, comparison: HeadToHead) -> Value | None:
    """Return the claim's figure from the data, None where the comparison has no such level."""
    subject = _level(comparison, claim.subject, claim.quantity)
    if subject is None or not claim.is_ratio:
        return subject
    baseline = _level(comparison, claim.baseline, claim.quantity)
    if baseline is None:
        return None
    mixing = FLOPS_KINDS if claim.quantity == "flops_per_dollar" else ()
    return calculate(formulas.ratio, mixing=mixing, numerator=subject, denominator=baseline)


def judge(
    claims: Sequence[Claim],
    comparison: HeadToHead,
    *,
    published: HeadToHead | None = None,
    options: Mapping[str, HeadToHead] | None = None,
) -> list[Judgment]:
    """Return a verdict on each claim.

    Args:
        claims: The claims, of one publication: "consistent" looks at the levels that it prints.
        comparison: The comparison to judge by.
        published: The same under the assumptions in force when the claims were published.
        options: Other readings of the conditions, by what they are called.
    """
    return [_judged(claim, claims, comparison, published, options or {}) for claim in claims]


def _judged(
    claim: Claim,
    claims: Sequence[Claim],
    comparison: HeadToHead,
    published: HeadToHead | None,
    options: Mapping[str, HeadToHead],
) -> Judgment:
    value = recomputed(claim, comparison)
    if value is None:
        return Judgment(claim, Verdict.NOT_CHECKABLE, None)
    if claim.figure.contains(value.number):
        return Judgment(claim, Verdict.REPRODUCED, value)
    if published is not None and _holds(claim, published):
        return Judgment(claim, Verdict.SUPERSEDED, value)
    for name, option in options.items():
        if _holds(claim, option):
            return Judgment(claim, Verdict.ONLY_UNDER, value, name)
    known = inputs(comparison)
    if can_follow(claim, claims, known):
        return Judgment(claim, Verdict.CONSISTENT, value)
    return Judgment(claim, Verdict.NOT_REPRODUCED, value)


def inputs(comparison: HeadToHead) -> dict[str, Value]:
    """Return the inputs of both sides by the variables of `analysis.claims`."""
    return {
        f"{key} {side.platform.key}": value
        for side in (comparison.baseline, comparison.subject)
        for key, value in side.given.items()
    }


def count(judgments: Iterable[Judgment], verdict: Verdict) -> int:
    """Return how many judgments are of this verdict."""
    return sum(judgment.verdict == verdict for judgment in judgments)


def _holds(claim: Claim, comparison: HeadToHead) -> bool:
    value = recomputed(claim, comparison)
    return value is not None and claim.figure.contains(value.number)


def _level(comparison: HeadToHead, platform: str, key: str) -> Value | None:
    for side in (comparison.baseline, comparison.subject):
        if side.platform.key == platform:
            return _of(side, key)
    return None


def _of(side: Side, key: str) -> Value | None:
    return side.levels.get(key) or side.given.get(key)
