"""Hashes of what reports are made from: files, the data, the code."""

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from analysis.library.places import DATA, ROOT
from analysis.library.writing import LOCK as HELD

CODE_FOLDER, LOCK = ROOT / "analysis", ROOT / "requirements.lock"


def hash_of(paths: Iterable[Path], folder: Path) -> str:
    """Return a hash of the contents of files, and of their names below a folder."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(folder).as_posix()} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def data_files() -> list[Path]:
    """Return the files of the data folder; the one by which it is held is none of them."""
    return [path for path in DATA.rglob("*") if path.is_file() and path.name != HELD]


@cache
def data_hash() -> str:
    """Return a hash of everything in the data folder."""
    return hash_of(data_files(), DATA)


@cache
def code_hash() -> str:
    """Return a hash of the package's code and templates."""
    found = (path for path in CODE_FOLDER.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return hash_of(found, CODE_FOLDER)
