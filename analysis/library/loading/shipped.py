"""Which tables of a data folder are not those that were shipped, so that they are named wherever they matter.

Tables may be edited: whoever adds a row is told so by the reports, not refused. `python -m
analysis.library.loading.shipped` makes the tables as they are those that are shipped.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from analysis.library.loading.file import files
from analysis.library.places import DATA

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
