"""Reads `agg_*.json` of InferenceX's own runs: one result or an array of them, times in s, no day.

Source of the format: https://github.com/SemiAnalysisAI/InferenceX, utils/process_result.py. The GPUs of a node are
tensor x pipeline parallel (x context parallel); experts are spread over the same GPUs. `hw` names the runner, too.
"""

from collections import Counter
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator

from analysis.errors import InputError
from analysis.library.loading.fields import PlainLine, Positive, Text, checked
from analysis.library.measurements.deployment import Deployment
from analysis.library.measurements.document import Document
from analysis.library.measurements.format import Format, Result, Runs, timed
from analysis.library.measurements.formats.inferencex import demand_inverse
from analysis.library.measurements.run import Run, model_name

FRAMEWORKS = {"sglang-disagg": "mori-sglang"}  # what the aggregates call otherwise than the API's answers
FIXED_LENGTHS = "fixed-seq-len"
Count = Annotated[int, Field(ge=0, le=10**9)]
Degree = Annotated[int, Field(ge=1, le=10**6)]
Flag = Annotated[bool, BeforeValidator(lambda given: {"true": True, "false": False}.get(str(given).lower(), given))]


class Aggregate(Result):
    """A result as InferenceX aggregates it."""

    model_config = timed(lambda name, part: f"{part}_{'e2el' if name == 'latency' else name}")

    hardware: Text = Field(validation_alias="hw")
    model: str = ""
    framework: Text
    precision: Text
    speculation: Text = Field("", validation_alias="spec_decoding")
    image: PlainLine | None = None
    date: str = ""
    input_length: Count | None = Field(None, validation_alias="isl")
    output_length: Count | None = Field(None, validation_alias="osl")
    concurrency: Degree = Field(validation_alias="conc")
    is_split: Flag = Field(False, validation_alias="disagg")
    multinode: Flag = Field(False, validation_alias="is_multinode")
    tp: Degree = 1
    pp: Degree = 1
    pcp_size: Degree = 1
    ep: Degree = 1
    dp_attention: Flag = False
    prefill_tp: Degree | None = None
    prefill_ep: Degree | None = None
    prefill_dp_attention: Flag | None = None
    prefill_num_workers: Count | None = None
    decode_tp: Degree | None = None
    decode_ep: Degree | None = None
    decode_dp_attention: Flag | None = None
    decode_num_workers: Count | None = None
    num_prefill_gpu: Count | None = None
    num_decode_gpu: Count | None = None
    run_id: Count = 0
    throughput: Positive = Field(validation_alias="tput_per_gpu")
    input_throughput: Positive | None = Field(None, validation_alias="input_tput_per_gpu")
    output_throughput: Positive | None = Field(None, validation_alias="output_tput_per_gpu")
    median_intvty: Positive | None = None

    @model_validator(mode="after")
    def _hold(self) -> Self:
        demand_inverse(self.median_intvty, self.tpot_median)
        return self


def read(document: Document) -> Runs:
    """Return the runs of a document; results of agentic traces, which have no lengths, are left out and counted.

    Raises:
        InputError: A result is not what it must be.
    """
    left_out: Counter[str] = Counter()
    runs: list[Run] = []
    for place, entry in document.entries:
        kind = entry.get("scenario_type", FIXED_LENGTHS) if isinstance(entry, dict) else FIXED_LENGTHS
        if kind == FIXED_LENGTHS:
            runs.append(run_of(checked(Aggregate, entry, place), place))
        else:
            left_out[f"another benchmark, {kind}"] += 1
    if not runs:
        raise InputError(f"{document.path}: found {len(document.entries)} results, none of fixed lengths")
    return Runs(tuple(runs), left_out)


def run_of(result: Aggregate, place: str) -> Run:
    """Return the run of an aggregated result."""
    decoding, prefilling = result.num_decode_gpu or 0, result.num_prefill_gpu or 0
    node = result.tp * result.pp * result.pcp_size
    everything = prefilling + decoding if result.is_split else decoding or prefilling or node
    output = result.output_throughput
    return result.run(
        place,
        _stated(result, everything),
        throughput=result.throughput * everything,
        output_throughput=output and output * ((decoding or everything) if result.is_split else everything),
        cap=result.concurrency,
    )


def _stated(result: Aggregate, everything: int) -> Deployment:
    roles: dict[str, Any] = {"run_id": result.run_id}
    for role in ("prefill", "decode"):
        dp_attention = getattr(result, f"{role}_dp_attention")
        roles |= {
            f"{role}_tp": getattr(result, f"{role}_tp") or result.tp,
            f"{role}_ep": getattr(result, f"{role}_ep") or result.ep,
            f"{role}_dp_attention": result.dp_attention if dp_attention is None else dp_attention,
            f"{role}_workers": getattr(result, f"{role}_num_workers") or 0,
        }
    return Deployment(
        hardware=result.hardware.rpartition(":")[2].partition("-")[0].lower(),
        gpus=everything,
        prefill_gpus=result.num_prefill_gpu if result.is_split else None,
        decode_gpus=result.num_decode_gpu if result.is_split else None,
        precision=result.precision.lower(),
        speculative_decoding=result.speculation,
        framework=FRAMEWORKS.get(result.framework, result.framework),
        multinode=result.multinode,
        input_tokens=result.input_length,
        output_tokens=result.output_length,
        image=result.image or "",
        model=model_name(result.model),
        date=result.date,
        columns=roles,
    )


FORMAT = Format(
    name="an aggregated result of InferenceX",
    command="a run of InferenceX (agg_*.json)",
    keys=({"hw", "conc", "tput_per_gpu"}, {"hw", "infmax_model_prefix"}),
    runs=read,
)
