"""What differs between two sides, as a page that looks like the reports."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from analysis.errors import InputError
from analysis.exhibits.statements import Cell, Shown, say, table
from analysis.library.terms import DISCLAIMER
from analysis.library.values import counted
from analysis.library.writing import put
from analysis.machinery.drift.cells import NUMBER_COLUMNS, labels, quoted, row, value
from analysis.machinery.drift.changes import Change
from analysis.machinery.drift.compare import Drift
from analysis.machinery.drift.flips import Flip
from analysis.machinery.drift.forms import FILES, version
from analysis.machinery.press.check import demand
from analysis.machinery.press.document import Front, Provenance
from analysis.machinery.press.html import html
from analysis.machinery.press.inline import notebook_of
from analysis.machinery.press.numbers import register

LISTED = 150


def write(found: Drift, path: Path) -> Path:
    """Write the page and return its path.

    Args:
        found: What differs.
        path: The file; its folder must be there.

    Raises:
        InputError: The file cannot be written.
    """
    try:
        put(path, page(found).encode())
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}") from None
    return path


def page(found: Drift) -> str:
    """Return the page: the answer, then what flips, the numbers, and what went in."""
    one, other = labels(found)
    front = Front(
        title=f"What changed: {one} and {other}",
        subtitle=f"Conclusions, numbers and inputs of two {found.before.kind}s",
        disclaimer=DISCLAIMER,
    )
    compared = (
        ("Before", f"{found.before.kind} {one}"),
        ("After", f"{found.after.kind} {other}"),
        ("Compared", ", ".join(found.parts)),
        ("Only before", ", ".join(found.only_before)),
        ("Only after", ", ".join(found.only_after)),
        *(("Note", note) for note in (*found.before.notes, *found.after.notes)),
    )
    provenance = Provenance(tuple(entry for entry in compared if entry[1]))
    notebook = notebook_of("What changed", shown(found))
    made = html(notebook, front, provenance)
    demand(made, "", register(notebook), names=quoted(found))
    return made


def shown(found: Drift) -> Iterator[Shown | str]:
    """Yield what the page shows, in its order."""
    yield "## The answer"
    yield from _answer(found)
    if found.flips:
        yield "## Conclusions that differ"
        yield from _flips(found.flips)
    yield "## Numbers that moved"
    yield from _changes(found)
    yield "## What went in"
    yield from _inputs(found)


def _answer(found: Drift) -> Iterator[Shown]:
    yield say(
        "{flips} of {conclusions} conclusions differ; {moved} of {numbers} places show another number.",
        role="answer",
        flips=counted(len(found.flips), "conclusions that differ"),
        conclusions=counted(found.conclusions, "conclusions compared"),
        moved=counted(found.moved, "places that show another number"),
        numbers=counted(found.numbers, "places compared"),
    )
    ceased, begun = (sum(flip.held == turn for flip in found.flips) for turn in ((True, False), (False, True)))
    if ceased or begun:
        yield say(
            "{ceased} of the statements judged cease to hold, {begun} begin to.",
            role="answer",
            ceased=counted(ceased, "statements that cease to hold"),
            begun=counted(begun, "statements that begin to hold"),
        )
    computed = [one for one in found.changes if one.computed and math.isfinite(one.relative)]
    if computed:
        yield say(
            "The number computed by a formula that moved most: {name}, from {before} to {after}.",
            name=computed[0].name,
            before=value(computed[0].before, "before"),
            after=value(computed[0].after, "after"),
        )
    if found.unseen:
        yield say(
            "{unseen} more differ beyond the digits that are shown.",
            role="note",
            unseen=counted(found.unseen, "unseen"),
        )


def _flips(flips: Sequence[Flip]) -> Iterator[Shown]:
    several = len({one.part for one in flips}) > 1

    def name(flip: Flip) -> str:
        return f"{flip.id}, {flip.part}" if several else flip.id

    verdicts, findings = ([one for one in flips if one.is_verdict is kind] for kind in (True, False))
    if verdicts:
        rows = [[_sentence(one), _words(one.before), _words(one.after), name(one)] for one in verdicts]
        heads = ["Statement", "Before", "After", "Name"]
        yield _table("verdicts", "Verdicts, those first that cease or begin to hold.", heads, rows)
    if findings:
        rows = [
            [name(one), *(side.sentence if side else "none" for side in (one.before, one.after))] for one in findings
        ]
        yield _table("findings", "Findings that say something else.", ["Finding", "Before", "After"], rows)


def _changes(found: Drift) -> Iterator[Shown]:
    computed = [one for one in found.changes if one.computed]
    others = [one for one in found.changes if not one.computed and not one.given]
    if computed:
        yield _numbers("computed", "Numbers that a formula makes, by how far they moved.", computed)
    if others:
        yield _numbers("others", "Counts, bounds and distances from printed figures.", others)
    if not computed and not others:
        yield say("None.")
    for side, name in zip(("before", "after"), labels(found), strict=True):
        if places := found.only_numbers[side]:
            rows = [[place] for place in places]
            yield _table(f"only-{side}", "Places of numbers that only {side} has.", ["Place"], rows, side=name)


def _inputs(found: Drift) -> Iterator[Shown]:
    if found.inputs:
        rows = [
            [one.name, one.kind, version(one, one.before), version(one, one.after), ", ".join(one.parts)]
            for one in found.inputs
        ]
        files = any(one.kind in FILES for one in found.inputs)
        note = "Files by the beginning of their hash." if files else ""
        yield _table("inputs", "What differs.", ["Name", "Kind", "Before", "After", "Reports"], rows, note=note)
    if read := [one for one in found.changes if one.given]:
        yield _numbers("figures", "Figures read from the data.", read)
    if not found.inputs and not read:
        yield say("Nothing that went in differs.")


def _numbers(name: str, caption: str, changes: Sequence[Change]) -> Shown:
    return _table(name, caption, NUMBER_COLUMNS, [row(one) for one in changes])


def _table(
    name: str, caption: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]], note: str = "", **contents: Any
) -> Shown:
    if left_out := len(rows) - LISTED if len(rows) > LISTED else 0:
        note = f"{note} Left out here: {{left_out}} more; the answer as JSON has all.".strip()
        contents["left_out"] = counted(left_out, "rows left out")
    made = table(name, caption, heads, rows[:LISTED], note=note, **contents)
    return replace(made, report={key: value for key, value in made.report.items() if key != "csv"})


def _sentence(flip: Flip) -> str:
    side = flip.after or flip.before
    return side.sentence if side else ""


def _words(side: object) -> str:
    return getattr(side, "words", "none")
