"""Reads a table with the columns of the project's own snapshots."""

import csv

from analysis.errors import InputError
from analysis.library.loading.schemas import BENCHMARK
from analysis.library.loading.tables import line, read_table
from analysis.library.measurements.document import Document
from analysis.library.measurements.format import Format
from analysis.library.measurements.rows import Measurements, cut, platform_key

NAME = "a table of rows"


def begins(text: str) -> bool:
    """Return whether a text is such a table: its head has the column `hardware`."""
    head = text.partition("\n")[0]
    return "hardware" in next(csv.reader([head.rstrip("\r")]), [])


def read(document: Document, platforms: tuple[str, ...]) -> Measurements:
    """Return the rows of a table.

    Raises:
        InputError: A cell is not what its column allows, or names a platform that is not known.
    """
    rows = read_table(document.path, BENCHMARK)
    for index, name in rows["hardware"].drop_duplicates().items():
        try:
            rows = rows.replace({"hardware": {name: platform_key(name, platforms)}})
        except ValueError as error:
            raise InputError(f"{document.path}, line {line(index)}, hardware: found {name!r}; {error}") from None
    return Measurements(NAME, cut(rows), "")


FORMAT = Format(
    name=NAME, command="your own, with the columns of the tables in data/benchmarks", begins=begins, rows=read
)
