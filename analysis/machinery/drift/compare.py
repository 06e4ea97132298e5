"""What differs between two sides: conclusions that flip, numbers that move, and what went in."""

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.errors import InputError
from analysis.machinery.drift.changes import Change, alike, lacking, moved
from analysis.machinery.drift.flips import Flip, flipped, rank
from analysis.machinery.drift.inputs import Input, differing
from analysis.machinery.drift.state import Part, State


@dataclass(frozen=True)
class Drift:
    """What differs between two sides.

    Attributes:
        before: The one side.
        after: The other.
        parts: What both have.
        only_before: Reports that only the one has.
        only_after: Reports that only the other has.
        flips: Conclusions, those first that change whether a statement holds.
        conclusions: How many conclusions were compared.
        changes: Numbers that read differently, those that a formula made first, by how far they moved.
        numbers: How many places of numbers were compared.
        unseen: How many numbers differ beyond the digits that are shown.
        only_numbers: Places of numbers that one side only has, by side.
        inputs: What went in.
    """

    before: State
    after: State
    parts: tuple[str, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    flips: tuple[Flip, ...]
    conclusions: int
    changes: tuple[Change, ...]
    numbers: int
    unseen: int
    only_numbers: Mapping[str, tuple[str, ...]]
    inputs: tuple[Input, ...]

    @property
    def moved(self) -> int:
        """How many places read differently."""
        return sum(len(one.places) for one in self.changes)


def drift(before: State, after: State) -> Drift:
    """Return what differs between two sides.

    Raises:
        InputError: They have no report in common.
    """
    pairs = _pairs(before, after)
    where = {name: f"{name}, " if len(pairs) > 1 else "" for name, _, _ in pairs}
    flips = [flip for name, one, other in pairs for flip in flipped(name, one.conclusions, other.conclusions)]
    places = [
        (f"{where[name]}{place}", was, is_) for name, one, other in pairs for place, was, is_ in moved(one, other)
    ]
    seen = [(place, was, is_) for place, was, is_ in places if was.text != is_.text]
    known = [{one.name for one in side} for side in zip(*(pair[1:] for pair in pairs), strict=True)]
    return Drift(
        before,
        after,
        tuple(name for name, _, _ in pairs),
        tuple(name for name in before.parts if name not in known[0]),
        tuple(name for name in after.parts if name not in known[1]),
        tuple(sorted(flips, key=rank)),
        sum(len(one.conclusions.keys() | other.conclusions.keys()) for _, one, other in pairs),
        tuple(sorted(alike(seen), key=lambda one: (not one.computed, -abs(one.relative), one.name))),
        sum(len(one.numbers) - len(lacking(one, other)) for _, one, other in pairs),
        len(places) - len(seen),
        {
            "before": tuple(f"{where[name]}{place}" for name, one, other in pairs for place in lacking(one, other)),
            "after": tuple(f"{where[name]}{place}" for name, one, other in pairs for place in lacking(other, one)),
        },
        tuple(differing(pairs)),
    )


def _pairs(before: State, after: State) -> list[tuple[str, Part, Part]]:
    """Return the reports that both have; of one scenario each, reports of one notebook are the same report."""
    common = [(name, before.parts[name], after.parts[name]) for name in before.parts if name in after.parts]
    if common:
        return common
    sides = [{name.rpartition("/")[2]: part for name, part in side.parts.items()} for side in (before, after)]
    single = all(len(one) == len(side.parts) for one, side in zip(sides, (before, after), strict=True))
    found = [(name, sides[0][name], sides[1][name]) for name in sides[0] if name in sides[1]] if single else []
    if not found:
        lists = (", ".join(side.parts) or "none" for side in (before, after))
        raise InputError(f"{before.name} and {after.name} have no report in common: {' | '.join(lists)}")
    return found
