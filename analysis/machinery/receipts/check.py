"""Whether a folder of reports is as it was written, and whether what is here is what they were made from."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from analysis.errors import InputError
from analysis.library.loading.folder import changed
from analysis.library.places import ROOT
from analysis.library.writing import LOCK
from analysis.machinery.press import fingerprints, made_from
from analysis.machinery.press.files import RECEIPT
from analysis.machinery.press.fingerprints import described
from analysis.machinery.press.kept import FOLDER as EXECUTED
from analysis.machinery.receipts import folder
from analysis.machinery.receipts.crate import NAME, NOTEBOOKS
from analysis.machinery.receipts.manifest import read_manifest
from analysis.machinery.receipts.reports import MadeFrom, reports

SHA256 = re.compile("[0-9a-fA-F]{64}")
CHANGED, GONE = "changed", "not here"


@dataclass(frozen=True)
class FilesChecked:
    """The files that the manifest lists, compared with those of the folder."""

    manifest: str  # SHA-256 of the manifest itself, by which it can be cited
    same: tuple[str, ...]  # files with the SHA-256 that is listed
    size: int  # size of these files in bytes
    changed: tuple[str, ...]  # files with another SHA-256, and paths at which something else than a file lies
    missing: tuple[str, ...]  # files that are not there
    foreign: tuple[str, ...]  # paths in the folder that are not listed
    expected: str = ""  # the SHA-256 that the manifest shall have; empty where none was told

    @property
    def good(self) -> bool:
        """Whether the manifest is the expected one, every file is as it says, and there is no other."""
        as_expected = self.expected in ("", self.manifest)
        return as_expected and not (self.changed or self.missing or self.foreign)


@dataclass(frozen=True)
class Departure:
    """The differences between this checkout and what some reports were made from."""

    reports: tuple[str, ...]
    # By path below the project: "changed" or "not here"; a folder is changed where it holds other names.
    files: Mapping[str, str]
    # Of Python and packages that differ: then and here; empty where it is not installed.
    versions: Mapping[str, tuple[str, str]]
    compared: int  # how many files were compared

    @property
    def good(self) -> bool:
        """Whether nothing departs."""
        return not (self.files or self.versions)


@dataclass(frozen=True)
class Checked:
    """What a check of a folder of reports found."""

    files: FilesChecked
    # One for each set of reports that were made from the same inputs; None where that was not asked.
    departures: tuple[Departure, ...] | None
    silent: tuple[str, ...] = ()  # reports that do not say what they were made from
    tables: tuple[str, ...] = ()  # tables of this checkout that are not as shipped, which is no difference by itself

    @property
    def good(self) -> bool:
        """Whether nothing differs."""
        return self.files.good and all(departure.good for departure in self.departures or ())


def check_folder(output: Path, *, checkout: bool = True, expected: str = "") -> Checked:
    """Return what differs in a folder of reports, and between this checkout and what they were made from.

    Raises:
        InputError: The folder has no manifest, or one that cannot be used; what is expected is no SHA-256.
    """
    if expected and not SHA256.fullmatch(expected):
        raise InputError(f"--expect: found {expected!r}, allowed is a SHA-256, 64 digits from 0 to f")
    listed, manifest = read_manifest(output)
    files = _files(output, listed, described(manifest)[0], expected.lower())
    if not checkout:
        return Checked(files, None)
    same = set(files.same)
    as_written = [report for report in reports(output) if f"{report.name}/{RECEIPT}" in same]
    made = {report.name: report.made_from for report in as_written if report.made_from is not None}
    silent = tuple(report.name for report in as_written if report.made_from is None)
    return Checked(files, _departures(made), silent, changed())


def _files(output: Path, listed: Mapping[str, str], manifest: str, expected: str) -> FilesChecked:
    sums = {path: folder.digest(output, path) for path in sorted(listed)}
    same = tuple(path for path, sum_ in sums.items() if sum_ == listed[path])
    missing = tuple(path for path in sums if not folder.exists(output, path))
    changed = tuple(path for path in sums if path not in {*same, *missing})
    own = {path for path in folder.paths(output) if path.startswith(f"{EXECUTED}/")}
    foreign = sorted(set(folder.paths(output)) - {*listed, *own, NAME, LOCK})
    size = sum((output / path).stat().st_size for path in same)
    return FilesChecked(manifest, same, size, changed, missing, tuple(foreign), expected)


def _departures(made: Mapping[str, MadeFrom]) -> tuple[Departure, ...]:
    """Return one departure for all reports that depart in the same files and versions."""
    groups: dict[str, list[Departure]] = {}
    for name, then in made.items():
        departure = _departure(name, then)
        groups.setdefault(repr((departure.files, departure.versions)), []).append(departure)
    return tuple(
        replace(
            group[0],
            reports=tuple(name for departure in group for name in departure.reports),
            compared=max(departure.compared for departure in group),
        )
        for group in groups.values()
    )


def _departure(name: str, then: MadeFrom) -> Departure:
    here = {path: sum_ for path, (sum_, _) in fingerprints.files().items() if path in then.files}
    for path in then.files:
        if path.startswith(f"{NOTEBOOKS}/") and (sum_ := folder.digest(ROOT, path)):
            here[path] = sum_
    sums = {path: sum_ for path, (sum_, _) in then.files.items()}
    files = {path: CHANGED if path in here else GONE for path in sorted(sums) if sums.get(path) != here.get(path)}
    versions = made_from.versions()
    pairs = {
        package: (then.versions.get(package, ""), versions.get(package, ""))
        for package in {**then.versions, **versions}
    }
    differing = {package: pair for package, pair in pairs.items() if pair[0] != pair[1]}
    return Departure((name,), files, differing, len(sums))
