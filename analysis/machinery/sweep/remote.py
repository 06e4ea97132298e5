"""A folder for the files of a sweep that workers reach by an address: a shared disk, S3, whatever fsspec knows."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from analysis.errors import InputError
from analysis.library.loading.outside import excerpt
from analysis.machinery.sweep.missing import optional
from analysis.machinery.sweep.parts import Failure, Part
from analysis.machinery.sweep.place import PATTERN, kept


@dataclass(frozen=True)
class Remote:
    """A folder by its address, as `analysis.machinery.sweep.place.Place` is one on the disk.

    Workers put each file there whole, under another name first. A store has no folders to exchange, so files of an
    older sweep are replaced one by one.

    Attributes:
        location: Its address, such as `s3://bucket/sweeps/map`, or a path that workers share.
        key: What the sweep is made from.
    """

    location: str
    key: str

    def finished(self) -> dict[str, tuple[Failure, ...]]:
        """Return the files of this sweep that are there, and the scenarios that failed in each."""
        files, folder = _opened(self.location)
        found = {}
        for path in files.glob(f"{folder}/{PATTERN}"):
            with files.open(path, "rb") as file:
                failures = kept(file, self.key)
            if failures is not None:
                found[path.rpartition("/")[2]] = failures
        return found

    def whole(self, names: Iterable[str]) -> dict[str, tuple[Failure, ...]] | None:
        """Return the scenarios that failed in each file, where all files are in their place; None where not."""
        found = self.finished()
        return found if found.keys() == set(names) else None

    def add(self, part: Part) -> None:
        """Nothing is left to do: its worker put the file in its place."""

    def finish(self, names: Iterable[str]) -> None:
        """Delete files of another sweep."""
        files, folder = _opened(self.location)
        wanted = set(names)
        for path in files.glob(f"{folder}/{PATTERN}"):
            if path.rpartition("/")[2] not in wanted:
                files.rm(path)


def remote(location: str, key: str) -> Remote:
    """Return the folder at an address, which need not be there.

    Args:
        location: Its address.
        key: What the sweep is made from.

    Raises:
        InputError: It is of a kind that is not known here.
    """
    _opened(location)
    return Remote(location, key)


def put(address: str, name: str, content: bytes) -> None:
    """Write a file beside its place and put it there.

    Args:
        address: Of the folder.
        name: Of the file.
        content: Of the file.
    """
    files, folder = _opened(address)
    files.makedirs(folder, exist_ok=True)
    beside = f"{folder}/.{name}.new"
    files.pipe_file(beside, content)
    files.mv(beside, f"{folder}/{name}")


def _opened(address: str) -> tuple[Any, str]:
    fsspec = optional("fsspec", "--location")
    try:
        files, folder = fsspec.core.url_to_fs(address)
    except (ImportError, TypeError, ValueError) as error:  # as its kinds of folder complain
        raise InputError(f"--location {excerpt(address)}: {error}; allowed is an address that fsspec reads") from None
    return files, folder.rstrip("/")
