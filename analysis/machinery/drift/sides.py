"""Finds out what is to be compared: folders of reports, snapshots or vintages."""

from collections.abc import Sequence
from pathlib import Path

from analysis.errors import InputError, nearest
from analysis.library.loading import file, snapshots
from analysis.library.loading.outside import excerpt
from analysis.library.places import DATA
from analysis.library.sources import load
from analysis.machinery.drift.builds import side_of_build
from analysis.machinery.drift.computed import SNAPSHOT, VINTAGE, computed_side
from analysis.machinery.drift.state import State

BUILD, USUAL = "build", "published"


def sides(before: str, after: str, scenario: str = USUAL, overrides: Sequence[str] = ()) -> tuple[State, State]:
    """Return both sides of a comparison.

    Args:
        before: A folder of reports, or the name of a snapshot or a vintage.
        after: Another of the same kind.
        scenario: The scenario that is computed with each snapshot or vintage.
        overrides: `parameter=value` each, for the scenario's.

    Raises:
        InputError: One is none of these, they are of two kinds, or a scenario is given for builds.
    """
    names = {SNAPSHOT: snapshots.snapshot_names(DATA / "benchmarks"), VINTAGE: load().vintages}
    kind, other = (_kind(name, names) for name in (before, after))
    if kind != other:
        raise InputError(f"{before} is a {kind} and {after} a {other}; allowed are two of one kind")
    if kind != BUILD:
        return computed_side(kind, before, scenario, overrides), computed_side(kind, after, scenario, overrides)
    if overrides or scenario != USUAL:
        raise InputError("found --scenario or -p; builds were asked when they were made, allowed is neither")
    return side_of_build(Path(before)), side_of_build(Path(after))


def _kind(name: str, names: dict[str, list[str]]) -> str:
    if file.is_folder(Path(name)):
        return BUILD
    for kind, listed in names.items():
        if name in listed:
            return kind
    all_names = [allowed for listed in names.values() for allowed in listed]
    raise InputError(
        f"{excerpt(name)} is no folder of reports, no snapshot and no vintage; {nearest(name, all_names)}"
    )
