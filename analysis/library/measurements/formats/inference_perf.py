"""Reads a stage of inference-perf, its time per output token made anew: the one in the file is not.

In published reports it is half as long as (latency - TTFT) / (output tokens - 1), for it counts pieces of a stream.
Source of the format: https://github.com/kubernetes-sigs/inference-perf, docs/reports.md.
"""

from pathlib import Path
from typing import Annotated, Any

from pydantic import AliasChoices, AliasPath, Field

from analysis.errors import InputError
from analysis.library.loading.fields import Positive, checked
from analysis.library.measurements.consistency import with_rebuilt_tpot
from analysis.library.measurements.deployment import Deployment
from analysis.library.measurements.format import Count, Format, Number, Result, at, each, timed
from analysis.library.measurements.run import Run

NOTE = (
    "time per output token: from (request_latency - time_to_first_token) / (output_len - 1) of the medians; the "
    "file's own counts pieces of a stream"
)
_NAMES = {"ttft": "time_to_first_token", "tpot": "none that is used", "latency": "request_latency"}

_PROMPTS = [AliasPath("successes", name, "mean") for name in ("prompt_tokens", "prompt_len")]
"""Where a version keeps the length of prompts, the newer first."""


class _Stage(Result):
    model_config = timed(lambda name, part: AliasPath("successes", "latency", _NAMES[name], part))

    tpot_median: Any = None
    ttft_median: Positive
    ttft_mean: Positive
    latency_median: Positive
    latency_mean: Positive
    requests: Count = at("successes", "count")
    failed: Number = at("failures", "count", default=0)
    request_rate: Positive = at("successes", "throughput", "requests_per_sec")
    output_throughput: Positive = at("successes", "throughput", "output_tokens_per_sec")
    throughput: Positive = at("successes", "throughput", "total_tokens_per_sec")
    cap: Count | None = at("load_summary", "concurrency", default=None)
    duration: Positive | None = Field(None, validation_alias="benchmark_time_seconds")
    input_tokens: Positive = Field(validation_alias=AliasChoices(*_PROMPTS))
    cached: float = at("successes", "prompt_tokens", "cached", default=0.0)
    output_tokens: Annotated[float, Field(gt=1, lt=1e9)] = at("successes", "output_len", "mean")


def _run(entry: Any, place: str, path: Path) -> Run:
    stage = checked(_Stage, entry, place)
    if stage.cached:
        raise InputError(
            f"{place}: {stage.cached:,g} input tokens came from a cache and count as input; measure with prompts "
            "that share nothing"
        )
    return with_rebuilt_tpot(stage.run(place, Deployment(), notes=(NOTE,)))


FORMAT = Format(
    name="a stage of inference-perf",
    command="inference-perf (stage_N_lifecycle_metrics.json); its time per output token is made anew",
    keys=({"load_summary", "successes"},),
    runs=each(_run),
)
