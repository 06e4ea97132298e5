"""What differs between two sides, as text for a terminal and as JSON."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from analysis.library.quantities import show
from analysis.machinery.drift.changes import Change
from analysis.machinery.drift.compare import Drift
from analysis.machinery.drift.flips import Flip
from analysis.machinery.drift.inputs import Input
from analysis.machinery.receipts.forms import printable
from analysis.machinery.receipts.reports import json_bytes as json_of

LISTED = 30
FILES = ("data", "code")
SHOWN = 8


def as_text(found: Drift) -> str:
    """Return what differs as text: what flips, what moves most, what stands on one side, what went in."""
    kind, one, other = found.before.kind, printable(found.before.name), printable(found.after.name)
    unseen = f", {found.unseen:,} more beyond the digits shown" if found.unseen else ""
    read = [change for change in found.changes if change.given]
    lines = [f"{kind} {one} -> {kind} {other}", *_scope(found), ""]
    lines += [f"Conclusions: {len(found.flips):,} of {found.conclusions:,} differ"]
    lines += [line for flip in found.flips for line in _flip(flip)]
    lines += ["", f"Numbers: {found.moved:,} of {found.numbers:,} places read differently{unseen}"]
    lines += _cut([_change(change) for change in found.changes if not change.given])
    for side, name in (("before", one), ("after", other)):
        if places := found.only_numbers[side]:
            lines += [
                "",
                f"Numbers only in {name} ({len(places):,})",
                *_cut([f"  {printable(one)}" for one in places]),
            ]
    lines += ["", f"What went in and differs: {len(found.inputs):,}"]
    lines += _cut([_input(one) for one in found.inputs])
    if read:
        lines += ["", f"Figures read from the data that differ: {len(read):,}", *_cut([_change(one) for one in read])]
    return "\n".join(lines) + "\n"


def as_json(found: Drift) -> str:
    """Return all of it as JSON."""
    return json_of(
        {
            "before": _side(found.before.kind, found.before.name, found.only_before, found.only_numbers["before"]),
            "after": _side(found.after.kind, found.after.name, found.only_after, found.only_numbers["after"]),
            "compared": {"reports": found.parts, "conclusions": found.conclusions, "numbers": found.numbers},
            "flips": [{"state": one.state, **_plain(asdict(one))} for one in found.flips],
            "changes": [_plain_change(one) for one in found.changes],
            "beyond_the_digits_shown": found.unseen,
            "inputs": [asdict(one) for one in found.inputs],
            "notes": [*found.before.notes, *found.after.notes],
        }
    ).decode()


def moved(change: Change) -> str:
    """Return how far a number moved, in percent of what it was; in words where there is no such figure."""
    if change.before.value is None:
        return "had no value"
    if change.after.value is None:
        return "has no value"
    if not math.isfinite(change.relative):
        return "from zero"
    return f"{'+' if change.relative > 0 else ''}{show(change.relative, 3, 'percent')}"


def version(value: Input, text: str) -> str:
    """Return what went in as a reader sees it: files by the beginning of their hash."""
    return (text[:SHOWN] if value.kind in FILES else text) or "none"


def _scope(found: Drift) -> Iterator[str]:
    yield f"  compared: {_few(found.parts)}"
    for side, names in ((found.before, found.only_before), (found.after, found.only_after)):
        if names:
            yield f"  only in {printable(side.name)}: {_few(names)}"
        yield from (f"  note: {printable(note)}" for note in side.notes)


def _flip(flip: Flip) -> Iterator[str]:
    name = f"  {flip.state}: {printable(flip.id)} ({printable(flip.part)})"
    sides = [one for one in (flip.before, flip.after) if one]
    if flip.is_verdict:
        before, after = (printable(one.words) if one else "none" for one in (flip.before, flip.after))
        yield f"{name}: {before} -> {after}"
        yield f"      {printable(sides[-1].sentence)}"
        return
    yield name
    yield from (f"      {'-' if one is flip.before else '+'} {printable(one.sentence)}" for one in sides)


def _change(change: Change) -> str:
    more = f" and {len(change.places) - 1:,} more" if len(change.places) > 1 else ""
    pair = f"{change.before.text} -> {change.after.text} {change.after.unit}".rstrip()
    place = f"{' ' * 14}{printable(change.places[0])}{more}"
    return f"  {moved(change):>10}  {printable(pair)}: {printable(change.name)}\n{place}"


def _input(one: Input) -> str:
    reports = "" if len(one.parts) == 1 else f" ({len(one.parts):,} reports)"
    before, after = (printable(version(one, text)) for text in (one.before, one.after))
    return f"  {one.kind}: {printable(one.name)}: {before} -> {after}{reports}"


def _cut(lines: Sequence[str]) -> list[str]:
    more = [f"  and {len(lines) - LISTED:,} more: --json or --page"] if len(lines) > LISTED else []
    return [*lines[:LISTED], *more]


def _few(names: Iterable[str]) -> str:
    listed = [printable(name) for name in names]
    return ", ".join(listed[:SHOWN]) + (f" and {len(listed) - SHOWN:,} more" if len(listed) > SHOWN else "")


def _side(kind: str, name: str, reports: Sequence[str], numbers: Sequence[str]) -> dict[str, Any]:
    return {"kind": kind, "name": name, "only_reports": reports, "only_numbers": numbers}


def _plain_change(one: Change) -> dict[str, Any]:
    sides = {
        side: {"value": entry.value, "text": entry.text, "unit": entry.unit, "status": entry.status}
        for side, entry in (("before", one.before), ("after", one.after))
    }
    relative = one.relative if math.isfinite(one.relative) else None
    return {"name": one.name, "relative": relative, "given": one.given, "places": one.places, **sides}


def _plain(flip: dict[str, Any]) -> dict[str, Any]:
    sides = {side: flip[side].model_dump() if flip[side] else None for side in ("before", "after")}
    return {**flip, **sides}
