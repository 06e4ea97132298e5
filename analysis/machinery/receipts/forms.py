"""What a check found, as text for a terminal and as JSON."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict

from analysis.machinery.receipts.check import CHANGED, GONE, NEW, Checked, Departure, Files
from analysis.machinery.receipts.crate import NAME

LISTED = 40
MEGABYTE = 1e6
KINDS = {"data": "data", "analysis": "code", "notebooks": "notebooks"}


def as_text(found: Checked, output: str) -> str:
    """Return what a check found as text: the files of the folder, this checkout, and one line that sums it up."""
    lines = [f"Files of {printable(output)}, as {NAME} lists them", *(f"  {line}" for line in _files(found.files))]
    if found.departures is not None:
        lines += ["", "This checkout, against what the reports were made from"]
        lines += [f"  {line}" for one in found.departures for line in _departure(one)]
        if found.silent:
            lines.append(f"  {_reports(found.silent)}: what it was made from is not recorded")
        if not (found.departures or found.silent):
            lines.append("  no report")
        if found.tables:
            lines.append(f"  note: tables here that are not as shipped: {', '.join(map(printable, found.tables))}")
    return "\n".join([*lines, "", _sum(found)]) + "\n"


def as_json(found: Checked) -> str:
    """Return what a check found as JSON; a file name that is no text in any encoding is escaped in it."""
    plain = {
        "good": found.good,
        "files": {**asdict(found.files), "good": found.files.good},
        "checkout": None
        if found.departures is None
        else {
            "departures": [{**asdict(one), "good": one.good} for one in found.departures],
            "not_recorded": list(found.silent),
            "tables_not_as_shipped": list(found.tables),
        },
    }
    return json.dumps(plain, indent=1, sort_keys=True) + "\n"


def printable(text: str) -> str:
    """Return a text that came from outside as a terminal may show it."""
    return text if text.isprintable() else repr(text)


def _files(files: Files) -> Iterator[str]:
    listed = len(files.same) + len(files.changed) + len(files.missing)
    yield f"{len(files.same):,} of {listed:,} verified by their SHA-256, {files.size / MEGABYTE:,.1f} MB"
    for word, paths in (("changed", files.changed), ("missing", files.missing), ("not listed", files.foreign)):
        if paths:
            yield f"{word} ({len(paths):,})"
            yield from _indented(map(printable, paths))
    yield f"SHA-256 of the manifest: {files.manifest}"


def _departure(one: Departure) -> Iterator[str]:
    yield f"{_reports(one.reports)}:"
    counts = f"{one.compared:,} files compared"
    if not one.files:
        yield f"  data, code and notebooks are the same, {counts}"
    for kind, name in {**KINDS, "": "other files"}.items():
        paths = {path: word for path, word in one.files.items() if _kind(path) == kind}
        for word in (CHANGED, GONE, NEW):
            found = [printable(path) for path, said in paths.items() if said == word]
            if found:
                yield f"  {name}, {word} ({len(found):,})"
                yield from (f"  {line}" for line in _indented(found))
    if not one.versions:
        yield "  Python and packages are the same"
    else:
        yield f"  versions, then and here ({len(one.versions):,})"
        pairs = (f"{name}: {then or 'none'}, {here or 'none'}" for name, (then, here) in one.versions.items())
        yield from (f"  {line}" for line in _indented(map(printable, pairs)))


def _kind(path: str) -> str:
    first = path.partition("/")[0]
    return first if first in KINDS else ""


def _reports(names: Sequence[str]) -> str:
    shown = ", ".join(map(printable, names[:3]))
    return shown if len(names) <= 3 else f"{shown} and {len(names) - 3:,} more reports"


def _indented(lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    yield from (f"  {line}" for line in found[:LISTED])
    if len(found) > LISTED:
        yield f"  and {len(found) - LISTED:,} more"


def _sum(found: Checked) -> str:
    files = "All files are as written" if found.files.good else "The files are not as written"
    if found.departures is None:
        return f"{files}."
    here = (
        "this checkout is what they were made from"
        if all(one.good for one in found.departures)
        else ("this checkout is not what they were made from")
    )
    return f"{files}; {here}."
