"""Reads the JSON export of NVIDIA AIPerf (0.8 and 0.10) and of its predecessor genai-perf.

Source of the format: https://github.com/ai-dynamo/aiperf, docs/tutorials/working-with-profile-exports.md. Its
inter-token latency is per request, so a time per output token; its inter-chunk latency is not. Of throughput per user
the 99th percentile is the fastest hundredth, so p99 interactivity is made from the latency.
"""

from collections.abc import Mapping
from typing import Any

from analysis.errors import InputError
from analysis.library.loading.fields import iso_day
from analysis.library.loading.outside import excerpt
from analysis.library.measurements.deployment import Deployment
from analysis.library.measurements.document import Document
from analysis.library.measurements.format import Format, Runs, keys
from analysis.library.measurements.run import Run, Timing, model_name

SECONDS = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1.0, "sec": 1.0, "seconds": 1.0}
CACHED = "theoretical_prefix_cache_hit"
Entry = Mapping[str, Any]


def read(document: Document) -> Runs:
    """Return the runs of a document.

    Raises:
        InputError: An entry is no export of a streamed run, requests failed, or cached tokens count as input.
    """
    return Runs(tuple(_run(entry, place) for place, entry in document.entries))


def _run(entry: Any, place: str) -> Run:
    _check_whole(entry, place)
    isl, osl = (_amount(entry, f"{kind}_sequence_length", place) for kind in ("input", "output"))
    rate = _amount(entry, "request_throughput", place)
    latency = _timing(entry, "request_latency", place)
    output = _amount(entry, "output_token_throughput", place)
    total = output + rate * isl if "total_token_throughput" not in entry else None
    count = entry.get("request_count")
    return Run(
        place=place,
        deployment=Deployment(model=_model(entry), date=_day(entry)),
        input_tokens=isl,
        output_tokens=osl,
        throughput=total or _amount(entry, "total_token_throughput", place),
        output_throughput=output,
        tpot=_timing(entry, "inter_token_latency", place),
        ttft=_timing(entry, "time_to_first_token", place),
        latency=latency,
        requests=round(_amount(entry, "request_count", place)) if count else None,
        duration=_amount(entry, "benchmark_duration", place) if entry.get("benchmark_duration") else None,
        request_rate=rate,
        cap=_cap(entry),
    )


def _check_whole(entry: Any, place: str) -> None:
    if entry.get("was_cancelled"):
        raise InputError(f"{place}: the run was canceled; allowed is a whole one")
    errors = entry.get("error_request_count") or {}
    failed = errors.get("avg") or sum(error.get("count") or 0 for error in entry.get("error_summary") or [])
    if failed:
        asked = failed + ((entry.get("request_count") or {}).get("avg") or 0)
        raise InputError(f"{place}: {failed:,g} of {asked:,g} requests failed; allowed is a run in which none did")
    if any(key.startswith(CACHED) and (entry[key] or {}).get("avg") for key in entry):
        raise InputError(
            f"{place}: a conversation of several turns, whose input counts tokens from the cache; measure with one "
            "turn a request"
        )
    if "inter_token_latency" not in entry:
        raise InputError(f"{place}: has no inter_token_latency, as runs without --streaming do; run with --streaming")


def _metric(entry: Entry, name: str, place: str) -> Entry:
    metric = entry.get(name)
    if not isinstance(metric, dict):
        raise InputError(f"{place}, {name}: " + ("missing" if metric is None else f"found {excerpt(metric)}"))
    return metric


def _number(metric: Entry, key: str, place: str) -> float:
    number = metric.get(key)
    if isinstance(number, bool) or not isinstance(number, int | float) or not 1e-9 <= number < 1e18:
        raise InputError(f"{place}.{key}: found {excerpt(number)}; must be a finite number above 0")
    return float(number)


def _amount(entry: Entry, name: str, place: str) -> float:
    metric = _metric(entry, name, place)
    return _number(metric, "avg", f"{place}, {name}") * SECONDS.get(str(metric.get("unit")), 1.0)


def _timing(entry: Entry, name: str, place: str) -> Timing:
    metric = _metric(entry, name, place)
    where, unit = f"{place}, {name}", str(metric.get("unit"))
    if unit not in SECONDS:
        raise InputError(f"{where}.unit: found {excerpt(metric.get('unit'))}; allowed: {', '.join(SECONDS)}")
    given = {key: _number(metric, key, where) * SECONDS[unit] for key in ("p50", "avg", "p99") if key in metric}
    if "p50" not in given:
        raise InputError(f"{where}.p50: missing")
    return Timing(given["p50"], given.get("avg"), given.get("p99"))


def _inside(entry: Any, *path: str) -> Any:
    for step in path:
        entry = entry.get(step) if isinstance(entry, dict) else None
    return entry


def _cap(entry: Entry) -> int | None:
    """Return the concurrency of the phase that was measured, not of the warm-up's."""
    asked = entry.get("input_config")
    phases = _inside(asked, "phases")
    phases = phases if isinstance(phases, list) else []
    profiling = [phase.get("concurrency") for phase in phases if _inside(phase, "name") == "profiling"]
    places = (
        ("loadgen", "concurrency"),
        ("perf_analyzer", "stimulus", "concurrency"),
        ("concurrency",),
    )
    for cap in [*profiling, *(_inside(asked, *place) for place in places)]:
        if isinstance(cap, int) and not isinstance(cap, bool) and cap >= 1:
            return cap
    return None


def _model(entry: Entry) -> str:
    asked = entry.get("input_config")
    items = _inside(asked, "models", "items")
    names = [_inside(items[0], "name")] if isinstance(items, list) and items else []
    for place in (("endpoint", "model_names"), ("model_names",), ("model",)):
        given = _inside(asked, *place)
        names += given if isinstance(given, list) else [given]
    return next((model_name(name) for name in names if isinstance(name, str) and name), "")


def _day(entry: Entry) -> str:
    try:
        return iso_day(str(entry.get("start_time"))[:10]).isoformat()
    except ValueError:
        return ""


FORMATS = (
    Format(
        name="an export of NVIDIA AIPerf",
        command="aiperf profile --streaming (profile_export_aiperf.json)",
        keys=(keys("aiperf_version"),),
        runs=read,
    ),
    Format(
        name="an export of NVIDIA genai-perf",
        command="genai-perf profile --streaming (profile_export_genai_perf.json)",
        keys=(keys("input_config", "request_throughput", "request_latency"),),
        runs=read,
    ),
)
