"""The folder of a sweep on this disk: its files grow in a folder beside it, which replaces it once all are there."""

import json
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from analysis.library.writing import put, put_folder
from analysis.machinery.sweep.parts import Failure, Part
from analysis.machinery.sweep.table import metadata

PATTERN = "part-*.parquet"
KEY, FAILURES = "key", "failures"
_SHOWN = 16


@dataclass(frozen=True)
class LocalFolder:
    """The folder of a sweep, and the one beside it in which its files grow.

    A sweep that was stopped leaves what it finished in the second, where the same sweep finds it again.

    Attributes:
        folder: Where the finished files lie.
        key: What the sweep is made from.
    """

    folder: Path
    key: str

    @property
    def location(self) -> str:
        """Address that workers write to; empty, since they return their files."""
        return ""

    @property
    def growing(self) -> Path:
        """The folder of the files until all are there."""
        return self.folder.parent / f".{self.folder.name}-{self.key[:_SHOWN]}"

    def finished(self) -> dict[str, tuple[Failure, ...]]:
        """Return the files that a sweep finished before it was stopped, and the scenarios that failed in each."""
        return self._current(self.growing)

    def whole(self, names: Iterable[str]) -> dict[str, tuple[Failure, ...]] | None:
        """Return the scenarios that failed in each file; None unless the folder has all files of this sweep."""
        failures = self._current(self.folder)
        return failures if failures.keys() == set(names) else None

    def add(self, part: Part) -> None:
        """Write one file into the growing folder."""
        self.growing.mkdir(parents=True, exist_ok=True)
        put(self.growing / part.name, part.content)

    def finish(self, names: Iterable[str]) -> None:
        """Replace the folder by the grown one, without files of another sweep."""
        wanted = set(names)
        for path in self.growing.iterdir():
            if path.name not in wanted:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        put_folder(self.growing, self.folder)

    def _current(self, folder: Path) -> dict[str, tuple[Failure, ...]]:
        current = {path.name: failures_in(str(path), self.key) for path in sorted(folder.glob(PATTERN))}
        return {name: failures for name, failures in current.items() if failures is not None}


def failures_in(file: str | IO[bytes], key: str) -> tuple[Failure, ...] | None:
    """Return the scenarios that failed in a file; None where it is damaged or of another sweep.

    Args:
        file: Its path, or the file itself, opened.
        key: What the sweep is made from.
    """
    try:
        about = metadata(file)
    except (OSError, ValueError):
        return None
    if about.get(KEY) != key:
        return None
    return tuple(Failure(*fields) for fields in json.loads(about[FAILURES]))
