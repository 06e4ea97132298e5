"""The formats that cannot be rows, each with the reason and the way on."""

import re
from collections.abc import Callable

from analysis.library.measurements.format import Format

SERVE = "measure with vllm bench serve, or another of `import --formats`"
_PRINTED = "is what a tool prints, rounded and without its settings; "


def _holds(*patterns: str) -> Callable[[str], bool]:
    """Return a test of whether a text has all of these patterns in its beginning."""
    compiled = [re.compile(pattern, re.MULTILINE) for pattern in patterns]
    return lambda text: all(pattern.search(text[:200_000]) for pattern in compiled)


LLMPERF = Format(
    name="a summary of LLMPerf",
    command="LLMPerf, token_benchmark_ray.py",
    keys=({"results_inter_token_latency_s_quantiles_p50"}, {"inter_token_latency_s", "ttft_s"}),
    refused="its inter-token latency holds the first token's wait (it is the latency / output tokens), so there "
    f"is no interactivity in it; {SERVE}",
)
OFFLINE = Format(
    name="a result of vllm bench throughput or latency",
    command="vllm bench throughput, vllm bench latency",
    keys=({"elapsed_time", "tokens_per_second"}, {"elapsed_time", "total_num_tokens"}, {"avg_latency", "latencies"}),
    refused="it is offline or of one batch, so nobody waits and there is no interactivity; use vllm bench serve",
)
MLPERF = Format(
    name="results of MLPerf Inference",
    command="MLPerf LoadGen",
    keys=({"Organization", "Availability"}, {"Submitter", "Availability"}),
    begins=_holds(r"MLPerf Results Summary|:::MLLOG|^\W*Organization,"),
    refused=f"they count output tokens only and state no input length, and their rate is asked, not reached; {SERVE}",
)
LLM_D = Format(
    name="a report of llm-d",
    command="llm-d-benchmark",
    keys=({"scenario", "metrics", "version"},),
    begins=_holds(r"^scenario:", r"^(metrics|results|run):"),
    refused="its units do not fit its values in published examples; give the result of the load generator that "
    "it was made from (vllm bench serve, GuideLLM)",
)
GUIDELLM_YAML = Format(
    name="a report of GuideLLM as YAML",
    command="guidellm benchmark --output-path benchmarks.yaml",
    begins=_holds(r"^benchmarks:", r"type_: generative_benchmark"),
    refused="write it as JSON (--outputs json; older versions: --output-path benchmarks.json)",
)
AIPERF_BESIDE = Format(
    name="a CSV, or the requests, of a run of NVIDIA AIPerf",
    command="aiperf profile",
    keys=({"metadata", "metrics"},),
    begins=_holds(r"^\W*Metric,|^# AIPerf"),
    refused="it does not say how the run was set up; give profile_export_aiperf.json beside it",
)
TRTLLM_LOG = Format(
    name="the log of trtllm-bench",
    command="trtllm-bench throughput",
    begins=_holds(r"PERFORMANCE OVERVIEW|\[TRT-LLM\]"),
    refused=f"it {_PRINTED}give the report of trtllm-bench throughput --streaming --report_json REPORT.json",
)
SERVING_LOG = Format(
    name="the log of a serving benchmark",
    command="vllm bench serve, sglang.bench_serving",
    begins=_holds(r"Serving Benchmark Result|Request throughput \(req/s\)"),
    refused=f"it {_PRINTED}save the result (vLLM: --save-result, SGLang: --output-file)",
)
