"""Reads results of `vllm bench serve`: one, one a line (`--append-result`), or an array of a sweep.

Source of the format: https://github.com/vllm-project/vllm, vllm/benchmarks/serve.py. The client of InferenceX writes
the same. What `--metadata key=value` adds stands as text beside the measured values.
"""

import datetime
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from analysis.errors import InputError
from analysis.library.loading.fields import Positive, Text
from analysis.library.loading.outside import checked
from analysis.library.measurements.deployment import SPECULATIVE, Deployment
from analysis.library.measurements.document import Document
from analysis.library.measurements.format import Format, Runs, keys
from analysis.library.measurements.run import Run, Timing, model_name

METADATA = {
    "hardware": ("hardware", "gpu_type"),
    "gpus": ("gpus", "num_gpus"),
    "prefill_gpus": ("prefill_gpus",),
    "decode_gpus": ("decode_gpus",),
    "tensor_parallel": ("tp", "tensor_parallel", "tensor_parallel_size"),
    "expert_parallel": ("ep", "expert_parallel"),
    "precision": ("precision", "quantization"),
    "framework": ("framework", "engine"),
    "speculative_decoding": ("speculative_decoding", "spec_decoding"),
    "image": ("image",),
}
"""Parts of a deployment, and the keys of `--metadata` that state them."""
_TP_IN_NAME = re.compile(r"(?:^|[^a-z0-9])tp-?(\d+)(?![0-9])")
_OF_INFERENCEX = re.compile(r"_tp\d+[-_].*?conc\d+")
_SPLIT = re.compile(r"disagg-true|prefill|(?:^|[^a-z])pd(?:[^a-z]|$)")


def _day(text: str) -> str:
    try:
        return datetime.datetime.strptime(text, "%Y%m%d-%H%M%S").date().isoformat()
    except ValueError:
        raise ValueError("must be a day and time, YYYYMMDD-HHMMSS") from None


def _in_seconds(milliseconds: float) -> float:
    return milliseconds / 1000


Count = Annotated[int, Field(ge=1, lt=2**62)]
Seconds = Annotated[Positive, AfterValidator(_in_seconds)]


class _Result(BaseModel):
    model_config = ConfigDict(strict=True)

    date: Annotated[str, AfterValidator(_day)]
    model: Annotated[Text, AfterValidator(model_name)] = Field(alias="model_id")
    num_prompts: Count
    cap: Count | None = Field(None, alias="max_concurrency")
    peak: Positive | None = Field(None, alias="max_concurrent_requests")
    duration: Positive | None = None
    total_input_tokens: Count
    total_output_tokens: Count
    request_throughput: Positive | None = None
    output_throughput: Positive | None = None
    total_token_throughput: Positive | None = None
    ttft_mean: Seconds | None = Field(None, alias="mean_ttft_ms")
    ttft_median: Seconds = Field(alias="median_ttft_ms")
    ttft_p99: Seconds | None = Field(None, alias="p99_ttft_ms")
    tpot_mean: Seconds | None = Field(None, alias="mean_tpot_ms")
    tpot_median: Seconds = Field(alias="median_tpot_ms")
    tpot_p99: Seconds | None = Field(None, alias="p99_tpot_ms")
    latency_mean: Seconds | None = Field(None, alias="mean_e2el_ms")
    latency_median: Seconds | None = Field(None, alias="median_e2el_ms")
    spec_decode_num_drafts: Annotated[int, Field(ge=0)] = 0


def read(document: Document) -> Runs:
    """Return the runs of a document.

    Raises:
        InputError: An entry is no result of a serving benchmark, or some of its requests failed.
    """
    return Runs(tuple(_run(entry, place, document.path) for place, entry in document.entries))


def _run(entry: Any, place: str, path: Path) -> Run:
    if isinstance(entry, dict):
        _check_answered(entry, place)
    result = checked(_Result, entry, place)
    over = result.num_prompts
    output = result.output_throughput or _over(result.total_output_tokens, result.duration)
    total = result.total_token_throughput
    total = total or _over(result.total_input_tokens + result.total_output_tokens, result.duration)
    if total is None or output is None:
        raise InputError(f"{place}, {'total_token' if total is None else 'output'}_throughput: missing")
    return Run(
        place=place,
        deployment=_stated(entry, result, path),
        input_tokens=result.total_input_tokens / over,
        output_tokens=result.total_output_tokens / over,
        throughput=total,
        output_throughput=output,
        tpot=Timing(result.tpot_median, result.tpot_mean, result.tpot_p99),
        ttft=Timing(result.ttft_median, result.ttft_mean, result.ttft_p99),
        latency=Timing(result.latency_median, result.latency_mean),
        requests=over,
        duration=result.duration,
        request_rate=result.request_throughput,
        cap=result.cap,
        peak=result.peak,
    )


def _check_answered(entry: Mapping[str, Any], place: str) -> None:
    asked, answered = entry.get("num_prompts"), entry.get("completed")
    failed = entry.get("failed")
    if isinstance(asked, int) and isinstance(answered, int) and answered != asked:
        failed = failed if isinstance(failed, int) and failed else asked - answered
    if isinstance(failed, int) and failed:
        told = f"{failed:,} of {asked:,}" if isinstance(asked, int) and failed != asked else f"all {failed:,}"
        raise InputError(f"{place}: {told} requests failed; allowed is a run in which none did")


def _over(tokens: int, duration: float | None) -> float | None:
    return tokens / duration if duration else None


def _stated(entry: Mapping[str, Any], result: _Result, path: Path) -> Deployment:
    stated: dict[str, Any] = {}
    for part, names in METADATA.items():
        value = next((entry[name] for name in names if entry.get(name) not in (None, "")), None)
        is_count = part.endswith(("gpus", "parallel"))
        if value is not None and (not is_count or str(value).isdecimal()):
            stated[part] = int(value) if is_count else str(value).lower()
    named = _TP_IN_NAME.search(path.name)
    if named and not {"gpus", "tensor_parallel", "prefill_gpus"} & stated.keys() and not _SPLIT.search(path.name):
        stated["tensor_parallel"] = int(named[1])
        if _OF_INFERENCEX.search(path.name):  # whose single nodes have as many GPUs
            stated["gpus"] = int(named[1])
    if result.spec_decode_num_drafts and "speculative_decoding" not in stated:
        stated["speculative_decoding"] = SPECULATIVE
    return Deployment(**stated, model=result.model, date=result.date)


FORMATS = (
    Format(
        name="a result of vllm bench serve",
        command="vllm bench serve --percentile-metrics ttft,tpot,itl,e2el --save-result (or --append-result)",
        keys=(keys("model_id", "median_tpot_ms"), keys("num_prompts", "total_token_throughput")),
        runs=read,
    ),
)
