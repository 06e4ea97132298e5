"""How the numbers of two builds become cells of a page, and which words of theirs it quotes."""

import math
from pathlib import Path

from analysis.exhibits.statements import Cell
from analysis.library.quantities import Quantity
from analysis.library.values import Source, Status, Value
from analysis.machinery.drift.changes import Change
from analysis.machinery.drift.compare import Drift
from analysis.machinery.drift.forms import moved, version
from analysis.machinery.drift.state import State
from analysis.machinery.press.document import CONTROLS
from analysis.machinery.press.numbers import Entry

NUMBER_COLUMNS = ("Number", "Before", "After", "Change", "Unit", "What it counts", "Where")
MARKS = "(),;:."


def row(change: Change) -> list[Cell]:
    """Return a changed number as a row of a table with `NUMBER_COLUMNS`."""
    what, _, counts = change.name.partition(" (")
    place = change.places[0] + (", among others" if len(change.places) > 1 else "")
    before, after = value(change.before, "before"), value(change.after, "after")
    return [what, before, after, _relative(change), change.after.unit, counts.removesuffix(")"), place]


def value(entry: Entry, side: str) -> Value:
    """Return an entry of a register as a value that shows as it does; its derivation stands in its own report."""
    name, unit, place, note, text = (
        CONTROLS.sub("", one) for one in (entry.name, entry.unit, entry.place, entry.note, entry.text)
    )
    return Value(
        math.nan if entry.value is None else entry.value,
        Quantity("", name, "", unit, ""),
        side,
        Status(entry.status) if entry.status in set(Status) else Status.DERIVED,
        sources=tuple(Source(one.id, one.title, "", one.link, "") for one in entry.sources),
        as_of=entry.as_of,
        place=place,
        note=note,
        printed=text,
    )


def labels(found: Drift) -> tuple[str, str]:
    """Return what both sides are called: folders by their own name, where that tells them apart."""
    names = [_label(found.before), _label(found.after)]
    return (names[0], names[1]) if names[0] != names[1] else (found.before.name, found.after.name)


def quoted(found: Drift) -> set[str]:
    """Return the words with digits in what both sides say of themselves: names, places and sentences."""
    texts = [*labels(found), *found.only_numbers["before"], *found.only_numbers["after"]]
    texts += [text for one in found.changes for text in (one.name, one.before.unit, *one.places)]
    texts += [text for one in found.inputs for text in (one.name, version(one, one.before), version(one, one.after))]
    texts += [text for one in found.inputs for text in one.parts]
    for one in found.flips:
        texts += [
            one.id,
            one.part,
            *(text for side in (one.before, one.after) if side for text in (side.words, side.sentence)),
        ]
    seen = [CONTROLS.sub("", text) for text in texts]
    words = {word for text in seen for one in (text, *text.split()) for word in (one, one.strip(MARKS))}
    return {word for word in words if any(letter.isdigit() for letter in word)}


def _relative(change: Change) -> Cell:
    if not math.isfinite(change.relative):
        return moved(change)
    return Value(
        change.relative,
        Quantity("", "relative change", "", "", "", style="percent"),
        CONTROLS.sub("", change.name),
        Status.DERIVED,
        inputs={"before": value(change.before, "before"), "after": value(change.after, "after")},
        printed=moved(change),
    )


def _label(state: State) -> str:
    return Path(state.name).resolve().name if state.kind == "build" else state.name
