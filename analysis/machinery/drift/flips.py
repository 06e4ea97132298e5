"""Conclusions whose words differ between two sides; the numbers in them may differ without a flip."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from analysis.machinery.press.conclusions import Conclusion
from analysis.studies.claims.judgment import HOLDS

FLIPPED, NEW, GONE = "flipped", "new", "gone"


@dataclass(frozen=True)
class Flip:
    """A conclusion that differs between two sides, or that only one side has."""

    part: str
    id: str
    before: Conclusion | None
    after: Conclusion | None

    @property
    def state(self) -> str:
        """Whether it is flipped, new or gone, as a word."""
        return FLIPPED if self.before and self.after else NEW if self.after else GONE

    @property
    def is_verdict(self) -> bool:
        """Whether it is a verdict on a statement rather than a finding."""
        return "/" in self.id

    @property
    def held(self) -> tuple[bool, bool]:
        """Whether the statement held, and whether it holds."""
        before, after = (
            self.is_verdict and conclusion is not None and conclusion.words in HOLDS
            for conclusion in (self.before, self.after)
        )
        return before, after


def flipped(part: str, before: Mapping[str, Conclusion], after: Mapping[str, Conclusion]) -> Iterator[Flip]:
    """Yield the conclusions that differ, are new or are gone.

    A finding that only changed its number within its section, since another was added or removed, is none of these.
    """
    left, right = _differing(before, after), _differing(after, before)
    for name, conclusion in [*left.items()]:
        again = next((other for other in right if "/" not in other and right[other].words == conclusion.words), None)
        if again is not None and _section(name) == _section(again):
            del left[name], right[again]
    for name in dict.fromkeys([*left, *right]):
        yield Flip(part, name, left.get(name), right.get(name))


def _differing(conclusions: Mapping[str, Conclusion], others: Mapping[str, Conclusion]) -> dict[str, Conclusion]:
    return {
        name: conclusion
        for name, conclusion in conclusions.items()
        if name not in others or others[name].words != conclusion.words
    }


def _section(name: str) -> str:
    return name.rpartition("-")[0]


def rank(flip: Flip) -> tuple[bool, bool, bool, str, str]:
    """Return what flips are sorted by: statements that cease or begin to hold, other verdicts, findings, the rest."""
    turned = flip.state == FLIPPED and flip.held[0] != flip.held[1]
    return not turned, flip.state != FLIPPED, not flip.is_verdict, flip.part, flip.id
