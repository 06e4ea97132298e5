"""Numbers that read differently at the same place of two reports, and how far each moved."""

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from analysis.machinery.drift.state import ReportState
from analysis.machinery.press.fingerprints import DATA_PREFIX
from analysis.machinery.press.numbers import Entry

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
