"""How the numbers of two builds become cells of a page, and which of their words the page quotes."""

import math
from pathlib import Path

from analysis.exhibits.statements import Cell
from analysis.library.quantities import Quantity
from analysis.library.values import Source, Status, Value
from analysis.machinery.drift.changes import Change, State
from analysis.machinery.drift.compare import Drift
from analysis.machinery.drift.forms import movement, shortened
from analysis.machinery.press.document import CONTROLS
from analysis.machinery.press.numbers import Entry

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
