"""The two sides that are compared: numbers that read differently at one place, and conclusions that flip."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from analysis.machinery.press.conclusions import Conclusion
from analysis.machinery.press.fingerprints import DATA_PREFIX
from analysis.machinery.press.numbers import Entry
from analysis.studies.claims.judgment import HOLDS


@dataclass(frozen=True)
class ReportState:
    """A report of a build, or what is computed from a snapshot or a vintage."""

    name: str  # scenario and notebook, or what is computed
    # Values by kind ("parameters", "data", "code", "versions") and name: texts, and hashes of files.
    inputs: Mapping[str, Mapping[str, str]]
    conclusions: Mapping[str, Conclusion]
    numbers: Mapping[str, Entry]  # by the places where they are shown


@dataclass(frozen=True)
class State:
    """One side of a comparison: its reports, or what is computed in place of reports."""

    kind: str  # "build", "snapshot" or "vintage"
    name: str  # as the user names it
    parts: Mapping[str, ReportState]
    # What a reader must know of it, such as reports that have changed since they were written.
    notes: tuple[str, ...] = ()


def telling(entry: Entry, numerator: str) -> Entry:
    """Return the entry of a ratio with the name of its numerator in its own name; other entries unchanged."""
    if entry.formula != "ratio" or not numerator:
        return entry
    whose = entry.name.removeprefix("ratio")
    return entry.model_copy(update={"name": f"ratio of {numerator.partition(',')[0]}{whose}"})


VINTAGE = re.compile(r"(?:, )?\b\d{4}-\d{2}(?:-\d{2})?\b")
Moved = tuple[str, Entry, Entry]


@dataclass(frozen=True)
class Change:
    """A number that differs between two sides."""

    name: str
    before: Entry
    after: Entry
    places: tuple[str, ...]

    @property
    def relative(self) -> float:
        """How far it moved as a share of its earlier value; infinite where that is 0, or one side has no value."""
        if self.before.value and self.after.value is not None:
            return self.after.value / self.before.value - 1
        return math.inf

    @property
    def computed(self) -> bool:
        """Whether a formula made it; counts, bounds and distances from printed figures have none."""
        return bool(self.after.formula)

    @property
    def given(self) -> bool:
        """Whether it was read from the data rather than computed."""
        return not self.after.formula and self.after.place.startswith(DATA_PREFIX)


def moved_numbers(earlier: ReportState, later: ReportState) -> Iterator[Moved]:
    """Yield the places at which both show the same number with another value, and both of its entries."""
    for place, before in earlier.numbers.items():
        after = later.numbers.get(place)
        if after is not None and _same(before, after) and after.value != before.value:
            yield place, before, after


def lacking(shown: ReportState, other: ReportState) -> list[str]:
    """Return the places of a report's numbers at which the other report has none, or shows another quantity."""
    there = other.numbers
    return [place for place, entry in shown.numbers.items() if place not in there or not _same(entry, there[place])]


def alike(places: Iterable[Moved]) -> Iterator[Change]:
    """Yield each change once, with all the places that show it."""
    groups: dict[tuple[object, ...], list[Moved]] = {}
    for place, before, after in places:
        key = (_timeless(after.name), after.unit, before.value, after.value)
        groups.setdefault(key, []).append((place, before, after))
    for (name, *_), shown in groups.items():
        _, before, after = shown[0]
        yield Change(str(name), before, after, tuple(place for place, _, _ in shown))


def _same(first: Entry, second: Entry) -> bool:
    return first.unit == second.unit and _timeless(first.name) == _timeless(second.name)


def _timeless(name: str) -> str:
    """Return the name of a number without the vintages and days in it."""
    return VINTAGE.sub("", name).replace("(, ", "(").replace(" ()", "")


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
