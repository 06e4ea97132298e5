"""Reads a folder of reports as one side of a comparison."""

from collections.abc import Mapping
from json import dumps
from pathlib import Path

from analysis.machinery.drift.state import ReportState, State, telling
from analysis.machinery.press.files import RECEIPT
from analysis.machinery.press.numbers import Entry
from analysis.machinery.receipts.crate import CODE, DATA
from analysis.machinery.receipts.manifest import read_manifest
from analysis.machinery.receipts.reports import MadeFrom, Report, read_as_written, reports

NUMBERS, PLACES = "numbers.json", "places.json"
KINDS = {DATA: "data", CODE: "code"}


def side_of_build(folder: Path) -> State:
    """Return the reports of a folder as one side of a comparison.

    Args:
        folder: What `./run report` has written; the reports in it that are not as the manifest lists them are noted.

    Raises:
        InputError: The folder has no manifest, or a file in it is not what it must be.
    """
    listed, _ = read_manifest(folder)
    finished = reports(folder)
    good = [
        report
        for report in finished
        if report.files[f"{report.name}/{RECEIPT}"] == listed.get(f"{report.name}/{RECEIPT}")
    ]
    parts = {report.name: _part(folder, report) for report in good if f"{report.name}/{PLACES}" in report.files}
    others = sorted(
        {path.rsplit("/", 1)[0] for path in listed if path.endswith(f"/{RECEIPT}")} - {o.name for o in good}
    )
    notes = tuple(f"{folder}: {name} is not as the manifest lists it and is left out" for name in others)
    return State("build", str(folder), parts, notes)


def _part(folder: Path, report: Report) -> ReportState:
    entries: list[Entry] = read_as_written(folder, report.files, f"{report.name}/{NUMBERS}", list[Entry], [])
    places: dict[str, str] = read_as_written(folder, report.files, f"{report.name}/{PLACES}", dict[str, str], {})
    by_id = {entry.id: entry for entry in entries}
    numbers = {place: _told(by_id[identifier], by_id) for place, identifier in places.items() if identifier in by_id}
    concluded = {conclusion.id: conclusion for conclusion in report.summary.conclusions}
    return ReportState(report.name, _inputs(report.made_from or MadeFrom()), concluded, numbers)


def _told(entry: Entry, by_id: Mapping[str, Entry]) -> Entry:
    first = next((by_id[identifier].name for identifier in entry.inputs if identifier in by_id), "")
    return telling(entry, first)


def _inputs(made_from: MadeFrom) -> Mapping[str, Mapping[str, str]]:
    inputs: dict[str, dict[str, str]] = {
        "parameters": {name: _text(value) for name, value in made_from.parameters.items()},
        "data": {},
        "code": {},
        "versions": dict(made_from.versions),
    }
    for path, (sum_, _) in made_from.files.items():
        inputs[KINDS.get(path.partition("/")[0], "code")][path] = sum_
    return inputs


def _text(value: object) -> str:
    return value if isinstance(value, str) else dumps(value, ensure_ascii=False, sort_keys=True)
