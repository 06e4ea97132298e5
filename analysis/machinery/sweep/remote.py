"""A folder for the files of a sweep that workers reach by an address: a shared disk, S3, whatever fsspec knows."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from analysis.errors import InputError
from analysis.library.loading.outside import excerpt
from analysis.machinery.sweep.missing import optional
from analysis.machinery.sweep.parts import Failure, Part
from analysis.machinery.sweep.place import PATTERN, failures_in


@dataclass(frozen=True)
class RemoteFolder:
    """The folder of a sweep by its address; `analysis.machinery.sweep.place.LocalFolder` is one on this disk.

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
        finished = {}
        for path in files.glob(f"{folder}/{PATTERN}"):
            with files.open(path, "rb") as file:
                failures = failures_in(file, self.key)
            if failures is not None:
                finished[path.rpartition("/")[2]] = failures
        return finished

    def whole(self, names: Iterable[str]) -> dict[str, tuple[Failure, ...]] | None:
        """Return the scenarios that failed in each file; None unless the folder has all files of this sweep."""
        finished = self.finished()
        return finished if finished.keys() == set(names) else None

    def add(self, part: Part) -> None:
        """Do nothing: the worker has written the file."""

    def finish(self, names: Iterable[str]) -> None:
        """Delete files of another sweep."""
        files, folder = _opened(self.location)
        wanted = set(names)
        for path in files.glob(f"{folder}/{PATTERN}"):
            if path.rpartition("/")[2] not in wanted:
                files.rm(path)


def remote_folder(location: str, key: str) -> RemoteFolder:
    """Return the folder at an address; it need not exist yet.

    Args:
        location: Its address.
        key: What the sweep is made from.

    Raises:
        InputError: Its kind of address is not known here.
    """
    _opened(location)
    return RemoteFolder(location, key)


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
