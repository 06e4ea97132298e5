"""Whether a folder of reports is as it was written, and whether what is here is what they were made from."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from analysis.library.loading import shipped
from analysis.library.places import ROOT
from analysis.library.writing import LOCK
from analysis.machinery.press import made_from
from analysis.machinery.press.files import RECEIPT
from analysis.machinery.press.made_from import DATA_PREFIX, described
from analysis.machinery.receipts import folder
from analysis.machinery.receipts.crate import NAME, NOTEBOOKS
from analysis.machinery.receipts.manifest import read_manifest
from analysis.machinery.receipts.reports import MadeFrom, reports

CHANGED, GONE, NEW = "changed", "not here", "only here"


@dataclass(frozen=True)
class Files:
    """What became of the files that the manifest lists.

    Attributes:
        manifest: SHA-256 of the manifest itself, by which it can be cited.
        same: Files that are as written.
        size: Their size in bytes.
        changed: Files that hold something else, or are none any more.
        missing: Files that are not there.
        foreign: What lies in the folder and is not listed.
    """

    manifest: str
    same: tuple[str, ...]
    size: int
    changed: tuple[str, ...]
    missing: tuple[str, ...]
    foreign: tuple[str, ...]

    @property
    def good(self) -> bool:
        """Whether every file is as written, and there is no other."""
        return not (self.changed or self.missing or self.foreign)


@dataclass(frozen=True)
class Departure:
    """How this checkout departs from what some reports were made from.

    Attributes:
        reports: The reports, by name.
        files: By path below the project: "changed", "not here" or "only here".
        versions: Of Python and packages: then and here, empty where there is none.
        compared: How many files were compared.
    """

    reports: tuple[str, ...]
    files: Mapping[str, str]
    versions: Mapping[str, tuple[str, str]]
    compared: int

    @property
    def good(self) -> bool:
        """Whether nothing departs."""
        return not (self.files or self.versions)


@dataclass(frozen=True)
class Checked:
    """The files of a folder, and what of this checkout departs; None where that was not asked.

    Attributes:
        files: What became of the files.
        departures: One for each set of reports that were made from the same.
        silent: Reports that do not say what they were made from.
        tables: Tables of this checkout that are not as shipped; no difference by itself.
    """

    files: Files
    departures: tuple[Departure, ...] | None
    silent: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """Whether nothing differs."""
        return self.files.good and all(one.good for one in self.departures or ())


def check(output: Path, *, checkout: bool = True) -> Checked:
    """Return what differs in a folder of reports, and between this checkout and what they were made from.

    Args:
        output: The folder.
        checkout: Whether to compare data, code and versions of this checkout, too.

    Raises:
        InputError: The folder has no manifest, or one that cannot be used.
    """
    listed, manifest = read_manifest(output)
    files = _files(output, listed, described(manifest)[0])
    if not checkout:
        return Checked(files, None)
    same = set(files.same)
    known = [one for one in reports(output) if f"{one.name}/{RECEIPT}" in same]
    made = {one.name: one.made_from for one in known if one.made_from is not None}
    silent = tuple(one.name for one in known if one.made_from is None)
    return Checked(files, _departures(made), silent, shipped.changed())


def _files(output: Path, listed: Mapping[str, str], manifest: str) -> Files:
    found = {path: folder.digest(output, path) for path in sorted(listed)}
    same = tuple(path for path, sum_ in found.items() if sum_ == listed[path])
    missing = tuple(path for path in found if not folder.exists(output, path))
    changed = tuple(path for path in found if path not in {*same, *missing})
    foreign = sorted(set(folder.paths(output)) - {*listed, NAME, LOCK})
    size = sum((output / path).stat().st_size for path in same)
    return Files(manifest, same, size, changed, missing, tuple(foreign))


def _departures(made: Mapping[str, MadeFrom]) -> tuple[Departure, ...]:
    """Return a departure for each set of reports that depart alike."""
    alike: dict[str, Departure] = {}
    for name, then in made.items():
        found = _departure(name, then)
        known = alike.setdefault(repr((found.files, found.versions)), replace(found, reports=()))
        compared = max(known.compared, found.compared)
        alike[repr((found.files, found.versions))] = replace(known, reports=(*known.reports, name), compared=compared)
    return tuple(alike.values())


def _departure(name: str, then: MadeFrom) -> Departure:
    with_data = any(path.startswith(DATA_PREFIX) for path in then.files)
    known = made_from.files().items()
    here = {path: sum_ for path, (sum_, _) in known if with_data or not path.startswith(DATA_PREFIX)}
    for path in then.files:
        if path.startswith(f"{NOTEBOOKS}/") and (sum_ := folder.digest(ROOT, path)):
            here[path] = sum_
    sums = {path: sum_ for path, (sum_, _) in then.files.items()}
    files = {
        path: CHANGED if path in sums and path in here else GONE if path in sums else NEW
        for path in sorted({*sums, *here})
        if sums.get(path) != here.get(path)
    }
    versions = made_from.versions()
    pairs = {one: (then.versions.get(one, ""), versions.get(one, "")) for one in {**then.versions, **versions}}
    differing = {one: pair for one, pair in pairs.items() if pair[0] != pair[1]}
    return Departure((name,), files, differing, len({*sums, *here}))
