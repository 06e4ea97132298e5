"""What differs between two sides, as text for a terminal, as JSON, and as cells of a page with what it quotes."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from analysis.exhibits.statements import Cell
from analysis.library.quantities import Quantity, show
from analysis.library.values import Source, Status, Value
from analysis.machinery.drift.changes import Change, Flip, State
from analysis.machinery.drift.compare import Drift, Input
from analysis.machinery.press.document import CONTROLS
from analysis.machinery.press.numbers import Entry
from analysis.machinery.receipts.forms import printable
from analysis.machinery.receipts.reports import json_bytes as json_of

LISTED = 30
FILES = ("data", "code")
SHOWN = 8


def as_text(drift: Drift) -> str:
    """Return what differs as text: what flips, what moves most, what stands on one side, what went in."""
    kind, before, after = drift.before.kind, printable(drift.before.name), printable(drift.after.name)
    unseen = f", {drift.unseen:,} more beyond the digits shown" if drift.unseen else ""
    read = [change for change in drift.changes if change.given]
    lines = [f"{kind} {before} -> {kind} {after}", *_scope(drift), ""]
    lines += [f"Conclusions: {len(drift.flips):,} of {drift.conclusions:,} differ"]
    lines += [line for flip in drift.flips for line in _flip(flip)]
    lines += ["", f"Numbers: {drift.moved:,} of {drift.numbers:,} places read differently{unseen}"]
    lines += _cut([_change(change) for change in drift.changes if not change.given])
    for side, name in (("before", before), ("after", after)):
        if places := drift.only_numbers[side]:
            listed = _cut([f"  {printable(place)}" for place in places])
            lines += ["", f"Numbers only in {name} ({len(places):,})", *listed]
    lines += ["", f"What went in and differs: {len(drift.inputs):,}"]
    lines += _cut(list(map(_input, drift.inputs)))
    if read:
        lines += ["", f"Figures read from the data that differ: {len(read):,}", *_cut(list(map(_change, read)))]
    return "\n".join(lines) + "\n"


def as_json(drift: Drift) -> str:
    """Return all of it as JSON."""
    return json_of(
        {
            "before": _side(drift.before.kind, drift.before.name, drift.only_before, drift.only_numbers["before"]),
            "after": _side(drift.after.kind, drift.after.name, drift.only_after, drift.only_numbers["after"]),
            "compared": {"reports": drift.parts, "conclusions": drift.conclusions, "numbers": drift.numbers},
            "flips": [{"state": flip.state, **_plain(asdict(flip))} for flip in drift.flips],
            "changes": [_plain_change(change) for change in drift.changes],
            "beyond_the_digits_shown": drift.unseen,
            "inputs": [asdict(differing) for differing in drift.inputs],
            "notes": [*drift.before.notes, *drift.after.notes],
        }
    ).decode()


def movement(change: Change) -> str:
    """Return how far a number moved, in percent of what it was; in words where there is no such figure."""
    if change.before.value is None:
        return "had no value"
    if change.after.value is None:
        return "has no value"
    if not math.isfinite(change.relative):
        return "from zero"
    return f"{'+' if change.relative > 0 else ''}{show(change.relative, 3, 'percent')}"


def shortened(value: Input, text: str) -> str:
    """Return what went in as a reader sees it: files by the beginning of their hash."""
    return (text[:SHOWN] if value.kind in FILES else text) or "none"


def _scope(drift: Drift) -> Iterator[str]:
    yield f"  compared: {_few(drift.parts)}"
    for side, names in ((drift.before, drift.only_before), (drift.after, drift.only_after)):
        if names:
            yield f"  only in {printable(side.name)}: {_few(names)}"
        yield from (f"  note: {printable(note)}" for note in side.notes)


def _flip(flip: Flip) -> Iterator[str]:
    name = f"  {flip.state}: {printable(flip.id)} ({printable(flip.part)})"
    sides = [side for side in (flip.before, flip.after) if side]
    if flip.is_verdict:
        words = [printable(side.words) if side else "none" for side in (flip.before, flip.after)]
        yield f"{name}: {' -> '.join(words)}"
        yield f"      {printable(sides[-1].sentence)}"
        return
    yield name
    for side in sides:
        yield f"      {'-' if side is flip.before else '+'} {printable(side.sentence)}"


def _change(change: Change) -> str:
    more = f" and {len(change.places) - 1:,} more" if len(change.places) > 1 else ""
    pair = f"{change.before.text} -> {change.after.text} {change.after.unit}".rstrip()
    place = f"{' ' * 14}{printable(change.places[0])}{more}"
    return f"  {movement(change):>10}  {printable(pair)}: {printable(change.name)}\n{place}"


def _input(differing: Input) -> str:
    reports = "" if len(differing.parts) == 1 else f" ({len(differing.parts):,} reports)"
    before, after = (printable(shortened(differing, text)) for text in (differing.before, differing.after))
    return f"  {differing.kind}: {printable(differing.name)}: {before} -> {after}{reports}"


def _cut(lines: Sequence[str]) -> list[str]:
    more = [f"  and {len(lines) - LISTED:,} more: --json or --page"] if len(lines) > LISTED else []
    return [*lines[:LISTED], *more]


def _few(names: Iterable[str]) -> str:
    listed = [printable(name) for name in names]
    return ", ".join(listed[:SHOWN]) + (f" and {len(listed) - SHOWN:,} more" if len(listed) > SHOWN else "")


def _side(kind: str, name: str, reports: Sequence[str], numbers: Sequence[str]) -> dict[str, Any]:
    return {"kind": kind, "name": name, "only_reports": reports, "only_numbers": numbers}


def _plain_change(change: Change) -> dict[str, Any]:
    sides = {
        side: {"value": entry.value, "text": entry.text, "unit": entry.unit, "status": entry.status}
        for side, entry in (("before", change.before), ("after", change.after))
    }
    relative = change.relative if math.isfinite(change.relative) else None
    return {"name": change.name, "relative": relative, "given": change.given, "places": change.places, **sides}


def _plain(flip: dict[str, Any]) -> dict[str, Any]:
    sides = {side: flip[side].model_dump() if flip[side] else None for side in ("before", "after")}
    return {**flip, **sides}


NUMBER_COLUMNS = ("Number", "Before", "After", "Change", "Unit", "What it counts", "Where")
MARKS = "(),;:."


def number_row(change: Change) -> list[Cell]:
    """Return a changed number as a row of a table with `NUMBER_COLUMNS`."""
    what, _, counts = change.name.partition(" (")
    place = change.places[0] + (", among others" if len(change.places) > 1 else "")
    before, after = value_of_entry(change.before, "before"), value_of_entry(change.after, "after")
    return [what, before, after, _relative(change), change.after.unit, counts.removesuffix(")"), place]


def value_of_entry(entry: Entry, side: str) -> Value:
    """Return an entry of a register as a value that shows the same text; its derivation stands in its own report."""
    name, unit, place, note, text = (
        CONTROLS.sub("", words) for words in (entry.name, entry.unit, entry.place, entry.note, entry.text)
    )
    number = math.nan if entry.value is None else entry.value
    status = Status(entry.status) if entry.status in set(Status) else Status.DERIVED
    sources = tuple(Source(source.id, source.title, "", source.link, "") for source in entry.sources)
    return Value(
        number, Quantity("", name, "", unit, ""), side, status, sources=sources, as_of=entry.as_of, place=place,
        note=note, printed=text,
    )  # fmt: skip


def labels(drift: Drift) -> tuple[str, str]:
    """Return the names of both sides: of two folders their last parts, unless these are the same."""
    names = [_label(drift.before), _label(drift.after)]
    return (names[0], names[1]) if names[0] != names[1] else (drift.before.name, drift.after.name)


def quoted_words(drift: Drift) -> set[str]:
    """Return the words with digits that the page quotes from both sides: names, places and sentences."""
    texts = [*labels(drift), *drift.only_numbers["before"], *drift.only_numbers["after"]]
    texts += [text for change in drift.changes for text in (change.name, change.before.unit, *change.places)]
    for differing in drift.inputs:
        versions = (shortened(differing, text) for text in (differing.before, differing.after))
        texts += [differing.name, *versions, *differing.parts]
    for flip in drift.flips:
        sides = [side for side in (flip.before, flip.after) if side]
        texts += [flip.id, flip.part, *(text for side in sides for text in (side.words, side.sentence))]
    seen = [CONTROLS.sub("", text) for text in texts]
    whole_and_parts = [words for text in seen for words in (text, *text.split())]
    words = {word for text in whole_and_parts for word in (text, text.strip(MARKS))}
    return {word for word in words if any(letter.isdigit() for letter in word)}


def _relative(change: Change) -> Cell:
    if not math.isfinite(change.relative):
        return movement(change)
    sides = {"before": value_of_entry(change.before, "before"), "after": value_of_entry(change.after, "after")}
    measures, name = Quantity("", "relative change", "", "", "", style="percent"), CONTROLS.sub("", change.name)
    return Value(change.relative, measures, name, Status.DERIVED, inputs=sides, printed=movement(change))


def _label(state: State) -> str:
    return Path(state.name).resolve().name if state.kind == "build" else state.name
