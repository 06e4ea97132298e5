"""Reads a table with the columns of the project's own snapshots."""

import csv

from analysis.library.measurements.document import Document
from analysis.library.measurements.format import Format
from analysis.library.measurements.rows import Measurements, read_csv

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
    return Measurements(NAME, read_csv(document.path, platforms), "")


FORMAT = Format(
    name=NAME, command="your own, with the columns of the tables in data/benchmarks", begins=begins, rows=read
)
