"""What differs between two sides: conclusions that flip, numbers that move, and inputs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from analysis.errors import InputError
from analysis.machinery.drift.changes import (
    Change,
    Flip,
    ReportState,
    State,
    alike,
    flipped,
    lacking,
    moved_numbers,
    rank,
)


class Pair(NamedTuple):
    """A report that both sides have, by its name on the earlier side or that of its notebook."""

    name: str
    before: ReportState
    after: ReportState


@dataclass(frozen=True)
class Input:
    """An input that differs between two sides."""

    kind: str  # "parameters", "data", "code" or "versions"
    name: str  # of the parameter, file or package
    before: str  # its value or hash on the earlier side; empty where it has none
    after: str  # likewise on the later side
    parts: tuple[str, ...]  # the reports that it went into


@dataclass(frozen=True)
class Drift:
    """What differs between two sides."""

    before: State
    after: State
    parts: tuple[str, ...]  # reports that both have
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    flips: tuple[Flip, ...]  # conclusions, those first that change whether a statement holds
    conclusions: int  # how many conclusions were compared
    # Numbers that read differently, those that a formula made first, by how far they moved.
    changes: tuple[Change, ...]
    numbers: int  # how many places of numbers were compared
    unseen: int  # how many numbers differ beyond the digits that are shown
    only_numbers: Mapping[str, tuple[str, ...]]  # places of numbers that only one side has, by side
    inputs: tuple[Input, ...]

    @property
    def moved(self) -> int:
        """How many places read differently."""
        return sum(len(change.places) for change in self.changes)


def drift(before: State, after: State) -> Drift:
    """Return what differs between two sides.

    Raises:
        InputError: They have no report in common.
    """
    pairs = _pairs(before, after)

    def place_in(pair: Pair, place: str) -> str:
        return f"{pair.name}, {place}" if len(pairs) > 1 else place

    flips = [flip for pair in pairs for flip in flipped(pair.name, pair.before.conclusions, pair.after.conclusions)]
    numbers = [(place_in(pair, place), was, now) for pair in pairs for place, was, now in moved_numbers(*pair[1:])]
    visible = [(place, was, now) for place, was, now in numbers if was.text != now.text]
    only_before = [place_in(pair, place) for pair in pairs for place in lacking(pair.before, pair.after)]
    only_after = [place_in(pair, place) for pair in pairs for place in lacking(pair.after, pair.before)]
    return Drift(
        before=before,
        after=after,
        parts=tuple(pair.name for pair in pairs),
        only_before=_others(before, {pair.before.name for pair in pairs}),
        only_after=_others(after, {pair.after.name for pair in pairs}),
        flips=tuple(sorted(flips, key=rank)),
        conclusions=sum(len(pair.before.conclusions.keys() | pair.after.conclusions.keys()) for pair in pairs),
        changes=tuple(sorted(alike(visible), key=_order)),
        numbers=sum(len(pair.before.numbers) for pair in pairs) - len(only_before),
        unseen=len(numbers) - len(visible),
        only_numbers={"before": tuple(only_before), "after": tuple(only_after)},
        inputs=tuple(differing_inputs(pairs)),
    )


def _pairs(before: State, after: State) -> list[Pair]:
    """Return the reports that both have; where each side is of one scenario, reports of one notebook are a pair."""
    common = [Pair(name, before.parts[name], after.parts[name]) for name in before.parts if name in after.parts]
    if common:
        return common
    notebooks = [{name.rpartition("/")[2]: part for name, part in side.parts.items()} for side in (before, after)]
    single = all(len(parts) == len(side.parts) for parts, side in zip(notebooks, (before, after), strict=True))
    if single and (both := [name for name in notebooks[0] if name in notebooks[1]]):
        return [Pair(name, notebooks[0][name], notebooks[1][name]) for name in both]
    lists = (", ".join(side.parts) or "none" for side in (before, after))
    raise InputError(f"{before.name} and {after.name} have no report in common: {' | '.join(lists)}")


def differing_inputs(pairs: Iterable[Pair]) -> Iterator[Input]:
    """Yield each input that differs once, with the reports that it went into."""
    reports: dict[tuple[str, str, str, str], list[str]] = {}
    for pair in pairs:
        for kind in pair.before.inputs:
            before, after = pair.before.inputs[kind], pair.after.inputs.get(kind, {})
            for name in dict.fromkeys([*before, *after]):
                if before.get(name) != after.get(name):
                    key = (kind, name, before.get(name, ""), after.get(name, ""))
                    reports.setdefault(key, []).append(pair.name)
    for inputs, names in reports.items():
        yield Input(*inputs, tuple(names))


def _others(side: State, paired: set[str]) -> tuple[str, ...]:
    return tuple(name for name in side.parts if name not in paired)


def _order(change: Change) -> tuple[bool, float, str]:
    return not change.computed, -abs(change.relative), change.name
