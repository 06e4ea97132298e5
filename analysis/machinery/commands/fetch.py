"""`analysis fetch`: a newer snapshot of the public benchmark rows, and what changed."""

import datetime
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated
from urllib.parse import urlencode

import typer

from analysis.errors import InputError
from analysis.library.loading import new_snapshots, snapshots
from analysis.library.loading.fields import iso_day, parse_json
from analysis.library.loading.origins import Origin
from analysis.library.loading.snapshots import Snapshot
from analysis.library.measurements import Measurements, known_platforms
from analysis.library.measurements.download import download
from analysis.library.measurements.formats import inferencex
from analysis.library.models import listed, model_of, same_model
from analysis.library.places import DATA, demand_own
from analysis.machinery.commands import options
from analysis.machinery.commands.news import print_left_out, print_news


def fetch(
    model: Annotated[str, typer.Option(help="Model, as InferenceX names it.")] = "DeepSeek-R1-0528",
    base_url: options.ApiAddress = inferencex.API,
    name: Annotated[str, typer.Option(help="Name of the snapshot, to which today's date is added.")] = "",
    date: options.AskedDay = "",
    against: Annotated[str, typer.Option(help="Snapshot to compare with; the model's own if not given.")] = "",
    data: options.DataFolder = DATA,
) -> None:
    """Download the newest benchmark rows into data/benchmarks and print what changed."""
    demand_own(data)
    folder, day = data / "benchmarks", iso_day(date) if date else datetime.datetime.now(datetime.UTC).date()
    known = model_of(model, listed(data))
    served = known.name if known else model
    title = f"{name or dated_name(served)}-{day}"
    new_snapshots.free_path(folder, title)
    own = known.snapshot if known else ""
    before = snapshots.read_snapshot(folder, against or own) if against or own else None

    measured, origin = asked(served, day, data, base_url, {"date": date} if date else {}, title)
    print_left_out(measured)
    path = new_snapshots.write_snapshot(Snapshot(measured.rows, served, (origin,)), folder, title)
    if before is None:
        typer.echo(f"{path}: {len(measured.rows):,} rows of {served}, of which there were none")
    else:
        print_news(path, measured.rows, against or own, before.rows)


def dated_name(model: str) -> str:
    """Return the name of a model's fetched snapshots, to which a day is added."""
    return "inferencex-" + re.sub("[^a-z0-9]+", "-", model.lower())


def asked(
    model: str, day: datetime.date, data: Path, base_url: str, more: Mapping[str, str], title: str
) -> tuple[Measurements, Origin]:
    """Return what the API answers for a model, and where that comes from.

    Raises:
        InputError: The answer cannot be had or not be understood, or is of another model.
    """
    url = f"{base_url.rstrip('/')}/benchmarks?{urlencode({'model': model, **more})}"
    measured = inferencex.read(parse_json(download(url), url), url, known_platforms(data))
    answered = model_of(measured.model, listed(data))
    if not same_model(answered.name if answered else measured.model, model):
        raise InputError(f"{url}: answered rows of {measured.model!r}; asked was {model!r}")
    return measured, inferencex.origin(title, model, url, day, len(measured.rows))
