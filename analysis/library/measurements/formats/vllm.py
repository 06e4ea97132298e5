"""Reads results of `vllm bench serve`: one, one a line (`--append-result`), or an array of a sweep.

Source of the format: https://github.com/vllm-project/vllm, vllm/benchmarks/serve.py. The client of InferenceX writes
the same. What `--metadata key=value` adds stands as text beside the measured values.
"""

import datetime
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from analysis.errors import InputError
from analysis.library.loading.fields import Positive, Text, checked
from analysis.library.measurements.deployment import SPECULATIVE, Deployment
from analysis.library.measurements.format import MILLISECONDS, Count, Format, Number, Result, each, timed
from analysis.library.measurements.run import Run, model_name

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


class _Result(Result):
    model_config = timed(lambda name, part: f"{part}_{'e2el' if name == 'latency' else name}_ms")

    date: Annotated[str, AfterValidator(_day)]
    model: Annotated[Text, AfterValidator(model_name)] = Field(validation_alias="model_id")
    requests: Count = Field(validation_alias="num_prompts")
    cap: Count | None = Field(None, validation_alias="max_concurrency")
    peak: Positive | None = Field(None, validation_alias="max_concurrent_requests")
    duration: Positive | None = None
    total_input_tokens: Count
    total_output_tokens: Count
    request_rate: Positive | None = Field(None, validation_alias="request_throughput")
    output_throughput: Positive | None = None
    throughput: Positive | None = Field(None, validation_alias="total_token_throughput")
    spec_decode_num_drafts: Number = 0


def _run(entry: Any, place: str, path: Path) -> Run:
    if isinstance(entry, dict):
        _check_answered(entry, place)
    result = checked(_Result, entry, place)
    prompts, answers = result.total_input_tokens, result.total_output_tokens
    output = result.output_throughput or _over(answers, result.duration)
    total = result.throughput or _over(prompts + answers, result.duration)
    if total is None or output is None:
        raise InputError(f"{place}, {'total_token' if total is None else 'output'}_throughput: missing")
    return result.run(
        place,
        _stated(entry, result, path),
        MILLISECONDS,
        input_tokens=prompts / result.requests,
        output_tokens=answers / result.requests,
        throughput=total,
        output_throughput=output,
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


FORMAT = Format(
    name="a result of vllm bench serve",
    command="vllm bench serve --percentile-metrics ttft,tpot,itl,e2el --save-result (or --append-result)",
    keys=({"model_id", "median_tpot_ms"}, {"num_prompts", "total_token_throughput"}),
    runs=each(_run),
)
