"""Reads a folder of reports that a stranger may have made: only regular files inside it, never through a link."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from stat import S_ISREG

from analysis.errors import InputError
from analysis.library.loading.fields import excerpt

LONGEST, LARGEST = 1000, 1 << 28


def checked_path(path: str, place: str) -> str:
    """Return a path below the folder, as it is.

    Raises:
        InputError: It is not of a file below the folder, or could be read in two ways.
    """
    plain = PurePosixPath(path)
    is_inside = path and not plain.is_absolute() and ".." not in plain.parts and plain.as_posix() == path != "."
    if not is_inside or len(path) > LONGEST or not path.isprintable() or "\\" in path or ":" in path:
        raise InputError(f"{place}: found the path {excerpt(path)}; allowed is one of a file below the folder")
    return path


def content(folder: Path, path: str) -> bytes | None:
    """Return what a file below the folder holds; None where it is missing, behind a link, or not a file.

    Raises:
        InputError: It is larger than 256 MiB.
    """
    file = _regular(folder, path)
    if file is None:
        return None
    if (size := file.stat().st_size) > LARGEST:
        raise InputError(f"{path}: {size:,} bytes, allowed are {LARGEST:,}")
    return file.read_bytes()


def digest(folder: Path, path: str) -> str | None:
    """Return the SHA-256 of a file below the folder; None where it is missing, behind a link, or not a file."""
    regular = _regular(folder, path)
    if regular is None:
        return None
    with regular.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def exists(folder: Path, path: str) -> bool:
    """Return whether anything has this path, even a link that leads nowhere."""
    return os.path.lexists(folder / path)


def paths(folder: Path) -> Iterator[str]:
    """Yield the path of every file and link below the folder, in no order."""
    for parent, folders, files in os.walk(folder):
        links = [name for name in folders if (Path(parent) / name).is_symlink()]
        for name in (*files, *links):
            yield (Path(parent) / name).relative_to(folder).as_posix()


def _regular(folder: Path, path: str) -> Path | None:
    file = folder / path
    try:
        if file.resolve(strict=True) == folder.resolve() / path and S_ISREG(file.stat().st_mode):
            return file
    except (OSError, RuntimeError):
        pass
    return None
