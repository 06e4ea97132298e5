"""Reads one file of measurements: its format, and its operating points or its rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from analysis.errors import InputError
from analysis.library.measurements.consistency import check, concurrency, notes
from analysis.library.measurements.deployment import Deployment, joined
from analysis.library.measurements.document import read_document
from analysis.library.measurements.format import Format
from analysis.library.measurements.registry import format_of
from analysis.library.measurements.run import Run, unstated


@dataclass(frozen=True)
class Point:
    """A run that holds against itself, and its deployment as its file and the reader state it."""

    run: Run
    deployment: Deployment  # what is stated of its deployment
    concurrency: int
    notes: tuple[str, ...]  # what must be known of how it was read


@dataclass(frozen=True, eq=False)
class Reading:
    """What one file holds."""

    format: Format
    points: tuple[Point, ...] = ()  # its operating points, of a format of runs
    rows: pd.DataFrame | None = None  # its rows, of a format of whole rows
    model: str = ""  # the model of its rows
    left_out: Mapping[str, int] = field(default_factory=dict)  # how many entries were left out, by the reason


def read(path: Path, platforms: tuple[str, ...], reader: Deployment) -> Reading:
    """Return what a file holds.

    Raises:
        InputError: The file cannot be read, has no known format, or contradicts itself or the reader.
    """
    document = read_document(path)
    format_ = format_of(document)
    if format_.rows:
        measured = format_.rows(document, platforms)
        return Reading(format_, (), measured.rows, measured.model, measured.left_out)
    assert format_.runs  # a format without either is refused
    runs = format_.runs(document)
    return Reading(format_, tuple(_point(run, reader) for run in runs.runs), left_out=runs.left_out)


def _point(run: Run, reader: Deployment) -> Point:
    check(run)
    try:
        deployment = joined(run.deployment, reader, run.place)
        in_flight, note = concurrency(run)
    except InputError as error:
        raise InputError("; ".join([str(error), *run.notes])) from None
    return Point(run, deployment, in_flight, (*run.notes, *notes(run), *filter(None, [note]), *unstated(deployment)))
