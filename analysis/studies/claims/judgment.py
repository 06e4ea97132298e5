"""What may become of a claim: one word each, and a judgment with the evidence behind it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from analysis.library.quantities import ABSENT, quantity
from analysis.library.values import Status, Value
from analysis.studies.claims.claim import Claim
from analysis.studies.claims.evidence import Finding


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
    Verdict.WITHIN_REPEATABILITY: "it does not, but is no further off than repeated runs differ",
    Verdict.ONLY_UNDER: "it does under the readings named and under no other",
    Verdict.SUPERSEDED: "it did under the assumptions in force when published, not under later ones",
    Verdict.DIFFERS: "the data give another value under every reading tried",
    Verdict.EXCEEDED: "the value passes the printed bound by more than its rounding",
    Verdict.NOT_REACHED: "the value stays below the printed bound, or below what is said to be reached",
    Verdict.CONTRADICTED: "no inputs inside the other printed intervals can give the printed figure",
    Verdict.NOT_CHECKABLE: "the data hold no value to compare with, or a condition is missing",
    Verdict.NOT_ASKED: "the statement is about another model or other platforms than those asked about",
}


@dataclass(frozen=True)
class Judgment:
    """A verdict with its evidence."""

    claim: Claim  # the claim, its figure in the reading of its zeros by which it is judged
    verdict: Verdict  # the word
    finding: Finding  # what the data give for it, and what must be known of that
    under: tuple[str, ...] = ()  # the readings under which it holds, where it does not hold as stated

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


def count(judgments: Iterable[Judgment], *verdicts: Verdict) -> int:
    """Return how many judgments are of one of these verdicts."""
    return sum(judgment.verdict in verdicts for judgment in judgments)


def conclusions(ledger: str, judgments: Iterable[Judgment]) -> list[dict[str, str]]:
    """Return each verdict with a name that is the same in every build: the ledger's and the statement's."""
    return [
        {"id": f"{ledger}/{judgment.claim.id}", "words": judgment.words, "sentence": judgment.claim.statement}
        for judgment in judgments
    ]
