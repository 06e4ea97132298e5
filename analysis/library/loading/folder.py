"""The tables of a data folder by their names, each checked when it is asked for, and which are not as shipped."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import pandas as pd

from analysis.errors import InputError, nearest
from analysis.library.loading.file import files
from analysis.library.loading.schemas import TABLES
from analysis.library.loading.tables import line, read_table
from analysis.library.places import DATA

FILES = {name: f"{name}.csv" for name in TABLES}
REFERENCES = {"source": ("sources", "id"), "hardware": ("platforms", "platform")}
"""In which table and column a column's words must stand."""
REFERRED = ("sources", "platforms", "models")


class Tables(Mapping[str, pd.DataFrame]):
    """The tables of a data folder by their names, each read and checked when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        """Read none yet."""
        self.folder = folder
        self._read: dict[str, pd.DataFrame] = {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        """Return a table.

        Raises:
            InputError: The file, a column or a cell is not what it must be, or a row names a source, a platform or
                a model that the folder does not know.
        """
        if name not in self._read:
            files = [self.folder / FILES[table] for table in dict.fromkeys((name, *REFERRED))]
            # A caller that changes a table changes it for nobody else; pandas copies a table only when it is changed.
            self._read[name] = _table(content_of(self.folder, files), name).copy(deep=False)
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names."""
        return iter(FILES)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(FILES)


@dataclass(frozen=True)
class Content:
    """What files of a folder hold; it is the same in a copy of the folder, so that none is read and checked twice."""

    digest: str
    folder: Path = field(compare=False)


@lru_cache(maxsize=256)
def _table(content: Content, name: str) -> pd.DataFrame:
    """Read a table that the libraries of all snapshots share."""
    folder, path = content.folder, content.folder / FILES[name]
    table = read_table(path, TABLES[name])
    of_models = {"model": ("models", "model")} if name == "evaluations" else {}
    check_references(path, table, Tables(folder), REFERENCES | of_models)
    return table


def content_of(folder: Path, paths: list[Path]) -> Content:
    """Return what files of a folder hold, by their hash; one that is missing counts as empty."""
    digest = hashlib.sha256()
    for path in paths:
        content = path.read_bytes() if path.is_file() else b""
        digest.update(f"{path.name} {len(content)}\n".encode() + content)
    return Content(digest.hexdigest(), folder)


def check_references(
    path: Path,
    rows: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    references: Mapping[str, tuple[str, str]] = REFERENCES,
) -> None:
    """Check that the sources, the platforms and what else the rows of a table name are known to the folder.

    Raises:
        InputError: One is not; the message names the line and the nearest word.
    """
    for column, (table, key) in references.items():
        if column not in rows:
            continue
        allowed = tables[table][key]
        unknown = rows[~rows[column].isin(allowed) & (rows[column] != "")]
        if not unknown.empty:
            name = unknown[column].iloc[0]
            raise InputError(
                f"{path}, line {line(unknown.index[0])}: unknown {column} {name!r}; {nearest(name, allowed)}"
            )


SUMS = "SHA256SUMS"
FIGURES = ("*.csv", "claims/*.csv", "claims/*.yaml")
QUESTIONS = ("scenarios/*.yaml", "grids/*.yaml")


def changed(folder: Path = DATA) -> tuple[str, ...]:
    """Return the files that are not as shipped, by their paths below the folder: other, gone, or figures on top.

    Scenarios and grids on top change nothing of others and are not named; benchmark snapshots have checksums of
    their own, without which they are not read.

    Args:
        folder: A data folder; one without checksums is told by their file's name.
    """
    shipped = _shipped(folder)
    if shipped is None:
        return (SUMS,)
    figures = _sums(folder, FIGURES)
    here = figures | _sums(folder, QUESTIONS)
    differing = {name for name in {*shipped, *here} if shipped.get(name) != here.get(name)}
    return tuple(sorted(differing & {*shipped, *figures}))


def ship(folder: Path = DATA) -> Path:
    """Write the checksums of the tables as they are, and return the path of their file."""
    path = folder / SUMS
    sums = _sums(folder, (*FIGURES, *QUESTIONS))
    path.write_text("".join(f"{sums[name]}  {name}\n" for name in sorted(sums)), encoding="utf-8", newline="\n")
    return path


def _shipped(folder: Path) -> dict[str, str] | None:
    try:
        lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    return {name: sum_ for sum_, _, name in (line.partition("  ") for line in lines)}


def _sums(folder: Path, patterns: Iterable[str]) -> dict[str, str]:
    paths = [path for pattern in patterns for path in files(folder, pattern)]
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


if __name__ == "__main__":
    print(ship())
