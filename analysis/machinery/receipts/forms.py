"""What a check found, as text for a terminal and as JSON."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict

from analysis.machinery.receipts.check import CHANGED, GONE, Checked, Departure, FilesChecked
from analysis.machinery.receipts.crate import NAME

LISTED = 40
MEGABYTE = 1e6
KINDS = {"data": "data", "analysis": "code", "notebooks": "notebooks"}


def as_text(checked: Checked, output: str) -> str:
    """Return what a check found as text: the files of the folder, this checkout, and one line that sums it up."""
    lines = [f"Files of {printable(output)}, as {NAME} lists them", *(f"  {line}" for line in _files(checked.files))]
    if checked.departures is not None:
        lines += ["", "This checkout, against what the reports were made from"]
        lines += [f"  {line}" for departure in checked.departures for line in _departure(departure)]
        if checked.silent:
            lines.append(f"  {_reports(checked.silent)}: what it was made from is not recorded")
        if not (checked.departures or checked.silent):
            lines.append("  no report")
        if checked.tables:
            lines.append(f"  note: tables here that are not as shipped: {', '.join(map(printable, checked.tables))}")
    return "\n".join([*lines, "", _sum(checked)]) + "\n"


def as_json(checked: Checked) -> str:
    """Return what a check found as JSON; a file name that cannot be decoded is escaped in it."""
    plain = {
        "good": checked.good,
        "files": {**asdict(checked.files), "good": checked.files.good},
        "checkout": None
        if checked.departures is None
        else {
            "departures": [{**asdict(departure), "good": departure.good} for departure in checked.departures],
            "not_recorded": list(checked.silent),
            "tables_not_as_shipped": list(checked.tables),
        },
    }
    return json.dumps(plain, indent=1, sort_keys=True) + "\n"


def printable(text: str) -> str:
    """Return a text from outside as it is safe to show in a terminal: escaped where it is not printable."""
    return text if text.isprintable() else repr(text)


def _files(files: FilesChecked) -> Iterator[str]:
    listed = len(files.same) + len(files.changed) + len(files.missing)
    yield f"{len(files.same):,} of {listed:,} verified by their SHA-256, {files.size / MEGABYTE:,.1f} MB"
    for word, paths in (("changed", files.changed), ("missing", files.missing), ("not listed", files.foreign)):
        if paths:
            yield f"{word} ({len(paths):,})"
            yield from _indented(map(printable, paths))
    yield f"SHA-256 of the manifest: {files.manifest}"
    if not files.expected:
        yield "  It finds damage. Who changes files can write the manifest anew: let the sender tell you its SHA-256"
        yield "  by another way, and hold it against this one (--expect)."
    else:
        yield f"  expected {files.expected}" if files.expected != files.manifest else "  as expected"


def _departure(departure: Departure) -> Iterator[str]:
    yield f"{_reports(departure.reports)}:"
    counts = f"{departure.compared:,} files compared"
    if not departure.files:
        yield f"  data, code and notebooks are the same, {counts}"
    for kind, name in {**KINDS, "": "other files"}.items():
        paths = {path: word for path, word in departure.files.items() if _kind(path) == kind}
        for word in (CHANGED, GONE):
            names = [printable(path) for path, kind_of_change in paths.items() if kind_of_change == word]
            if names:
                yield f"  {name}, {word} ({len(names):,})"
                yield from (f"  {line}" for line in _indented(names))
    if not departure.versions:
        yield "  Python and packages are the same"
    else:
        yield f"  versions, then and here ({len(departure.versions):,})"
        pairs = (f"{name}: {then or 'none'}, {here or 'none'}" for name, (then, here) in departure.versions.items())
        yield from (f"  {line}" for line in _indented(map(printable, pairs)))


def _kind(path: str) -> str:
    first = path.partition("/")[0]
    return first if first in KINDS else ""


def _reports(names: Sequence[str]) -> str:
    shown = ", ".join(map(printable, names[:3]))
    return shown if len(names) <= 3 else f"{shown} and {len(names) - 3:,} more reports"


def _indented(lines: Iterable[str]) -> Iterator[str]:
    listed = list(lines)
    yield from (f"  {line}" for line in listed[:LISTED])
    if len(listed) > LISTED:
        yield f"  and {len(listed) - LISTED:,} more"


def _sum(checked: Checked) -> str:
    files = "All files are as written" if checked.files.good else "The files are not as written"
    if checked.departures is None:
        return f"{files}."
    here = (
        "this checkout is what they were made from"
        if all(departure.good for departure in checked.departures)
        else ("this checkout is not what they were made from")
    )
    return f"{files}; {here}."
