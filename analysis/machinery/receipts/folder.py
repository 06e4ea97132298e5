"""Reads a folder of reports as a stranger's: never outside of it, through a link, or what is not a file."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from stat import S_ISREG

from analysis.errors import InputError
from analysis.library.loading.outside import excerpt

LONGEST, LARGEST = 1000, 1 << 28


def checked_path(path: str, place: str) -> str:
    """Return a path below the folder, as it is.

    Args:
        path: With slashes, relative to the folder.
        place: How messages name what holds it.

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
    found = _regular(folder, path)
    if found is None:
        return None
    if (size := found.stat().st_size) > LARGEST:
        raise InputError(f"{path}: {size:,} bytes, allowed are {LARGEST:,}")
    return found.read_bytes()


def digest(folder: Path, path: str) -> str | None:
    """Return the SHA-256 of a file below the folder; None where it is missing, behind a link, or not a file."""
    found = _regular(folder, path)
    if found is None:
        return None
    with found.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def exists(folder: Path, path: str) -> bool:
    """Return whether anything has this path, if only a link that leads nowhere."""
    return os.path.lexists(folder / path)


def paths(folder: Path) -> Iterator[str]:
    """Yield the path of everything below the folder that is no folder, links among it, in no order."""
    for parent, folders, files in os.walk(folder):
        links = [name for name in folders if (Path(parent) / name).is_symlink()]
        for name in (*files, *links):
            yield (Path(parent) / name).relative_to(folder).as_posix()


def _regular(folder: Path, path: str) -> Path | None:
    found = folder / path
    try:
        if found.resolve(strict=True) == folder.resolve() / path and S_ISREG(found.stat().st_mode):
            return found
    except (OSError, RuntimeError):
        pass
    return None
