"""Conclusions that are others than before: told by their words, not by the numbers in them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from analysis.machinery.press.conclusions import Conclusion
from analysis.studies.claims.verdicts import HOLDS

FLIPPED, NEW, GONE = "flipped", "new", "gone"


@dataclass(frozen=True)
class Flip:
    """A conclusion that is another one, or stands on one side only.

    Attributes:
        part: The report.
        id: The conclusion's name.
        before: As it was; None where it is new.
        after: As it is; None where it is gone.
    """

    part: str
    id: str
    before: Conclusion | None
    after: Conclusion | None

    @property
    def state(self) -> str:
        """The word for it."""
        return FLIPPED if self.before and self.after else NEW if self.after else GONE

    @property
    def is_verdict(self) -> bool:
        """Whether it is a verdict on a statement rather than a finding."""
        return "/" in self.id

    @property
    def held(self) -> tuple[bool, bool]:
        """Whether the statement held, and whether it holds."""
        before, after = (
            self.is_verdict and one is not None and one.words in HOLDS for one in (self.before, self.after)
        )
        return before, after


def flipped(part: str, before: Mapping[str, Conclusion], after: Mapping[str, Conclusion]) -> Iterator[Flip]:
    """Yield the conclusions that are others, new or gone; not a finding that another one in its section has moved.

    Args:
        part: The report.
        before: Its conclusions as they were, by name.
        after: As they are.
    """
    left = {name: one for name, one in before.items() if name not in after or after[name].words != one.words}
    right = {name: one for name, one in after.items() if name not in before or before[name].words != one.words}
    for name, one in [*left.items()]:
        again = next((other for other in right if "/" not in other and right[other].words == one.words), None)
        if again is not None and _section(name) == _section(again):
            del left[name], right[again]
    for name in dict.fromkeys([*left, *right]):
        yield Flip(part, name, left.get(name), right.get(name))


def _section(name: str) -> str:
    return name.rpartition("-")[0]


def rank(flip: Flip) -> tuple[bool, bool, bool, str, str]:
    """Return what flips are sorted by: statements that cease or begin to hold, other verdicts, findings, the rest."""
    turned = flip.state == FLIPPED and flip.held[0] != flip.held[1]
    return not turned, flip.state != FLIPPED, not flip.is_verdict, flip.part, flip.id
