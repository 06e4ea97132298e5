"""What differs between two sides, as a page that looks like the reports."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from analysis.errors import InputError
from analysis.exhibits.statements import Cell, Shown, answer, note, say
from analysis.exhibits.tables import table
from analysis.library.quantities import DISCLAIMER
from analysis.library.values import counted
from analysis.library.writing import put
from analysis.machinery.drift.changes import Change, Flip
from analysis.machinery.drift.compare import Drift
from analysis.machinery.drift.forms import (
    FILES,
    NUMBER_COLUMNS,
    labels,
    number_row,
    quoted_words,
    shortened,
    value_of_entry,
)
from analysis.machinery.press.front import Order
from analysis.machinery.press.outputs import notebook_of
from analysis.machinery.press.report import Report

LISTED = 150


def write_page(drift: Drift, path: Path) -> Path:
    """Write the page and return its path.

    Raises:
        InputError: The file cannot be written.
    """
    try:
        put(path, page(drift).encode())
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}") from None
    return path


def page(drift: Drift) -> str:
    """Return the page: the answer, then what flips, the numbers, and what went in."""
    before, after = labels(drift)
    front = {
        "title": f"What changed: {before} and {after}",
        "subtitle": f"Conclusions, numbers and inputs of two {drift.before.kind}s",
        "disclaimer": DISCLAIMER,
    }
    compared = (
        ("Before", f"{drift.before.kind} {before}"),
        ("After", f"{drift.after.kind} {after}"),
        ("Compared", ", ".join(drift.parts)),
        ("Only before", ", ".join(drift.only_before)),
        ("Only after", ", ".join(drift.only_after)),
        *(("Note", note) for note in (*drift.before.notes, *drift.after.notes)),
    )
    order = Order(front, tuple(entry for entry in compared if entry[1]), names=tuple(quoted_words(drift)))
    return Report.of(notebook_of("What changed", contents(drift)), "drift", order).html


def contents(drift: Drift) -> Iterator[Shown | str]:
    """Yield what the page shows, in its order."""
    yield "## The answer"
    yield from _answer(drift)
    if drift.flips:
        yield "## Conclusions that differ"
        yield from _flips(drift.flips)
    yield "## Numbers that moved"
    yield from _changes(drift)
    yield "## What went in"
    yield from _inputs(drift)


def _answer(drift: Drift) -> Iterator[Shown]:
    yield answer(
        "{flips} of {conclusions} conclusions differ; {moved} of {numbers} places show another number.",
        flips=counted(len(drift.flips), "conclusions that differ"),
        conclusions=counted(drift.conclusions, "conclusions compared"),
        moved=counted(drift.moved, "places that show another number"),
        numbers=counted(drift.numbers, "places compared"),
    )
    ceased, begun = (sum(flip.held == turn for flip in drift.flips) for turn in ((True, False), (False, True)))
    if ceased or begun:
        yield answer(
            "{ceased} of the statements judged cease to hold, {begun} begin to.",
            ceased=counted(ceased, "statements that cease to hold"),
            begun=counted(begun, "statements that begin to hold"),
        )
    computed = [change for change in drift.changes if change.computed and math.isfinite(change.relative)]
    if computed:
        yield say(
            "The number computed by a formula that moved most: {name}, from {before} to {after}.",
            name=computed[0].name,
            before=value_of_entry(computed[0].before, "before"),
            after=value_of_entry(computed[0].after, "after"),
        )
    if drift.unseen:
        yield note("{unseen} more differ beyond the digits that are shown.", unseen=counted(drift.unseen, "unseen"))


def _flips(flips: Sequence[Flip]) -> Iterator[Shown]:
    several = len({flip.part for flip in flips}) > 1

    def name(flip: Flip) -> str:
        return f"{flip.id}, {flip.part}" if several else flip.id

    verdicts, findings = ([flip for flip in flips if flip.is_verdict is kind] for kind in (True, False))
    if verdicts:
        rows = [
            [getattr(flip.after or flip.before, "sentence", ""), *_of_sides(flip, "words"), name(flip)]
            for flip in verdicts
        ]
        heads = ["Statement", "Before", "After", "Name"]
        yield _table("verdicts", "Verdicts, those first that cease or begin to hold.", heads, rows)
    if findings:
        rows = [[name(flip), *_of_sides(flip, "sentence")] for flip in findings]
        yield _table("findings", "Findings that say something else.", ["Finding", "Before", "After"], rows)


def _of_sides(flip: Flip, what: str) -> list[str]:
    return [getattr(side, what, "none") for side in (flip.before, flip.after)]


def _changes(drift: Drift) -> Iterator[Shown]:
    computed = [change for change in drift.changes if change.computed]
    others = [change for change in drift.changes if not change.computed and not change.given]
    if computed:
        yield _numbers("computed", "Numbers that a formula makes, by how far they moved.", computed)
    if others:
        yield _numbers("others", "Counts, bounds and distances from printed figures.", others)
    if not computed and not others:
        yield say("None.")
    for side, name in zip(("before", "after"), labels(drift), strict=True):
        if places := drift.only_numbers[side]:
            rows = [[place] for place in places]
            yield _table(f"only-{side}", "Places of numbers that only {side} has.", ["Place"], rows, side=name)


def _inputs(drift: Drift) -> Iterator[Shown]:
    if drift.inputs:
        rows = [
            [
                *(differing.name, differing.kind),
                *(shortened(differing, text) for text in (differing.before, differing.after)),
                ", ".join(differing.parts),
            ]
            for differing in drift.inputs
        ]
        files = any(differing.kind in FILES for differing in drift.inputs)
        note = "Files by the beginning of their hash." if files else ""
        yield _table("inputs", "What differs.", ["Name", "Kind", "Before", "After", "Reports"], rows, note=note)
    if read := [change for change in drift.changes if change.given]:
        yield _numbers("figures", "Figures read from the data.", read)
    if not drift.inputs and not read:
        yield say("Nothing that went in differs.")


def _numbers(name: str, caption: str, changes: Sequence[Change]) -> Shown:
    return _table(name, caption, NUMBER_COLUMNS, [number_row(change) for change in changes])


def _table(
    name: str, caption: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]], note: str = "", **contents: Any
) -> Shown:
    if left_out := len(rows) - LISTED if len(rows) > LISTED else 0:
        note = f"{note} Left out here: {{left_out}} more; the answer as JSON has all.".strip()
        contents["left_out"] = counted(left_out, "rows left out")
    made = table(name, caption, heads, rows[:LISTED], note=note, **contents)
    return replace(made, report={key: value for key, value in made.report.items() if key != "csv"})
