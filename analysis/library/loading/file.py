"""Reads a file from outside as a whole, says whether it exists, and lists the files of a folder."""

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from analysis.errors import InputError

LARGEST = 100_000_000
EVERYWHERE = "**/*"
NO_CONTENT = re.compile(r"[.].*|~[$].*|.*~|#.*#|__pycache__|Thumbs[.]db|desktop[.]ini")
"""Names of files and folders that systems, editors and Python leave behind."""


def content_of(path: Path, place: str = "", *, most: int = LARGEST, missing: str = "no such file") -> bytes:
    """Return the content of a file.

    Args:
        path: The file.
        place: How messages name it; as its path where not given.
        most: Bytes that are allowed.
        missing: What a message says where there is no such file.

    Raises:
        InputError: There is no such file, it is none (a folder, a pipe, a device), it is larger than allowed, or it
            cannot be read.
    """
    place = place or str(path)
    try:
        about = path.stat()
        content = _up_to(path, most + 1) if stat.S_ISREG(about.st_mode) else None
    except (FileNotFoundError, NotADirectoryError):
        raise InputError(f"{place}: {missing}") from None
    except OSError as error:
        raise InputError(f"{place}: not readable: {error.strerror}") from None
    except ValueError as error:  # a name that no file can have
        raise InputError(f"{place}: not readable: {error}") from None
    if content is None:
        raise InputError(f"{place}: not readable: found a folder or a device, allowed is a file")
    if len(content) > most:
        raise InputError(f"{place}: {max(len(content), about.st_size):,} bytes, allowed are {most:,}")
    return content


def files(folder: Path, pattern: str = EVERYWHERE) -> list[Path]:
    """Return the files below a folder that match a pattern, in order, without what a system or an editor left."""
    everywhere = pattern == EVERYWHERE
    paths = _below(folder, set()) if everywhere else (path for path in folder.glob(pattern) if path.is_file())
    return sorted(path for path in paths if not any(map(NO_CONTENT.fullmatch, path.relative_to(folder).parts)))


def is_file(path: Path) -> bool:
    """Return whether there is such a file; no error, even for a name that no file can have."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def is_folder(path: Path) -> bool:
    """Return whether there is such a folder; no error, even for a name that none can have."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _below(folder: Path, seen: set[str]) -> Iterator[Path]:
    """Yield the files below a folder, each folder once wherever links lead."""
    place = os.path.realpath(folder)
    if place in seen or not folder.is_dir():
        return
    seen.add(place)
    with os.scandir(folder) as entries:
        for entry in entries:
            asked = Path(entry.path) if entry.is_symlink() else entry  # which says of one that leads nowhere: no
            if asked.is_dir():
                yield from _below(Path(entry.path), seen)
            elif asked.is_file():
                yield Path(entry.path)


def _up_to(path: Path, size: int) -> bytes:
    with path.open("rb") as file:
        return file.read(size)
