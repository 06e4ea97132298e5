"""Finds out what is to be compared, folders of reports, snapshots or vintages, and reads a folder as one side."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from analysis.errors import InputError, nearest
from analysis.library.loading import file, snapshots
from analysis.library.loading.fields import excerpt
from analysis.library.places import DATA
from analysis.library.sources import load
from analysis.machinery.drift.changes import ReportState, State, telling
from analysis.machinery.drift.computed import SNAPSHOT, VINTAGE, computed_side
from analysis.machinery.press.files import RECEIPT
from analysis.machinery.press.fingerprints import DATA_PREFIX
from analysis.machinery.press.numbers import Entry
from analysis.machinery.receipts.manifest import read_manifest
from analysis.machinery.receipts.reports import MadeFrom, Report, read_as_written, reports

BUILD, USUAL = "build", "published"
NUMBERS, PLACES = "numbers.json", "places.json"


def sides(before: str, after: str, scenario: str = USUAL, overrides: Sequence[str] = ()) -> tuple[State, State]:
    """Return both sides of a comparison.

    Raises:
        InputError: One is none of these, they are of two kinds, or a scenario is given for builds.
    """
    names = {SNAPSHOT: snapshots.snapshot_names(DATA / "benchmarks"), VINTAGE: load().vintages}
    kind, other = (_kind(name, names) for name in (before, after))
    if kind != other:
        raise InputError(f"{before} is a {kind} and {after} a {other}; allowed are two of one kind")
    if kind != BUILD:
        return computed_side(kind, before, scenario, overrides), computed_side(kind, after, scenario, overrides)
    if overrides or scenario != USUAL:
        raise InputError("found --scenario or -p; builds were asked when they were made, allowed is neither")
    return side_of_build(Path(before)), side_of_build(Path(after))


def _kind(name: str, names: dict[str, list[str]]) -> str:
    if file.is_folder(Path(name)):
        return BUILD
    for kind, listed in names.items():
        if name in listed:
            return kind
    all_names = [allowed for listed in names.values() for allowed in listed]
    raise InputError(
        f"{excerpt(name)} is no folder of reports, no snapshot and no vintage; {nearest(name, all_names)}"
    )


def side_of_build(folder: Path) -> State:
    """Return the reports of a folder as one side; those that are not as the manifest lists them are noted.

    Raises:
        InputError: The folder has no manifest, or a file in it is not what it must be.
    """
    listed, _ = read_manifest(folder)
    finished = [(report, f"{report.name}/{RECEIPT}") for report in reports(folder)]
    good = [report for report, receipt in finished if report.files[receipt] == listed.get(receipt)]
    parts = {report.name: _part(folder, report) for report in good if f"{report.name}/{PLACES}" in report.files}
    named = {path.rsplit("/", 1)[0] for path in listed if path.endswith(f"/{RECEIPT}")}
    others = sorted(named - {report.name for report in good})
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


def _inputs(made_from: MadeFrom) -> dict[str, dict[str, str]]:
    files: dict[str, dict[str, str]] = {"data": {}, "code": {}}
    for path, (sum_, _) in made_from.files.items():
        files["data" if path.startswith(DATA_PREFIX) else "code"][path] = sum_
    return {"parameters": made_from.texts, **files, "versions": dict(made_from.versions)}
