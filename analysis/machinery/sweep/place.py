"""Where the files of a sweep lie: beside their place until all are there, then in it."""

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
class Place:
    """The folder of a sweep, and the one beside it where it grows.

    A sweep that was stopped leaves what it finished in the second, where the same sweep finds it again.

    Attributes:
        folder: Where the finished files lie.
        key: What the sweep is made from.
    """

    folder: Path
    key: str

    @property
    def location(self) -> str:
        """Where workers put files themselves: nowhere, they come back."""
        return ""

    @property
    def growing(self) -> Path:
        """Where files lie until all are there."""
        return self.folder.parent / f".{self.folder.name}-{self.key[:_SHOWN]}"

    def finished(self) -> dict[str, tuple[Failure, ...]]:
        """Return the files that a sweep finished before it was stopped, and the scenarios that failed in each."""
        return self._current(self.growing)

    def whole(self, names: Iterable[str]) -> dict[str, tuple[Failure, ...]] | None:
        """Return the scenarios that failed in each file, where all files are in their place; None where not."""
        found = self._current(self.folder)
        return found if found.keys() == set(names) else None

    def add(self, part: Part) -> None:
        """Write one file beside its place and put it among the growing."""
        self.growing.mkdir(parents=True, exist_ok=True)
        put(self.growing / part.name, part.content)

    def finish(self, names: Iterable[str]) -> None:
        """Put the grown folder in the place of the old one."""
        wanted = set(names)
        for path in self.growing.iterdir():
            if path.name not in wanted:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        put_folder(self.growing, self.folder)

    def _current(self, folder: Path) -> dict[str, tuple[Failure, ...]]:
        found = {path.name: kept(str(path), self.key) for path in sorted(folder.glob(PATTERN))}
        return {name: failures for name, failures in found.items() if failures is not None}


def kept(file: str | IO[bytes], key: str) -> tuple[Failure, ...] | None:
    """Return the scenarios that failed in a file; None where it is not whole or made from something else.

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
    return tuple(Failure(*one) for one in json.loads(about[FAILURES]))
