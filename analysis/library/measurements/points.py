"""Reads one file of measurements: its format, and its operating points or its rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pandas as pd

from analysis.errors import InputError
from analysis.library.loading.fields import excerpt
from analysis.library.measurements import formats
from analysis.library.measurements.consistency import check, concurrency, notes
from analysis.library.measurements.deployment import Deployment, joined
from analysis.library.measurements.document import Document, read_document
from analysis.library.measurements.format import Format
from analysis.library.measurements.run import Run, unstated

SHOWN_KEYS = 6


@cache
def known_formats() -> tuple[Format, ...]:
    """Return all formats, in the order of their modules' names."""
    modules = (import_module(f"{formats.__name__}.{module.name}") for module in iter_modules(formats.__path__))
    return tuple(entry for module in modules for entry in vars(module).values() if isinstance(entry, Format))


def format_of(document: Document) -> Format:
    """Return the format of a document.

    Raises:
        InputError: It has none that is known, or one that cannot be rows; the message says why and what to do.
    """
    for known in known_formats():
        if known.tells(document):
            if known.refused:
                raise InputError(f"{document.path}: {known.name}: {known.refused}")
            return known
    raise InputError(f"{document.path}: unknown format: {_seen(document)}; `import --formats` lists what is read")


def _seen(document: Document) -> str:
    if not document.entries:
        begins = f"found text that begins with {excerpt(document.text.lstrip()[:40])}"
        return begins if document.text else "found nothing"
    first = document.entries[0][1]
    count = f"{len(document.entries):,} entries, the first of them " if len(document.entries) > 1 else ""
    if not isinstance(first, dict):
        return f"found {count}{excerpt(first)}"
    keys = [excerpt(key) for key in list(first)[:SHOWN_KEYS]]
    return f"found {count}a JSON object with the keys {', '.join(keys)}{', ...' if len(first) > SHOWN_KEYS else ''}"


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
