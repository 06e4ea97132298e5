"""Benchmark snapshots: rows with their origins and their checksum, as they stand in a data folder."""

import hashlib
import io
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import InputError, nearest
from analysis.library.loading import file, origins, tables
from analysis.library.loading.folder import Content, content_of
from analysis.library.loading.origins import Origin
from analysis.library.loading.schemas import BENCHMARK
from analysis.library.models import same_model

SUMS = "SHA256SUMS"
NAME = re.compile(r"[a-z0-9][a-z0-9.-]{0,99}")


@dataclass(frozen=True)
class Snapshot:
    """Measured rows of one model."""

    rows: pd.DataFrame  # measured configurations, with the columns of `analysis.library.loading.schemas.BENCHMARK`
    model: str
    origins: tuple[Origin, ...]  # where the rows come from, in their order
    # The snapshots that the rows stand in, each with the number of its own, in their order.
    parts: tuple[tuple[str, int], ...] = ()

    def place(self, index: int) -> str:
        """Return the file and the line of the row with this index, relative to the project."""
        for name, count in self.parts:
            if index < count:
                return f"data/benchmarks/{name}.csv, line {tables.line(index)}"
            index -= count
        raise IndexError(index)

    @property
    def publishers(self) -> NDArray[np.object_]:
        """The publisher of each row."""
        return np.repeat([origin.publisher for origin in self.origins], [origin.rows for origin in self.origins])


def snapshot_names(folder: Path) -> list[str]:
    """Return the names of the snapshots in a folder."""
    return [path.stem for path in file.files(folder, "*.csv")]


def snapshot_files(folder: Path, name: str) -> tuple[Path, ...]:
    """Return the files that a snapshot and those that it includes are read from: rows, origins and checksums.

    Raises:
        InputError: The name is none for a file, or the origins of the snapshot cannot be read.
    """
    if not NAME.fullmatch(name):
        raise _unknown(folder, name)
    beside = folder / f"{name}.yaml"
    more = [path for part in _includes(beside) for path in snapshot_files(folder, part)] if beside.is_file() else []
    return tuple(dict.fromkeys([*more, folder / f"{name}.csv", beside, folder / SUMS]))


def read_snapshot(folder: Path, name: str) -> Snapshot:
    """Return a snapshot of a folder, `NAME.csv` and `NAME.yaml`, with its cells, origins and checksum verified.

    Raises:
        InputError: No such snapshot, a cell or an origin is not what it must be, or the rows are not those that were
            written.
    """
    if name not in snapshot_names(folder):
        raise _unknown(folder, name)
    path = folder / f"{name}.csv"
    beside = path.with_suffix(".yaml")
    own = _own(content_of(folder, [path, beside, folder / SUMS]), name)
    before = [read_snapshot(folder, included) for included in _includes(beside)]
    if other := [part.model for part in before if not same_model(part.model, own.model)]:
        raise InputError(f"{beside}: found rows of {own.model!r} after those of {other[0]!r}; allowed is one model")
    every = [*before, own]
    rows = pd.concat([part.rows for part in every], ignore_index=True)
    origins = tuple(origin for part in every for origin in part.origins)
    return Snapshot(rows, own.model, origins, tuple(place for part in every for place in part.parts))


@lru_cache(maxsize=64)
def _own(content: Content, name: str) -> Snapshot:
    """Read a snapshot's own rows, which stand in others as well."""
    path = content.folder / f"{name}.csv"
    beside = path.with_suffix(".yaml")
    rows = tables.read_table(path, BENCHMARK, _day_of_medians(beside))
    if sums_of(content.folder).get(path.name) != (actual := hashlib.sha256(file.content_of(path)).hexdigest()):
        raise InputError(
            f"{path}: its SHA-256 is {actual}, not the one in {SUMS}; measured rows are not edited in place:"
            " restore the file, and bring other rows in with `analysis import`"
        )
    stated = origins.read_origins(beside)
    if (named := sum(origin.rows for origin in stated.origins)) != len(rows):
        raise InputError(f"{beside}: found origins of {named:,} rows; {path.name} has {len(rows):,}")
    return Snapshot(rows, stated.model, tuple(stated.origins), ((name, len(rows)),))


def newest_day(folder: Path, name: str) -> str:
    """Return the day of a snapshot's newest row, ISO 8601, without reading and checking all of its cells.

    Raises:
        InputError: No such snapshot, or its origins cannot be read.
        ValueError: Its rows cannot.
    """
    beside = folder / f"{name}.yaml"
    content = io.BytesIO(file.content_of(folder / f"{name}.csv"))
    day = _day_of_medians(beside).get("date") or pd.read_csv(content, usecols=["date"], dtype=str)["date"].max()
    return max([day, *(newest_day(folder, included) for included in _includes(beside))])


def _day_of_medians(beside: Path) -> dict[str, str]:
    """Return the day of rows that have none: medians over runs count as measured on the last day of their runs."""
    stated = origins.read_origins(beside).origins if beside.is_file() else []
    ends = [origin.medians_until for origin in stated]
    return {"date": str(max(filter(None, ends)))} if ends and all(ends) else {}


def _includes(beside: Path) -> list[str]:
    """Return the snapshots whose rows a snapshot includes before its own.

    Raises:
        InputError: One of them includes others, whose rows would have no origin here.
    """
    included = origins.read_origins(beside).includes
    for name in included:
        if origins.read_origins(beside.with_name(f"{name}.yaml")).includes:
            raise InputError(
                f"{beside}: includes {name}, which includes others; allowed is a snapshot of its own rows"
            )
    return included


def _unknown(folder: Path, name: str) -> InputError:
    return InputError(
        f"{folder / f'{name}.csv'}: no such benchmark snapshot; {nearest(name, snapshot_names(folder))}"
    )


def sums_of(folder: Path) -> dict[str, str]:
    """Return the SHA-256 that a folder states of each of its files, by name; none where it states none."""
    path = folder / SUMS
    if not path.exists():
        return {}
    try:
        lines = file.content_of(path).decode().splitlines()
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 text ({error.reason} at byte {error.start})") from None
    return {name: sum_ for sum_, _, name in (line.partition("  ") for line in lines)}
