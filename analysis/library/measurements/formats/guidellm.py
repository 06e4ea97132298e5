"""Reads GuideLLM's JSON reports, the first form (0.2) and the second (from 0.4): one run a benchmark of the sweep.

Source of the format: https://github.com/vllm-project/guidellm, docs/guides/outputs.md. Its inter-token latency is a
time per output token; what it calls time per output token counts the first one. Tokens a second of the first form are
no tokens over time, so throughput is the request rate x the tokens of a request.
"""

import datetime
from collections import Counter
from collections.abc import Mapping
from typing import Any

from pydantic import AliasChoices, AliasPath, Field

from analysis.errors import InputError
from analysis.library.loading.fields import Positive, checked
from analysis.library.measurements.deployment import Deployment
from analysis.library.measurements.document import Document, inside
from analysis.library.measurements.format import MILLISECONDS, Count, Format, Number, Result, Runs, at, timed
from analysis.library.measurements.run import Run, model_name

UNLOADED = ("throughput", "synchronous")
"""Stages of a sweep that are no operating point: all at once, and one at a time."""
_NAMES = {"ttft": "time_to_first_token_ms", "tpot": "inter_token_latency_ms", "latency": "request_latency"}


def _place(name: str, part: str) -> AliasPath:
    return AliasPath("metrics", _NAMES[name], "successful", *(["percentiles"] if part == "p99" else []), part)


def _mean(name: str) -> Any:
    return at("metrics", name, "successful", "mean")


def _total(name: str) -> Any:
    places = AliasChoices(AliasPath("request_totals", name), AliasPath("metrics", "request_totals", name))
    return Field(0, validation_alias=places)


class _Benchmark(Result):
    model_config = timed(_place)

    latency_median: Positive
    requests: Count = _total("successful")
    failed: Number = _total("errored")
    start: float | None = Field(None, validation_alias="start_time")
    request_rate: Positive = _mean("requests_per_second")
    in_flight: Positive = _mean("request_concurrency")
    input_tokens: Positive = _mean("prompt_token_count")
    output_tokens: Positive = _mean("output_token_count")


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
        strategy = inside(benchmark, config, "strategy")
        kind = strategy.get("type_") if isinstance(strategy, dict) else strategy
        if isinstance(kind, str):
            return kind
    return ""


def _run(benchmark: Any, report: Mapping[str, Any], place: str) -> Run:
    result = checked(_Benchmark, benchmark, place)
    return result.run(
        place,
        Deployment(model=_model(benchmark, report), date=_day(result.start)),
        MILLISECONDS | {"latency": 1.0},
        throughput=result.request_rate * (result.input_tokens + result.output_tokens),
        output_throughput=result.request_rate * result.output_tokens,
    )


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
    names = (inside(entry, *path) for entry, path in places)
    return next((model_name(name) for name in names if isinstance(name, str) and name), "")


def _day(start: float | None) -> str:
    if not start or not 0 < start < 4e9:
        return ""
    return datetime.datetime.fromtimestamp(start, datetime.UTC).date().isoformat()


FORMAT = Format(
    name="a report of GuideLLM",
    command='guidellm benchmark --profile concurrent --data "prompt_tokens=1024,output_tokens=1024" '
    "--outputs json (older versions: --output-path benchmarks.json)",
    keys=({"benchmarks"},),
    runs=read,
)
