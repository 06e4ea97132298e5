"""Hashes of what reports are made from: files, the data, the code."""

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from analysis.library.loading.file import files
from analysis.library.places import DATA, INSTALLED, PACKAGE, ROOT


def code_files() -> list[Path]:
    """Return the files of the package; the project's other files, which a wheel holds within, are none of them."""
    return [path for path in files(PACKAGE) if not INSTALLED or not path.is_relative_to(ROOT)]


def hash_of(paths: Iterable[Path], folder: Path) -> str:
    """Return a hash of the contents of files, and of their names below a folder."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(folder).as_posix()} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def data_files() -> list[Path]:
    """Return the files of the data folder."""
    return files(DATA)


@cache
def data_hash() -> str:
    """Return a hash of everything in the data folder."""
    return hash_of(data_files(), DATA)


@cache
def code_hash() -> str:
    """Return a hash of the package's code and templates."""
    return hash_of(code_files(), PACKAGE)
