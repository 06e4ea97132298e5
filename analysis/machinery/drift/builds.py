"""Reads a folder of reports as one side of a comparison."""

from collections.abc import Mapping
from json import dumps
from pathlib import Path

from analysis.machinery.drift.state import Part, State, telling
from analysis.machinery.press.files import RECEIPT
from analysis.machinery.press.numbers import Entry
from analysis.machinery.receipts.crate import CODE, DATA
from analysis.machinery.receipts.manifest import read_manifest
from analysis.machinery.receipts.reports import MadeFrom, Report, read_as_written, reports

NUMBERS, PLACES = "numbers.json", "places.json"
KINDS = {DATA: "data", CODE: "code"}


def build(folder: Path) -> State:
    """Return the reports of a folder as one side of a comparison.

    Args:
        folder: What `./run report` has written; the reports in it that are not as the manifest lists them are noted.

    Raises:
        InputError: The folder has no manifest, or a file in it is not what it must be.
    """
    listed, _ = read_manifest(folder)
    found = reports(folder)
    good = [one for one in found if one.files[f"{one.name}/{RECEIPT}"] == listed.get(f"{one.name}/{RECEIPT}")]
    parts = {one.name: _part(folder, one) for one in good if f"{one.name}/{PLACES}" in one.files}
    others = sorted(
        {path.rsplit("/", 1)[0] for path in listed if path.endswith(f"/{RECEIPT}")} - {o.name for o in good}
    )
    notes = tuple(f"{folder}: {name} is not as the manifest lists it and is left out" for name in others)
    return State("build", str(folder), parts, notes)


def _part(folder: Path, report: Report) -> Part:
    entries: list[Entry] = read_as_written(folder, report.files, f"{report.name}/{NUMBERS}", list[Entry], [])
    places: dict[str, str] = read_as_written(folder, report.files, f"{report.name}/{PLACES}", dict[str, str], {})
    known = {one.id: one for one in entries}
    numbers = {place: _told(known[identifier], known) for place, identifier in places.items() if identifier in known}
    concluded = {one.id: one for one in report.summary.conclusions}
    return Part(report.name, _inputs(report.made_from or MadeFrom()), concluded, numbers)


def _told(entry: Entry, known: Mapping[str, Entry]) -> Entry:
    first = next((known[identifier].name for identifier in entry.inputs if identifier in known), "")
    return telling(entry, first)


def _inputs(made_from: MadeFrom) -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = {
        "parameters": {name: _text(value) for name, value in made_from.parameters.items()},
        "data": {},
        "code": {},
        "versions": dict(made_from.versions),
    }
    for path, (sum_, _) in made_from.files.items():
        found[KINDS.get(path.partition("/")[0], "code")][path] = sum_
    return found


def _text(value: object) -> str:
    return value if isinstance(value, str) else dumps(value, ensure_ascii=False, sort_keys=True)
