"""`analysis fetch`: a newer snapshot of the public benchmark rows, and what changed."""

import datetime
import re
from pathlib import Path
from typing import Annotated
from urllib.parse import urlencode

import typer

from analysis.library.loading import snapshots
from analysis.library.loading.outside import parse_json
from analysis.library.loading.snapshots import Snapshot
from analysis.library.measurements import known_platforms
from analysis.library.measurements.download import download
from analysis.library.measurements.formats import inferencex
from analysis.library.places import DATA, demand_own
from analysis.library.sources import SNAPSHOT
from analysis.machinery.commands.news import print_left_out, print_news


def fetch(
    model: Annotated[str, typer.Option(help="Model, as InferenceX names it.")] = "DeepSeek-R1-0528",
    base_url: Annotated[str, typer.Option(help="Address of the API.")] = inferencex.API,
    name: Annotated[str, typer.Option(help="Name of the snapshot, to which today's date is added.")] = "",
    against: Annotated[str, typer.Option(help="Snapshot to compare with.")] = SNAPSHOT,
    data: Annotated[Path, typer.Option(help="The data folder.")] = DATA,
) -> None:
    """Download the newest benchmark rows into data/benchmarks and print what changed."""
    demand_own(data)
    folder, today = data / "benchmarks", datetime.datetime.now(datetime.UTC).date()
    title = f"{name or 'inferencex-' + re.sub('[^a-z0-9]+', '-', model.lower())}-{today}"
    snapshots.free_path(folder, title)
    before = snapshots.read_snapshot(folder, against)
    platforms = known_platforms(data)

    url = f"{base_url.rstrip('/')}/benchmarks?{urlencode({'model': model})}"
    measured = inferencex.read(parse_json(download(url), url), url, platforms)
    print_left_out(measured)
    origin = inferencex.origin(title, model, url, today, len(measured.rows))
    path = snapshots.write_snapshot(Snapshot(measured.rows, model, (origin,)), folder, title)
    print_news(path, measured.rows, against, before.rows)
