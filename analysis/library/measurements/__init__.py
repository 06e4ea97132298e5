"""Reads measurements of other tools as benchmark rows of the project."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from analysis.errors import InputError
from analysis.library.measurements.deployment import Deployment
from analysis.library.measurements.points import Reading, read
from analysis.library.measurements.rows import ORDER, Measurements, known_platforms, table, without_repeats
from analysis.library.measurements.run import record
from analysis.library.models import same_model

__all__ = ["Deployment", "Measurements", "known_platforms", "read_all", "read_files"]

STATED = Deployment()  # a reader who states nothing


def read_files(paths: Sequence[Path], platforms: Iterable[str], reader: Deployment = STATED) -> Measurements:
    """Return the measurements in files of one format and one model, in the order of the published rows.

    Arguments as for `read_all`.

    Raises:
        InputError: As `read_all`; or a file does not say what a row needs.
    """
    known = tuple(platforms)
    readings = read_all(paths, known, reader)
    points = [point for reading in readings for point in reading.points]
    places = [point.run.place for point in points]
    records = [record(point.run, point.deployment, point.concurrency, known) for point in points]
    whole = [reading.rows for reading in readings if reading.rows is not None]
    notes: list[str] = []
    if records:
        records, places, notes = without_repeats(records, places)
        whole.append(table(records, str(paths[0]), lambda index: places[index]))
    return Measurements(
        readings[0].format.name,
        pd.concat(whole).sort_values(ORDER, kind="stable", ignore_index=True),
        next(iter(_models(readings)), ""),
        sum((Counter(reading.left_out) for reading in readings), Counter()),
        readings[0].format.publisher,
        (*notes, *(f"{point.run.place}: {note}" for point in points for note in point.notes)),
    )


def read_all(paths: Sequence[Path], platforms: Iterable[str], reader: Deployment = STATED) -> list[Reading]:
    """Return what files of one format and one model hold, with what the reader states.

    Raises:
        InputError: A file cannot be read, has no known format, or contradicts itself or the reader; or the files
            differ in format or model.
    """
    known = tuple(platforms)
    return _alike([read(path, known, reader) for path in paths])


def _models(readings: Sequence[Reading]) -> list[str]:
    names = [reading.model for reading in readings]
    names += [point.deployment.model for reading in readings for point in reading.points]
    return list(dict.fromkeys(filter(None, names)))


def _alike(readings: list[Reading]) -> list[Reading]:
    names = sorted({reading.format.name for reading in readings})
    if len(names) > 1:
        raise InputError(f"format of the files: found {', '.join(names)}; allowed is one")
    models = _models(readings)
    if others := [model for model in models if not same_model(model, models[0])]:
        raise InputError(
            f"model of the files: found {', '.join(sorted([models[0], *others]))}; allowed is one (--model names it "
            "in place of the files)"
        )
    return readings
