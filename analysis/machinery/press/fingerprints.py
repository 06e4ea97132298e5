"""The files that reports are made from, by their hashes: as they were before the first report began, and now."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path

from analysis.errors import WorkError
from analysis.library.loading.file import files as files_of
from analysis.library.places import DATA, INSTALLED, LOCK, PACKAGE, ROOT

DATA_PREFIX = "data/"
CODE_PREFIX = f"{PACKAGE.name}/"
Sums = dict[str, tuple[str, int]]
"""SHA-256 and size in bytes of files, by their paths below the project; of a folder's names and their number, where
the path ends with a slash."""


def described(content: bytes) -> tuple[str, int]:
    """Return SHA-256 and size in bytes of a file's content."""
    return hashlib.sha256(content).hexdigest(), len(content)


def places(data: Path = DATA) -> dict[str, Path]:
    """Return where the files of data, code and lock lie, by their paths below the project."""
    # The project's other files, which a wheel holds within the package, are no code.
    code = [path for path in files_of(PACKAGE) if not INSTALLED or not path.is_relative_to(ROOT)]
    of_data = {f"{DATA_PREFIX}{path.relative_to(data).as_posix()}": path for path in files_of(data)}
    return {**of_data, **{path.relative_to(PACKAGE.parent).as_posix(): path for path in code}, LOCK.name: LOCK}


def files_now(data: Path = DATA, only: Collection[str] | None = None) -> Sums:
    """Return the files of data, code and lock as they are, and the folders of data by the names that they hold.

    Args:
        data: The data folder.
        only: The paths below the project that are asked for; all where not given.
    """
    there = places(data)
    found = {name: described(path.read_bytes()) for name, path in there.items() if only is None or name in only}
    held: dict[str, set[str]] = defaultdict(set)
    for name in there:
        folder = name.rpartition("/")[0]
        while name.startswith(DATA_PREFIX) and folder:
            held[f"{folder}/"].add(name)
            name, folder = folder, folder.rpartition("/")[0]
    folders = {folder: _names(names) for folder, names in held.items() if only is None or folder in only}
    return {**found, **folders}


@cache
def files() -> Sums:
    """Return the files of data, code and lock as they were when somebody asked first: before a report begins."""
    return files_now()


def sums(paths: Iterable[str], data: Path | None = None) -> Sums:
    """Return the SHA-256 and sizes of some files, as they were before a report begins."""
    chosen = set(paths)
    known = files() if data is None else files_now(data, chosen)
    return {path: known[path] for path in sorted(chosen) if path in known}


def demand_unchanged(used: Sums) -> None:
    """Refuse what was made while its files were being changed.

    Raises:
        WorkError: The message names a file that is another than then.
    """
    now = files_now(only=used)
    changed = sorted(path for path in used if now.get(path) != used[path])
    if changed:
        raise WorkError(f"{changed[0]} was changed during the build; build again")


@cache
def data_hash() -> str:
    """Return a hash of everything in the data folder."""
    return hash_of(files(), DATA_PREFIX)


@cache
def code_hash() -> str:
    """Return a hash of the package's code and templates."""
    return hash_of(files(), CODE_PREFIX)


def hash_of(sums: Sums, prefix: str = "") -> str:
    """Return a hash of those files whose paths begin in a way."""
    chosen = {path: sums[path] for path in sums if path.startswith(prefix)}
    return hashlib.sha256(json.dumps(chosen, sort_keys=True).encode()).hexdigest()


def _names(paths: Iterable[str]) -> tuple[str, int]:
    names = sorted(paths)
    return described("\n".join(names).encode())[0], len(names)
