"""What an executor does for a report, in this process or on another machine, by the same code on the same data."""

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from importlib.metadata import version as installed
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from analysis.errors import WorkError
from analysis.library.loading.file import files
from analysis.machinery.press.execute import TIMEOUT_SECONDS
from analysis.machinery.press.fingerprints import code_hash
from analysis.machinery.press.publish import Job, render

PACKAGES = ("numpy", "scipy", "pyarrow")
_SHOWN = 16
Made = TypeVar("Made")


def called(function: Callable[[], Made]) -> Made:
    """Return what a function returns in this process."""
    return function()


class VersionError(WorkError):
    """A worker would compute with other code than the one that asks it."""


@dataclass(frozen=True)
class Work:
    """Makes the files of a report.

    Attributes:
        cold: Whether its kernel is a process of its own, not forked from one that has loaded the libraries.
        timeout: The longest that a cell may run, in s.
        version: Of the code that asks; empty where nobody else could.
        data: The data folder, packed, where the work may be done elsewhere.
        executed: A folder that keeps what ran, where it is done here.
        again: Whether everything runs again.
        elsewhere: Calls a function where the work is done; in this process where not given.
    """

    cold: bool = False
    timeout: int = TIMEOUT_SECONDS
    version: str = ""
    data: bytes = b""
    executed: Path | None = None
    again: bool = False
    elsewhere: Callable[[Callable[[], dict[str, bytes]]], dict[str, bytes]] = called

    def __call__(self, job: Job) -> dict[str, bytes]:
        """Return the files of a report, by their paths below the scenario's folder.

        Raises:
            VersionError: The code here is not the code that asks.
            NotebookError: The notebook failed.
            InputError: The report shows a number that nothing stands behind.
        """
        if self.version:
            demand(self.version, version())
        if not self.data:
            here = partial(render, job, cold=self.cold, executed=self.executed, again=self.again)
            return self.elsewhere(partial(here, timeout=self.timeout))
        with unpacked(self.data) as folder:
            return render(job, timeout=self.timeout, data=folder)


@cache
def version() -> str:
    """Return which code computes here: hash of the package and versions of what decides numbers and bytes."""
    return ", ".join([f"code {code_hash()[:_SHOWN]}", *(f"{name} {installed(name)}" for name in PACKAGES)])


def demand(asked: str, here: str) -> None:
    """Refuse to compute for somebody of another version.

    Raises:
        VersionError: They differ; the message names both.
    """
    if asked != here:
        raise VersionError(f"the worker has {here}; allowed is what asks it: {asked}")


def packed(folder: Path) -> bytes:
    """Return the files of a folder, the same bytes for the same files."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for path in files(folder):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix())  # of 1980, whenever the file was written
            archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
    return content.getvalue()


@contextmanager
def unpacked(content: bytes) -> Iterator[Path]:
    """Yield a folder that holds what was packed, and remove it afterwards."""
    with TemporaryDirectory(prefix="data-") as folder:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            archive.extractall(folder)
        yield Path(folder)
