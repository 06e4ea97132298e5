"""Reads GuideLLM's JSON reports, the first form (0.2) and the second (from 0.4): one run a benchmark of the sweep.

Source of the format: https://github.com/vllm-project/guidellm, docs/guides/outputs.md. Its inter-token latency is a
time per output token; what it calls time per output token counts the first one. Tokens a second of the first form are
no tokens over time, so throughput is the request rate x the tokens of a request.
"""

import datetime
from collections import Counter
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AliasChoices, AliasPath, BaseModel, ConfigDict, Field

from analysis.errors import InputError
from analysis.library.loading.fields import Positive
from analysis.library.loading.outside import checked
from analysis.library.measurements.deployment import Deployment
from analysis.library.measurements.document import Document
from analysis.library.measurements.format import Format, Runs, keys
from analysis.library.measurements.formats.vllm import Count, Seconds
from analysis.library.measurements.run import Run, Timing, model_name

UNLOADED = ("throughput", "synchronous")
"""Stages of a sweep that are no operating point: all at once, and one at a time."""
Number = Annotated[int, Field(ge=0)]


def _metric(name: str, *path: str, **default: Any) -> Any:
    return Field(validation_alias=AliasPath("metrics", name, "successful", *path), **default)


def _total(name: str) -> Any:
    places = AliasChoices(AliasPath("request_totals", name), AliasPath("metrics", "request_totals", name))
    return Field(0, validation_alias=places)


class _Benchmark(BaseModel):
    model_config = ConfigDict(strict=True)

    answered: Count = _total("successful")
    errored: Number = _total("errored")
    start: float | None = Field(None, validation_alias="start_time")
    request_rate: Positive = _metric("requests_per_second", "mean")
    in_flight: Positive = _metric("request_concurrency", "mean")
    input_tokens: Positive = _metric("prompt_token_count", "mean")
    output_tokens: Positive = _metric("output_token_count", "mean")
    ttft_median: Seconds = _metric("time_to_first_token_ms", "median")
    ttft_mean: Seconds | None = _metric("time_to_first_token_ms", "mean", default=None)
    ttft_p99: Seconds | None = _metric("time_to_first_token_ms", "percentiles", "p99", default=None)
    tpot_median: Seconds = _metric("inter_token_latency_ms", "median")
    tpot_mean: Seconds | None = _metric("inter_token_latency_ms", "mean", default=None)
    tpot_p99: Seconds | None = _metric("inter_token_latency_ms", "percentiles", "p99", default=None)
    latency_median: Positive = _metric("request_latency", "median")
    latency_mean: Positive | None = _metric("request_latency", "mean", default=None)


def read(document: Document) -> Runs:
    """Return the runs of a document; the stages of a sweep that put no steady load are left out and counted.

    Raises:
        InputError: A benchmark is not what it must be, or some of its requests failed.
    """
    left_out: Counter[str] = Counter()
    runs: list[Run] = []
    for place, report in document.entries:
        benchmarks = report.get("benchmarks") if isinstance(report, dict) else None
        if not isinstance(benchmarks, list):
            raise InputError(f"{place}, benchmarks: missing")
        for number, benchmark in enumerate(benchmarks):
            stage = _stage(benchmark)
            if stage in UNLOADED:
                left_out[f"stage {stage} of a sweep"] += 1
            else:
                runs.append(_run(benchmark, report, f"{place}, benchmarks[{number}]"))
    if not runs:
        raise InputError(f"{document.path}: found no benchmark under a steady load; run with --profile concurrent")
    return Runs(tuple(runs), left_out)


def _stage(benchmark: Any) -> str:
    for config in ("config", "args"):
        strategy = _inside(benchmark, config, "strategy")
        kind = strategy.get("type_") if isinstance(strategy, dict) else strategy
        if isinstance(kind, str):
            return kind
    return ""


def _run(benchmark: Any, report: Mapping[str, Any], place: str) -> Run:
    result = checked(_Benchmark, benchmark, place)
    return Run(
        place=place,
        deployment=Deployment(model=_model(benchmark, report), date=_day(result.start)),
        input_tokens=result.input_tokens,
        output_tokens=result.output_tokens,
        throughput=result.request_rate * (result.input_tokens + result.output_tokens),
        output_throughput=result.request_rate * result.output_tokens,
        tpot=Timing(result.tpot_median, result.tpot_mean, result.tpot_p99),
        ttft=Timing(result.ttft_median, result.ttft_mean, result.ttft_p99),
        latency=Timing(result.latency_median, result.latency_mean),
        requests=result.answered,
        failed=result.errored,
        request_rate=result.request_rate,
        in_flight=result.in_flight,
    )


def _inside(entry: Any, *path: str) -> Any:
    for step in path:
        entry = entry.get(step) if isinstance(entry, dict) else None
    return entry


def _model(benchmark: Any, report: Any) -> str:
    """Return the model, wherever a version of the report keeps it."""
    places = (
        (benchmark, ("config", "backend", "model")),
        (benchmark, ("worker", "backend_model")),
        (benchmark, ("benchmarker", "backend", "model")),
        (report, ("args", "backend_kwargs", "model")),
        (report, ("args", "backend_args", "model")),
        (report, ("args", "model")),
        (report, ("config", "spec", "backend", "model")),
        (report, ("args", "processor")),
        (benchmark, ("request_loader", "processor")),
    )
    names = (_inside(entry, *path) for entry, path in places)
    return next((model_name(name) for name in names if isinstance(name, str) and name), "")


def _day(start: float | None) -> str:
    if not start or not 0 < start < 4e9:
        return ""
    return datetime.datetime.fromtimestamp(start, datetime.UTC).date().isoformat()


FORMATS = (
    Format(
        name="a report of GuideLLM",
        command='guidellm benchmark --profile concurrent --data "prompt_tokens=1024,output_tokens=1024" '
        "--output-path benchmarks.json",
        keys=(keys("benchmarks"),),
        runs=read,
    ),
)
