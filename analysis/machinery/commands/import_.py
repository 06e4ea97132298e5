"""`analysis import`: a reader's own measurements, or a saved answer, as a snapshot of its own or beside another."""

import datetime
from pathlib import Path
from typing import Annotated

import typer

from analysis.library.loading import snapshots
from analysis.library.loading.origins import named
from analysis.library.loading.snapshots import Snapshot, merged
from analysis.library.measurements import Deployment, inferencex, known_platforms, read_files
from analysis.library.places import DATA, demand_own
from analysis.library.sources import SNAPSHOT
from analysis.machinery.commands.news import print_left_out, print_news


def import_(
    files: Annotated[list[Path], typer.Argument(help="CSV, InferenceX JSON, or results of vllm bench serve.")],
    hardware: Annotated[str, typer.Option(help="vLLM: key of the platform.")] = "",
    gpus: Annotated[int, typer.Option(help="vLLM: GPUs of the deployment.")] = 0,
    precision: Annotated[str, typer.Option(help="vLLM: fp8 or fp4.")] = "",
    speculative_decoding: Annotated[str, typer.Option(help="vLLM: none or mtp.")] = "none",
    framework: Annotated[str, typer.Option(help="vLLM: the server that the client measured.")] = "vllm",
    tensor_parallel: Annotated[int | None, typer.Option(help="vLLM: its degree, all GPUs if not given.")] = None,
    expert_parallel: Annotated[int, typer.Option(help="vLLM: its degree.")] = 1,
    dp_attention: Annotated[bool, typer.Option("--dp-attention", help="vLLM: data-parallel attention.")] = False,
    multinode: Annotated[bool, typer.Option("--multinode", help="vLLM: spans several nodes.")] = False,
    input_tokens: Annotated[int | None, typer.Option(help="vLLM: nominal ISL, from the file if not given.")] = None,
    output_tokens: Annotated[int | None, typer.Option(help="vLLM: nominal OSL, likewise.")] = None,
    image: Annotated[str, typer.Option(help="vLLM: container image.")] = "",
    base: Annotated[str, typer.Option(help="Snapshot that the rows are put beside.")] = SNAPSHOT,
    alone: Annotated[bool, typer.Option("--alone", help="Take no rows from the base.")] = False,
    name: Annotated[str, typer.Option(help="Name of the snapshot, to which today's date is added.")] = "own",
    publisher: Annotated[str, typer.Option(help="Who measured; makes InferenceX JSON one's own, too.")] = "",
    model: Annotated[str, typer.Option(help="The model served, in place of what the files say.")] = "",
    data: Annotated[Path, typer.Option(help="The data folder.")] = DATA,
) -> None:
    """Bring measurements into data/benchmarks as a new snapshot and print what changed."""
    demand_own(data)
    folder, today = data / "benchmarks", datetime.datetime.now(datetime.UTC).date()
    title = f"{name}-{today}"
    snapshots.free_path(folder, title)
    beside = snapshots.read_snapshot(folder, base)

    deployment = Deployment(
        hardware, gpus, precision, speculative_decoding, framework, tensor_parallel, expert_parallel,
        dp_attention, multinode, input_tokens, output_tokens, image,
    )  # fmt: skip
    measured = read_files(files, known_platforms(data), deployment if hardware else None)
    print_left_out(measured)
    served = model or measured.model or beside.model
    if measured.format == inferencex.FORMAT and not publisher:
        origin = inferencex.origin(title, served, "", today, len(measured.rows))
    else:
        origin = named(
            id=title, title=f"Own measurements, {title}", publisher=publisher or "own measurement", retrieved=today,
            rows=len(measured.rows),
        )  # fmt: skip
    added = Snapshot(measured.rows, served, (origin,))
    snapshot = added if alone else merged(beside, added)
    path = snapshots.write_snapshot(snapshot, folder, title)
    print_news(path, snapshot.rows, base, beside.rows)
