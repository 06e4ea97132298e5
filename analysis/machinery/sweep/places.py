"""Where the files of a sweep go: a folder of this disk, or one that workers reach by an address."""

import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from analysis.errors import InputError
from analysis.library.loading.fields import excerpt
from analysis.library.writing import put, put_folder
from analysis.machinery.sweep.cluster import optional
from analysis.machinery.sweep.table import metadata

PATTERN = "part-*.parquet"
KEY, FAILURES = "key", "failures"
_SHOWN = 16


@dataclass(frozen=True)
class Failure:
    """A scenario that failed."""

    scenario: int
    parameters: Mapping[str, Any]  # by name, those that the grid names
    message: str
    more: int = 0  # how many scenarios of the partition failed after it and are not named

    def __str__(self) -> str:
        """Return the scenario, its parameters and why it failed, in a line."""
        parameters = ", ".join(f"{name}={value}" for name, value in self.parameters.items())
        more = f" (and {self.more:,} more after it)" if self.more else ""
        return f"scenario {self.scenario} ({parameters}): {self.message}{more}"


Failures = dict[str, tuple[Failure, ...]]  # the scenarios that failed, by the name of the file that they belong to


@dataclass(frozen=True)
class Part:
    """What a task returns: a file, and the scenarios that failed."""

    name: str
    content: bytes  # of the file; empty where the worker has written it itself
    failures: tuple[Failure, ...]


@dataclass(frozen=True)
class LocalFolder:
    """The folder of a sweep on this disk, and the one beside it in which its files grow and which replaces it.

    A sweep that was stopped leaves what it finished in the second, where the same sweep finds it again.
    """

    folder: Path  # where the finished files lie
    key: str  # what the sweep is made from
    location: str = ""  # address that workers write to; empty, since they return their files

    @property
    def growing(self) -> Path:
        """The folder of the files until all are there."""
        return self.folder.parent / f".{self.folder.name}-{self.key[:_SHOWN]}"

    def finished(self) -> Failures:
        """Return the files that a sweep finished before it was stopped, and the scenarios that failed in each."""
        return self._current(self.growing)

    def whole(self, names: Iterable[str]) -> Failures | None:
        """Return the scenarios that failed in each file; None unless the folder has all files of this sweep."""
        failures = self._current(self.folder)
        return failures if failures.keys() == set(names) else None

    def add(self, part: Part) -> None:
        """Write one file into the growing folder."""
        put(self.growing / part.name, part.content)

    def finish(self, names: Iterable[str]) -> None:
        """Replace the folder by the grown one, without files of another sweep."""
        wanted = set(names)
        for path in self.growing.iterdir():
            if path.name not in wanted:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        put_folder(self.growing, self.folder)

    def _current(self, folder: Path) -> Failures:
        current = {path.name: failures_in(str(path), self.key) for path in sorted(folder.glob(PATTERN))}
        return {name: failures for name, failures in current.items() if failures is not None}


@dataclass(frozen=True)
class RemoteFolder:
    """The folder of a sweep by its address: a shared disk, S3, whatever fsspec knows; it need not exist yet.

    Workers put each file there whole, under another name first. A store has no folders to exchange, so files of an
    older sweep are replaced one by one.

    Raises:
        InputError: Its kind of address is not known here.
    """

    location: str  # its address, such as `s3://bucket/sweeps/map`, or a path that workers share
    key: str  # what the sweep is made from

    def __post_init__(self) -> None:
        """Check the address."""
        _opened(self.location)

    def finished(self) -> Failures:
        """Return the files of this sweep that are there, and the scenarios that failed in each."""
        files, folder = _opened(self.location)
        finished = {}
        for path in files.glob(f"{folder}/{PATTERN}"):
            with files.open(path, "rb") as file:
                failures = failures_in(file, self.key)
            if failures is not None:
                finished[path.rpartition("/")[2]] = failures
        return finished

    def whole(self, names: Iterable[str]) -> Failures | None:
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


def put_remote(address: str, name: str, content: bytes) -> None:
    """Write a file into the folder at an address: beside its place first, then there."""
    files, folder = _opened(address)
    files.makedirs(folder, exist_ok=True)
    beside = f"{folder}/.{name}.new"
    files.pipe_file(beside, content)
    files.mv(beside, f"{folder}/{name}")


def failures_in(file: str | IO[bytes], key: str) -> tuple[Failure, ...] | None:
    """Return the scenarios that failed in a file, a path or opened; None where it is damaged or of another sweep."""
    try:
        about = metadata(file)
    except (OSError, ValueError):
        return None
    if about.get(KEY) != key:
        return None
    return tuple(Failure(*fields) for fields in json.loads(about[FAILURES]))


def _opened(address: str) -> tuple[Any, str]:
    fsspec = optional("fsspec", "--location")
    try:
        files, folder = fsspec.core.url_to_fs(address)
    except (ImportError, TypeError, ValueError) as error:  # as its kinds of folder complain
        raise InputError(f"--location {excerpt(address)}: {error}; allowed is an address that fsspec reads") from None
    return files, folder.rstrip("/")
