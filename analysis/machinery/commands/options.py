"""Options that several commands have: what a reader states of a deployment, and what a scenario is asked."""

from pathlib import Path
from typing import Annotated

import typer

Parameter = Annotated[list[str] | None, typer.Option("--parameter", "-p", help="name=value, for the scenario's.")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
ApiAddress = Annotated[str, typer.Option(help="Address of the API.")]
AskedDay = Annotated[str, typer.Option(help="Day as of which it is asked, YYYY-MM-DD; none: today.")]
DataFolder = Annotated[Path, typer.Option(help="The data folder.")]
Output = Annotated[Path, typer.Option(help="Folder of the reports.")]
FILE = "Where the file does not say"
Hardware = Annotated[str, typer.Option(help=f"{FILE}: key of the platform.")]
Gpus = Annotated[int | None, typer.Option(help=f"{FILE}: all GPUs of the deployment.")]
PrefillGpus = Annotated[int | None, typer.Option(help="Disaggregated serving: GPUs that prefill.")]
DecodeGpus = Annotated[int | None, typer.Option(help="Disaggregated serving: GPUs that decode.")]
Precision = Annotated[str, typer.Option(help=f"{FILE}: such as fp8 or fp4.")]
SpeculativeDecoding = Annotated[str, typer.Option(help=f"{FILE}: none, mtp, eagle, ngram ...")]
Framework = Annotated[str, typer.Option(help=f"{FILE}: the server that the client measured.")]
TensorParallel = Annotated[int | None, typer.Option(help="Its degree, all GPUs of a role if nobody says.")]
ExpertParallel = Annotated[int | None, typer.Option(help="Its degree, 1 if nobody says.")]
DpAttention = Annotated[bool | None, typer.Option("--dp-attention", help="Data-parallel attention.")]
Multinode = Annotated[bool | None, typer.Option("--multinode", help="Spans several nodes.")]
InputTokens = Annotated[int | None, typer.Option(help="Nominal ISL, told from the file if not given.")]
OutputTokens = Annotated[int | None, typer.Option(help="Nominal OSL, likewise.")]
Image = Annotated[str, typer.Option(help="Container image.")]
Model = Annotated[str, typer.Option(help="The model served, in place of what the files say.")]
Date = Annotated[str, typer.Option(help=f"{FILE}: day of the measurement, YYYY-MM-DD.")]
