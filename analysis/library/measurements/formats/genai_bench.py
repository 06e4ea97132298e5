"""Reads results of genai-bench: one file for each scenario and number of requests in flight, times in s or ms.

Source of the format: https://github.com/sgl-project/genai-bench, docs. Model, engine and day stand in
`experiment_metadata.json` beside it.
"""

from pathlib import Path
from typing import Annotated, Any

from pydantic import AliasPath, BaseModel, ConfigDict, Field

from analysis.errors import InputError
from analysis.library.loading import file
from analysis.library.loading.fields import Positive
from analysis.library.loading.outside import checked, parse_json
from analysis.library.measurements.deployment import Deployment
from analysis.library.measurements.document import Document
from analysis.library.measurements.format import Format, Runs, keys
from analysis.library.measurements.formats.vllm import Count
from analysis.library.measurements.run import Run, Timing, model_name

BESIDE = "experiment_metadata.json"
UNITS = {"s": 1.0, "ms": 1e-3}


def _at(*path: str, **default: Any) -> Any:
    return Field(validation_alias=AliasPath("aggregated_metrics", *path), **default)


class _Result(BaseModel):
    model_config = ConfigDict(strict=True)

    cap: Count = _at("num_concurrency")
    duration: Positive = _at("run_duration")
    answered: Count = _at("num_completed_requests")
    failed: Annotated[int, Field(ge=0)] = _at("num_error_requests", default=0)
    request_rate: Positive | None = _at("requests_per_second", default=None)
    output_throughput: Positive = _at("mean_output_throughput_tokens_per_s")
    throughput: Positive = _at("mean_total_tokens_throughput_tokens_per_s")
    input_tokens: Positive = _at("stats", "num_input_tokens", "mean")
    output_tokens: Positive = _at("stats", "num_output_tokens", "mean")
    ttft_median: Positive = _at("stats", "ttft", "p50")
    ttft_mean: Positive | None = _at("stats", "ttft", "mean", default=None)
    ttft_p99: Positive | None = _at("stats", "ttft", "p99", default=None)
    tpot_median: Positive = _at("stats", "tpot", "p50")
    tpot_mean: Positive | None = _at("stats", "tpot", "mean", default=None)
    tpot_p99: Positive | None = _at("stats", "tpot", "p99", default=None)
    latency_median: Positive | None = _at("stats", "e2e_latency", "p50", default=None)
    latency_mean: Positive | None = _at("stats", "e2e_latency", "mean", default=None)
    time_unit: str = Field("s", validation_alias=AliasPath("aggregated_metrics", "metrics_time_unit"))


def read(document: Document) -> Runs:
    """Return the runs of a document.

    Raises:
        InputError: An entry is no result, or the file beside it cannot be read.
    """
    beside = _beside(document.path.with_name(BESIDE))
    return Runs(tuple(_run(entry, place, beside) for place, entry in document.entries))


def _run(entry: Any, place: str, beside: Deployment) -> Run:
    result = checked(_Result, entry, place)
    if result.time_unit not in UNITS:
        raise InputError(f"{place}: times in {result.time_unit!r}; allowed: {', '.join(UNITS)}")
    unit = UNITS[result.time_unit]

    def timing(median: float | None, mean: float | None, p99: float | None = None) -> Timing:
        return Timing(*(None if time is None else time * unit for time in (median, mean, p99)))

    return Run(
        place=place,
        deployment=beside,
        input_tokens=result.input_tokens,
        output_tokens=result.output_tokens,
        throughput=result.throughput,
        output_throughput=result.output_throughput,
        tpot=timing(result.tpot_median, result.tpot_mean, result.tpot_p99),
        ttft=timing(result.ttft_median, result.ttft_mean, result.ttft_p99),
        latency=timing(result.latency_median, result.latency_mean),
        requests=result.answered,
        failed=result.failed,
        duration=result.duration,
        request_rate=result.request_rate,
        cap=result.cap,
    )


def _beside(path: Path) -> Deployment:
    if not file.is_file(path):
        return Deployment()
    stated = parse_json(file.content_of(path), str(path))
    stated = stated if isinstance(stated, dict) else {}
    model, framework, count = (str(stated.get(name) or "") for name in ("model", "server_engine", "server_gpu_count"))
    return Deployment(
        model=model_name(model),
        framework=framework.lower(),
        gpus=int(count) if count.isdecimal() else None,
    )


FORMATS = (
    Format(
        name="a result of genai-bench",
        command="genai-bench benchmark --traffic-scenario 'D(1024,1024)' --num-concurrency 64",
        keys=(keys("aggregated_metrics"),),
        runs=read,
    ),
)
