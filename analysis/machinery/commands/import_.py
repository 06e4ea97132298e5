"""`analysis import`: a reader's own measurements, or a saved answer, as a snapshot of its own or beside another."""

import datetime
from pathlib import Path
from typing import Annotated

import typer

from analysis.errors import InputError
from analysis.library.loading import new_snapshots, snapshots
from analysis.library.loading.new_snapshots import merged
from analysis.library.loading.origins import Origin, named
from analysis.library.loading.snapshots import Snapshot
from analysis.library.measurements import Deployment, Measurements, known_platforms, read_files
from analysis.library.measurements.formats import inferencex
from analysis.library.measurements.points import known_formats
from analysis.library.models import listed, model_of
from analysis.library.places import DATA, demand_own
from analysis.library.sources import SNAPSHOT
from analysis.machinery.commands import options
from analysis.machinery.commands.news import print_left_out, print_news, print_notes, print_own


def import_(
    files: Annotated[list[Path] | None, typer.Argument(help="Results of one tool; --formats lists which.")] = None,
    formats: Annotated[bool, typer.Option("--formats", help="List what is read and what makes it.")] = False,
    hardware: options.Hardware = "",
    gpus: options.Gpus = None,
    precision: options.Precision = "",
    speculative_decoding: options.SpeculativeDecoding = "",
    framework: options.Framework = "",
    prefill_gpus: options.PrefillGpus = None,
    decode_gpus: options.DecodeGpus = None,
    tensor_parallel: options.TensorParallel = None,
    expert_parallel: options.ExpertParallel = None,
    dp_attention: options.DpAttention = None,
    multinode: options.Multinode = None,
    input_tokens: options.InputTokens = None,
    output_tokens: options.OutputTokens = None,
    image: options.Image = "",
    date: options.Date = "",
    model: options.Model = "",
    base: Annotated[str, typer.Option(help="Snapshot that the rows are put beside.")] = SNAPSHOT,
    alone: Annotated[bool, typer.Option("--alone", help="Take no rows from the base.")] = False,
    name: Annotated[str, typer.Option(help="Name of the snapshot, to which today's date is added.")] = "own",
    publisher: Annotated[str, typer.Option(help="Who measured; makes InferenceX's answers one's own, too.")] = "",
    data: options.DataFolder = DATA,
) -> None:
    """Bring measurements into data/benchmarks as a new snapshot and print what they are."""
    if formats:
        _print_formats()
        return
    if not files:
        raise typer.BadParameter("found no file; allowed is one or more, or --formats")
    demand_own(data)
    folder, today = data / "benchmarks", datetime.datetime.now(datetime.UTC).date()
    title = f"{name}-{today}"
    new_snapshots.free_path(folder, title)
    beside = snapshots.read_snapshot(folder, base)

    reader = Deployment(
        hardware, gpus, precision, speculative_decoding, framework, tensor_parallel, expert_parallel, dp_attention,
        multinode, input_tokens, output_tokens, image, prefill_gpus, decode_gpus, model, date,
    )  # fmt: skip
    measured = read_files(files, known_platforms(data), reader)
    known = model_of(model or measured.model, listed(data))
    served = _served(known.name if known else model or measured.model, "" if alone else beside.model)
    origin = _origin(measured, title, served, publisher, today)
    added = Snapshot(measured.rows, served, (origin,))
    snapshot = added if alone else merged(beside, added)
    path = new_snapshots.write_snapshot(snapshot, folder, title)
    print_left_out(measured)
    print_notes(measured)
    if measured.publisher and not publisher and not alone:
        print_news(path, snapshot.rows, base, beside.rows)
    else:
        print_own(path, snapshot, added, "" if alone else base)


def _served(stated: str, beside: str) -> str:
    """Return the model of the rows: the base's where neither file nor reader says, told with a note."""
    if not stated and not beside:
        raise InputError("the files do not say which model was served; give --model")
    if not stated:
        typer.echo(f"note: the files do not say which model was served; taken is the base's, {beside} (--model)")
    return stated or beside


def _origin(measured: Measurements, title: str, served: str, publisher: str, today: datetime.date) -> Origin:
    if measured.publisher and not publisher:
        return inferencex.origin(title, served, "", today, len(measured.rows))
    own = named(
        id=title, title=f"Own measurements, {title}", publisher=publisher or "own measurement", retrieved=today,
        rows=len(measured.rows),
    )  # fmt: skip
    return named(**own.model_dump() | {"title": f"Measurements of {publisher}, {title}"}) if publisher else own


def _print_formats() -> None:
    for title, refused in (("Read:", False), ("Not read:", True)):
        typer.echo(title)
        for known in known_formats():
            if bool(known.refused) == refused:
                typer.echo(f"  {known.name}\n    made by: {known.command}")
                if refused:
                    typer.echo(f"    {known.refused}")
