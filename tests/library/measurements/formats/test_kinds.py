"""Of each format five further files: another version, fields left out, one cut off, a failed run and another unit."""

import json
from dataclasses import replace
from typing import Any

import pytest

from analysis.errors import InputError
from analysis.library.measurements import Deployment
from analysis.library.measurements.points import known_formats
from tests.library.measurements.formats.test_runs import OLD_PAGE, PAGE, without
from tests.support import tools
from tests.support.answers import results, shipped
from tests.support.tools import DATED, H200, RIGHT, differs, read, row

OLDER = {"ttft_p99": None, "interactivity_p99": None}
DAY = Deployment(date="2026-11-01")
OF_PAGE = Deployment(model="DeepSeek-R1-0528", input_tokens=1024, output_tokens=1024)
KINDS = ("another version", "fields left out", "cut off", "a failed run", "another unit")


def changed(entry: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """The entry with another value at a path; None leaves it out."""
    first, _, rest = path.partition(".")
    if rest:
        return entry | {first: changed(entry[first], rest, value)}
    return without(entry, first) if value is None else entry | {first: value}


def in_seconds(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: value / 1000 if name.endswith("_ms") else value for name, value in entry.items()}


def genai_perf(**changes: Any) -> dict[str, Any]:
    asked = {"input_config": {"model": [tools.MODEL], "perf_analyzer": {"stimulus": {"concurrency": 64}}}}
    return without(tools.aiperf(), "aiperf_version", "start_time", "total_token_throughput") | asked | changes


def nanoseconds(metric: dict[str, Any]) -> dict[str, Any]:
    return {"unit": "ns"} | {name: value * 1e6 for name, value in metric.items() if name != "unit"}


def of_stage(path: str, value: Any) -> dict[str, Any]:
    return changed(tools.inference_perf(), path, value)


def report(**changes: Any) -> dict[str, Any]:
    """GuideLLM's second form with other values of one metric."""
    whole = tools.guidellm(2)
    metrics = whole["benchmarks"][0]["metrics"]
    for name, factor in changes.items():
        answered = metrics[name]["successful"]
        metrics[name] = {
            "successful": {key: value * factor for key, value in answered.items() if key != "percentiles"}
        }
    return whole


RATE = {"iteration_type": "request_rate", "num_concurrency": 1}
NEWER = {"total": 655_360.0, "cached": 0.0, "uncached": 655_360.0, "mean": 1024.0}
ANSWER = results(shipped().head(1))[0]
FURTHER = {
    "a result of vllm bench serve": [
        (tools.vllm(backend="vllm", endpoint_type=None, rtfx=0.0, p50_tpot_ms=97.0, best_of=1), H200, {}),
        (without(tools.vllm(), "median_ttft_ms", "p99_ttft_ms", "p99_tpot_ms", "failed"), H200,
         OLDER | {"ttft_median": None}),
        (json.dumps(tools.vllm())[:700], H200, "not readable as JSON"),
        (tools.vllm(completed=0, failed=640), H200, "all 640 requests failed"),
        (in_seconds(tools.vllm()), H200, "allowed is a run under load"),
    ],
    "a line of SGLang's bench_serving": [
        (tools.sglang(tag="", p95_e2e_latency_ms=100_500.0, accept_length=None, max_output_tokens_per_s=700.0),
         DATED, {}),
        (without(tools.sglang(), "p99_ttft_ms", "p99_tpot_ms", "input_throughput", "concurrency"), DATED, OLDER),
        (json.dumps(tools.sglang())[:500], DATED, "not readable as JSON"),
        (tools.sglang(completed=0), DATED, "no request was answered"),
        (in_seconds(tools.sglang()), DATED, "latency is 0.064 requests in flight; the file tells 64"),
    ],
    "an export of NVIDIA AIPerf": [
        (tools.aiperf("0.10.0"), H200, {}),
        (without(tools.aiperf(), "error_request_count", "error_summary", "was_cancelled", "benchmark_duration"),
         H200, {}),
        (json.dumps(tools.aiperf())[:900], H200, "not readable as JSON"),
        (tools.aiperf(error_request_count={"unit": "requests", "avg": 640.0}), H200, "requests failed"),
        (tools.aiperf(unit="sec"), H200, {}),
    ],
    "an export of NVIDIA genai-perf": [
        (genai_perf(input_config={"model_names": [tools.MODEL], "concurrency": 64}), DATED, {}),
        (without(genai_perf(), "request_count", "benchmark_duration"), DATED, {}),
        (json.dumps(genai_perf())[:800], DATED, "not readable as JSON"),
        (genai_perf(request_throughput={"unit": "requests/sec", "avg": 0.0}),
         DATED, "request_throughput.avg: found 0.0"),
        (genai_perf(**{name: nanoseconds(genai_perf()[name]) for name in
                       ("request_latency", "time_to_first_token", "inter_token_latency")}), DATED, {}),
    ],
    "a report of GuideLLM": [
        (tools.guidellm(2), H200, {}),
        (report(time_to_first_token_ms=1.0, inter_token_latency_ms=1.0), H200, OLDER),
        (json.dumps(tools.guidellm(2))[:1000], H200, "not readable as JSON"),
        (tools.guidellm(2, successful=0, errored=640), H200, "found 0; must be greater than or equal to 1"),
        (report(time_to_first_token_ms=0.001, inter_token_latency_ms=0.001), H200, "the latency is 100 s"),
    ],
    "a report of trtllm-bench": [
        (changed(tools.trtllm(), "engine", {"model": tools.MODEL, "backend": "Pytorch", "dtype": "bfloat16",
                                            "quantization": "FP8_BLOCK_SCALES"}),
         Deployment("h200", date="2026-11-01"), {}),
        (changed(changed(tools.trtllm(), "engine.quantization", None),
                 "performance.request_latency_percentiles_ms", None),
         DATED, {"latency_median": None}),
        (json.dumps(tools.trtllm())[:600], DATED, "not readable as JSON"),
        (changed(tools.trtllm(), "request_info.num_requests", 0), DATED, "request_info.num_requests: found 0"),
        (changed(tools.trtllm(), "streaming_metrics", {"avg_ttft_ms": 0.768, "avg_tpot_ms": 0.097,
                 "ttft_percentiles": {"p50": 0.768}, "tpot_percentiles": {"p50": 0.097}}),
         DATED, "the latency is 100 s"),
    ],
    "a result of genai-bench": [
        (tools.genai_bench(num_concurrency=64.0, error_codes_frequency={}, summary_actual_qps=0.64), DATED, {}),
        (changed(tools.genai_bench(**RATE), "aggregated_metrics.requests_per_second", None), DATED, {}),
        (json.dumps(tools.genai_bench())[:400], DATED, "not readable as JSON"),
        (tools.genai_bench(num_completed_requests=0, num_error_requests=640),
         DATED, "num_completed_requests: found 0"),
        (tools.genai_bench("ms"), DATED, {}),
    ],
    "a stage of inference-perf": [
        (of_stage("successes.prompt_tokens", NEWER) | {"benchmark_time_seconds": 1000.0, "retries": {"attempts": 0}},
         DATED,
         {}),
        (without(of_stage("successes.latency.time_to_first_token", {"mean": 0.768, "median": 0.768}), "failures"),
         DATED,
         OLDER),
        (json.dumps(tools.inference_perf())[:300], DATED, "not readable as JSON"),
        (of_stage("failures.count", 3), DATED, "3 of 643 requests failed"),
        (tools.inference_perf(request_latency={"mean": 99_999.0, "median": 99_999.0},
                              time_to_first_token={"mean": 768.0, "median": 768.0}),
         DATED, "63,999.4 requests in flight"),
    ],
    "an aggregated result of InferenceX": [
        (tools.aggregate(scenario_type="fixed-seq-len", pp=1, pcp_size=1, std_intvty=0.1, mean_tpot=0.097), DAY, {}),
        (without(tools.aggregate(), "p99_ttft", "p99_tpot", "p99_intvty", "image", "median_intvty"), DAY, OLDER),
        (json.dumps(tools.aggregate())[:300], DAY, "not readable as JSON"),
        (tools.aggregate(tput_per_gpu=0.0), DAY, "tput_per_gpu: found 0.0"),
        (tools.aggregate(median_tpot=97.0), DAY, "each other's inverse"),
    ],
    "an export of InferenceX's pages": [
        (OLD_PAGE, OF_PAGE, {}),
        (PAGE.replace(",0.768,1.536,0.097,0.1,", ",0.768,,0.097,,"), Deployment(), OLDER),
        (PAGE.rpartition(",")[0], Deployment(), "found 26 cells, allowed are 27"),
        (PAGE.replace(",163.84,", ",0,"), Deployment(), "tput_per_gpu: found 0"),
        (PAGE.replace(",0.097,", ",97,"), Deployment(), "each other's inverse"),
    ],
    "an answer of the InferenceX API": [
        ([ANSWER | {"benchmark_type": "single_turn", "workers": None}], Deployment(), None),
        ([changed(changed(ANSWER, "metrics.p99_ttft", None), "image", "")], Deployment(), None),
        (json.dumps([ANSWER])[:400], Deployment(), "not readable as JSON"),
        ([changed(ANSWER, "metrics.tput_per_gpu", 0.0)], Deployment(), "tput_per_gpu: found 0.0"),
        ([changed(ANSWER, "metrics.median_tpot", 1000 * ANSWER["metrics"]["median_tpot"])], Deployment(), "inverse"),
    ],
}  # fmt: skip
CASES = [pytest.param(*file, id=f"{name}, {kind}") for name, files in FURTHER.items() for kind, file in
         zip(KINDS, files, strict=True)]  # fmt: skip


def test_each_format_of_measurements_has_its_five_files() -> None:
    own = "a table of rows"
    assert set(FURTHER) == {known.name for known in known_formats() if not known.refused} - {own}


@pytest.mark.parametrize(("content", "reader", "expected"), CASES)
def test_a_further_file_is_read_as_it_means_it_or_refused_with_the_reason(
    tmp_path: Any, content: Any, reader: Deployment, expected: Any
) -> None:
    name = "result.csv" if str(content).startswith("#") else "result.json"
    if isinstance(expected, str):
        with pytest.raises(InputError, match=expected):
            read(tmp_path, content, reader, name)
    elif expected is None:
        assert row(tmp_path, content, reader)["throughput_per_gpu"] == ANSWER["metrics"]["tput_per_gpu"]
    else:
        known = {name: value for name, value in (RIGHT | expected).items() if name not in OLDER}
        found = row(tmp_path, content, reader, name)
        missing = {name for name, value in expected.items() if value is None}
        assert differs(found, {name: value for name, value in known.items() if name not in missing}) == {}
        assert all(found[name] != found[name] for name in missing)


def test_input_from_a_cache_is_refused(tmp_path: Any) -> None:
    cached = of_stage("successes.prompt_tokens", NEWER | {"cached": 60_000.0})
    with pytest.raises(InputError, match="60,000 input tokens came from a cache"):
        read(tmp_path, cached, replace(DATED, input_tokens=1024))
