"""Reads the JSON export of NVIDIA AIPerf (0.8 and 0.10) and of its predecessor genai-perf.

Source of the format: https://github.com/ai-dynamo/aiperf, docs/tutorials/working-with-profile-exports.md. Its
inter-token latency is per request, so a time per output token; its inter-chunk latency is not. Of throughput per user
the 99th percentile is the fastest hundredth, so p99 interactivity is made from the latency.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import AliasPath

from analysis.errors import InputError
from analysis.library.loading.fields import Positive, checked, excerpt, iso_day
from analysis.library.measurements.deployment import Deployment
from analysis.library.measurements.document import inside
from analysis.library.measurements.format import Format, Result, at, each, timed
from analysis.library.measurements.run import Run, model_name

SECONDS = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1.0, "sec": 1.0, "seconds": 1.0}
CACHED = "theoretical_prefix_cache_hit"
Entry = Mapping[str, Any]
_NAMES = {"ttft": "time_to_first_token", "tpot": "inter_token_latency", "latency": "request_latency"}
_DURATIONS = (*_NAMES.values(), "benchmark_duration")


class _Export(Result):
    model_config = timed(lambda name, part: AliasPath(_NAMES[name], {"median": "p50", "mean": "avg"}.get(part, part)))

    latency_median: Positive
    input_tokens: Positive = at("input_sequence_length", "avg")
    output_tokens: Positive = at("output_sequence_length", "avg")
    request_rate: Positive = at("request_throughput", "avg")
    output_throughput: Positive = at("output_token_throughput", "avg")
    throughput: Positive | None = at("total_token_throughput", "avg", default=None)
    answered: Positive | None = at("request_count", "avg", default=None)
    duration: Positive | None = at("benchmark_duration", "avg", default=None)


def _run(entry: Any, place: str, path: Path) -> Run:
    if isinstance(entry, dict):
        _check_whole(entry, place)
        entry = entry | {name: _in_seconds(entry[name], f"{place}, {name}") for name in _DURATIONS if name in entry}
    export = checked(_Export, entry, place)
    return export.run(
        place,
        Deployment(model=_model(entry), date=_day(entry)),
        requests=export.answered and round(export.answered),
        throughput=export.throughput or export.output_throughput + export.request_rate * export.input_tokens,
        cap=_cap(entry),
    )


def _check_whole(entry: Entry, place: str) -> None:
    if entry.get("was_cancelled"):
        raise InputError(f"{place}: the run was canceled; allowed is a whole one")
    listed = entry.get("error_summary")
    counts = [inside(error, "count") or 0 for error in listed] if isinstance(listed, list) else []
    if failed := inside(entry, "error_request_count", "avg") or sum(counts):
        asked = failed + (inside(entry, "request_count", "avg") or 0)
        raise InputError(f"{place}: {failed:,g} of {asked:,g} requests failed; allowed is a run in which none did")
    if any(key.startswith(CACHED) and inside(entry, key, "avg") for key in entry):
        raise InputError(
            f"{place}: a conversation of several turns, whose input counts tokens from the cache; measure with one "
            "turn a request"
        )
    if "inter_token_latency" not in entry:
        raise InputError(f"{place}: has no inter_token_latency, as runs without --streaming do; run with --streaming")


def _in_seconds(metric: Any, place: str) -> Any:
    """Return a duration of an export with its statistics in s, whichever unit it names."""
    if not isinstance(metric, dict):
        return metric
    unit = SECONDS.get(str(metric.get("unit")))
    if unit is None:
        raise InputError(f"{place}.unit: found {excerpt(metric.get('unit'))}; allowed: {', '.join(SECONDS)}")
    return {name: number * unit if isinstance(number, int | float) else number for name, number in metric.items()}


def _cap(entry: Entry) -> int | None:
    """Return the concurrency of the phase that was measured, not of the warm-up's."""
    asked = entry.get("input_config")
    phases = inside(asked, "phases")
    phases = phases if isinstance(phases, list) else []
    profiling = [phase.get("concurrency") for phase in phases if inside(phase, "name") == "profiling"]
    places = (("loadgen", "concurrency"), ("perf_analyzer", "stimulus", "concurrency"), ("concurrency",))
    for cap in [*profiling, *(inside(asked, *place) for place in places)]:
        if isinstance(cap, int) and not isinstance(cap, bool) and cap >= 1:
            return cap
    return None


def _model(entry: Entry) -> str:
    asked = entry.get("input_config")
    items = inside(asked, "models", "items")
    names = [inside(items[0], "name")] if isinstance(items, list) and items else []
    for place in (("endpoint", "model_names"), ("model_names",), ("model",)):
        given = inside(asked, *place)
        names += given if isinstance(given, list) else [given]
    return next((model_name(name) for name in names if isinstance(name, str) and name), "")


def _day(entry: Entry) -> str:
    try:
        return iso_day(str(entry.get("start_time"))[:10]).isoformat()
    except ValueError:
        return ""


EXPORT = Format(
    name="an export of NVIDIA AIPerf",
    command="aiperf profile --streaming (profile_export_aiperf.json)",
    keys=({"aiperf_version"},),
    runs=each(_run),
)
PREDECESSOR = Format(
    name="an export of NVIDIA genai-perf",
    command="genai-perf profile --streaming (profile_export_genai_perf.json)",
    keys=({"input_config", "request_throughput", "request_latency"},),
    runs=each(_run),
)
