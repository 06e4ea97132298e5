"""Reads results of genai-bench: one file for each scenario and number of requests in flight, times in s or ms.

Source of the format: https://github.com/sgl-project/genai-bench, docs. Model, engine and day stand in
`experiment_metadata.json` beside it.
"""

from pathlib import Path
from typing import Any

from pydantic import AliasChoices, AliasPath, Field

from analysis.errors import InputError
from analysis.library.loading import file
from analysis.library.loading.fields import Positive, checked, parse_json
from analysis.library.measurements.deployment import Deployment
from analysis.library.measurements.format import TIMES, Count, Format, Number, Result, at, each, timed
from analysis.library.measurements.run import Run, model_name

BESIDE, METRICS = "experiment_metadata.json", "aggregated_metrics"
CAPPED = "num_concurrency"
"""How a run is driven whose concurrency is a cap; under a rate of requests the same number is none."""
PER_SECOND = {"s": 1.0, "ms": 1000.0}


def _place(name: str, part: str) -> AliasPath:
    metric = "e2e_latency" if name == "latency" else name
    return AliasPath(METRICS, "stats", metric, "p50" if part == "median" else part)


class _Result(Result):
    model_config = timed(_place)

    concurrency: Positive = at(METRICS, "num_concurrency")
    iteration: str = at(METRICS, "iteration_type", default=CAPPED)
    arrivals: int | None = at(METRICS, "total_arrivals", default=None)
    duration: Positive = at(METRICS, "run_duration")
    requests: Count = at(METRICS, "num_completed_requests")
    failed: Number = at(METRICS, "num_error_requests", default=0)
    request_rate: Positive | None = at(METRICS, "requests_per_second", default=None)
    output_throughput: Positive = at(METRICS, "mean_output_throughput_tokens_per_s")
    throughput: Positive = at(METRICS, "mean_total_tokens_throughput_tokens_per_s")
    input_tokens: Positive = at(METRICS, "stats", "num_input_tokens", "mean")
    output_tokens: Positive = at(METRICS, "stats", "num_output_tokens", "mean")
    time_unit: str = Field("s", validation_alias=AliasChoices("_time_unit", AliasPath(METRICS, "metrics_time_unit")))


def _run(entry: Any, place: str, path: Path) -> Run:
    result = checked(_Result, entry, place)
    if result.time_unit not in PER_SECOND:
        raise InputError(f"{place}: times in {result.time_unit!r}; allowed: {', '.join(PER_SECOND)}")
    per_second = dict.fromkeys(TIMES, PER_SECOND[result.time_unit])
    is_capped = result.iteration == CAPPED and result.arrivals is None
    cap = round(result.concurrency) if is_capped else None
    return result.run(place, _beside(path.with_name(BESIDE)), per_second, cap=cap)


def _beside(path: Path) -> Deployment:
    if not file.is_file(path):
        return Deployment()
    stated = parse_json(file.content_of(path), str(path))
    stated = stated if isinstance(stated, dict) else {}
    model, framework, count = (str(stated.get(name) or "") for name in ("model", "server_engine", "server_gpu_count"))
    gpus = int(count) if count.isdecimal() else None
    return Deployment(model=model_name(model), framework=framework.lower(), gpus=gpus)


FORMAT = Format(
    name="a result of genai-bench",
    command="genai-bench benchmark --traffic-scenario 'D(1024,1024)' --num-concurrency 64",
    keys=({"aggregated_metrics"},),
    runs=each(_run),
)
