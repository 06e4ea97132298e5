"""The files that reports are made from, by their hashes: as they were before the first report began, and now."""

import hashlib
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from analysis.errors import WorkError
from analysis.library.loading.file import files as files_of
from analysis.library.places import DATA, INSTALLED, LOCK, PACKAGE, ROOT

DATA_PREFIX = "data/"
Sums = dict[str, tuple[str, int]]
"""SHA-256 and size in bytes of files, by their paths below the project."""


def described(content: bytes) -> tuple[str, int]:
    """Return SHA-256 and size in bytes of a file's content."""
    return hashlib.sha256(content).hexdigest(), len(content)


def files_now() -> Sums:
    """Return the files of data, code and lock as they are."""
    # The project's other files, which a wheel holds within the package, are no code.
    code = [path for path in files_of(PACKAGE) if not INSTALLED or not path.is_relative_to(ROOT)]
    return {
        **_described(files_of(DATA), DATA, DATA_PREFIX),
        **_described(code, PACKAGE.parent),
        **_described([LOCK], ROOT),
    }


@cache
def files() -> Sums:
    """Return the files of data, code and lock as they were when somebody asked first: before a report begins."""
    return files_now()


def demand_unchanged() -> None:
    """Refuse what was made while its files were being changed.

    Raises:
        WorkError: The message names a file that is another than when the first report began.
    """
    before, now = files(), files_now()
    changed = sorted(path for path in {*before, *now} if before.get(path) != now.get(path))
    if changed:
        raise WorkError(f"{changed[0]} was changed during the build; build again")


@cache
def data_hash() -> str:
    """Return a hash of everything in the data folder."""
    return _hash({path: sums for path, sums in files().items() if path.startswith(DATA_PREFIX)})


@cache
def code_hash() -> str:
    """Return a hash of the package's code and templates."""
    return _hash({path: sums for path, sums in files().items() if path.startswith(f"{PACKAGE.name}/")})


@cache
def lock_hash() -> str:
    """Return a hash of the versions that are asked for."""
    return files()[LOCK.name][0]


def _hash(sums: Sums) -> str:
    return hashlib.sha256(json.dumps(sums, sort_keys=True).encode()).hexdigest()


def _described(paths: Iterable[Path], folder: Path, prefix: str = "") -> Sums:
    return {f"{prefix}{path.relative_to(folder).as_posix()}": described(path.read_bytes()) for path in paths}
