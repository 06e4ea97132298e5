"""What each tool writes of one and the same run: 8 GPUs, 64 requests of 1024/1024 tokens in flight for 1000 s."""

import json
from pathlib import Path
from typing import Any

from analysis.library.measurements import Deployment, Measurements, read_files
from tests.support.answers import PLATFORMS

MODEL = "deepseek-ai/DeepSeek-R1-0528"
RIGHT = {
    "hardware": "h200", "precision": "fp8", "input_tokens": 1024, "output_tokens": 1024, "concurrency": 64,
    "prefill_gpus": 8, "decode_gpus": 8, "disaggregated": False, "interactivity_median": 10.309278,
    "ttft_median": 0.768, "ttft_p99": 1.536, "tpot_median": 0.097, "latency_median": 99.999,
    "throughput_per_gpu": 163.84, "input_throughput_per_prefill_gpu": 81.92,
    "output_throughput_per_decode_gpu": 81.92,
}  # fmt: skip
"""The row of that run, whichever tool measured it."""
H200 = Deployment("h200", 8, "fp8")
DATED = Deployment("h200", 8, "fp8", model="DeepSeek-R1-0528", date="2026-11-01")
"""What the reader states of it: of tools that say model and day, and of those that do not."""


def times(
    mean: float, p99: float, factor: float = 1.0, middle: str = "p50", average: str = "mean"
) -> dict[str, float]:
    return {average: mean * factor, middle: mean * factor, "p99": p99 * factor}


TTFT, TPOT, E2E = (0.768, 1.536), (0.097, 0.1), (99.999, 101.0)


def vllm(**changes: Any) -> dict[str, Any]:
    named = {"ttft": TTFT, "tpot": TPOT, "e2el": E2E}
    latencies = {
        f"{kind}_{name}_ms": 1000 * value
        for name, (mean, p99) in named.items()
        for kind, value in (("mean", mean), ("median", mean), ("p99", p99))
    }
    return {
        "date": "20261101-120000", "endpoint_type": "openai", "backend": "openai", "label": None, "model_id": MODEL,
        "tokenizer_id": MODEL, "num_prompts": 640, "request_rate": "inf", "burstiness": 1.0, "max_concurrency": 64,
        "duration": 1000.0, "completed": 640, "failed": 0, "total_input_tokens": 655_360,
        "total_output_tokens": 655_360, "request_throughput": 0.64, "request_goodput": None,
        "output_throughput": 655.36, "total_token_throughput": 1310.72, "max_concurrent_requests": 64, **latencies,
        **changes,
    }  # fmt: skip


def loaded(concurrency: int, tpot: float, **changes: Any) -> dict[str, Any]:
    """A result of vllm bench serve in which all figures fit to these requests in flight and this TPOT, in s."""
    latency = 0.4 + 1023 * tpot
    rate = concurrency / latency
    seconds = {"ttft": 0.4, "tpot": tpot, "e2el": latency}
    named = {f"{kind}_{name}_ms": 1000 * time for name, time in seconds.items() for kind in ("mean", "median", "p99")}
    return vllm(
        max_concurrency=concurrency, max_concurrent_requests=concurrency, duration=640 / rate,
        request_throughput=rate, output_throughput=1024 * rate, total_token_throughput=2048 * rate,
        **(named | changes),
    )  # fmt: skip


def sglang(**changes: Any) -> dict[str, Any]:
    named = {"ttft": TTFT, "tpot": TPOT, "e2e_latency": E2E}
    latencies = {
        f"{kind}_{name}_ms": 1000 * value
        for name, (mean, p99) in named.items()
        for kind, value in (("mean", mean), ("median", mean), ("p99", p99))
    }
    server = {
        "model_path": MODEL, "version": "0.5.12", "tp_size": 8, "dp_size": 1, "ep_size": 1,
        "speculative_algorithm": None,
    }  # fmt: skip
    return {
        "backend": "sglang", "dataset_name": "random", "request_rate": float("inf"), "max_concurrency": 64,
        "random_input_len": 1024, "random_output_len": 1024, "server_info": server, "duration": 1000.0,
        "completed": 640, "total_input_tokens": 655_360, "total_output_tokens": 655_360, "request_throughput": 0.64,
        "input_throughput": 655.36, "output_throughput": 655.36, "total_throughput": 1310.72,
        "median_itl_ms": 51.0, "concurrency": 63.999, **latencies, **changes,
    }  # fmt: skip


def aiperf(version: str = "0.8.0", unit: str = "ms", **changes: Any) -> dict[str, Any]:
    factor = {"ms": 1e3, "sec": 1.0, "us": 1e6}[unit]

    def time(values: tuple[float, float]) -> dict[str, Any]:
        return {"unit": unit, **times(*values, factor, average="avg")}

    def amount(value: float, kept_in: str) -> dict[str, Any]:
        return {"unit": kept_in, "avg": value}

    old = {"endpoint": {"model_names": [MODEL], "streaming": True}, "loadgen": {"concurrency": 64}}
    phases = [{"name": "warmup", "concurrency": 16}, {"name": "profiling", "concurrency": 64}]
    new = {"models": {"items": [{"name": MODEL}]}, "phases": phases}
    return {
        "schema_version": "1.2", "aiperf_version": version, "request_throughput": amount(0.64, "requests/sec"),
        "request_latency": time(E2E), "request_count": amount(640, "requests"), "time_to_first_token": time(TTFT),
        "inter_token_latency": time(TPOT), "inter_chunk_latency": time((0.051, 0.2)),
        "output_token_throughput": amount(655.36, "tokens/sec"),
        "total_token_throughput": amount(1310.72, "tokens/sec"),
        "output_token_throughput_per_user": {"unit": "tokens/sec/user", "avg": 10.4, "p50": 10.31, "p99": 11.9},
        "output_sequence_length": amount(1024, "tokens"), "input_sequence_length": amount(1024, "tokens"),
        "benchmark_duration": amount(1000, "sec"), "error_request_count": None, "was_cancelled": False,
        "error_summary": [], "start_time": "2026-11-01T12:00:00", "input_config": old if version < "0.1" else new,
        **changes,
    }  # fmt: skip


def guidellm(form: int = 1, stages: tuple[str, ...] = ("concurrent",), **totals: int) -> dict[str, Any]:
    counted = {"successful": 640, "errored": 0, "incomplete": 0, "total": 640, **totals}

    def metric(mean: float, p99: float | None = None) -> dict[str, Any]:
        answered = {"mean": mean, "median": mean, "percentiles": {"p99": mean if p99 is None else p99}}
        return {"successful": answered, "errored": {"mean": 0.0}, "total": answered}

    def ms(values: tuple[float, float]) -> dict[str, Any]:
        return metric(1000 * values[0], 1000 * values[1])

    metrics = {
        "requests_per_second": metric(0.64), "request_concurrency": metric(64.0), "request_latency": metric(*E2E),
        "prompt_token_count": metric(1024.0), "output_token_count": metric(1024.0),
        "time_to_first_token_ms": ms(TTFT), "inter_token_latency_ms": ms(TPOT),
        "time_per_output_token_ms": metric(96.905 if form == 1 else 97.655),
        "tokens_per_second": metric(2182.4),
    }  # fmt: skip
    benchmarks = []
    for stage in stages:
        strategy = {"strategy": {"type_": stage, "streams": 64}}
        rest = {"type_": "generative_benchmark", "start_time": 1793534400.0, "duration": 1000.0}
        if form == 1:
            benchmarks.append({"args": strategy, "request_totals": counted, "metrics": metrics, **rest})
        else:
            config = strategy | {"backend": {"model": MODEL}}
            benchmarks.append({"config": config, "metrics": metrics | {"request_totals": counted}, **rest})
    return {"benchmarks": benchmarks} | ({} if form == 1 else {"metadata": {"version": 2}})


def trtllm(**changes: Any) -> dict[str, Any]:
    return {
        "engine": {"model": MODEL, "version": "1.2.0", "quantization": "FP8"},
        "world_info": {"tp_size": 8, "pp_size": 1, "ep_size": 8, "world_size": 8},
        "request_info": {
            "num_requests": 640, "avg_num_concurrent_requests": 64.0, "avg_input_length": 1024.0,
            "avg_output_length": 1024.0,
        },
        "performance": {
            "total_latency_ms": 1e6, "request_throughput_req_s": 0.64, "system_output_throughput_tok_s": 655.36,
            "system_total_throughput_tok_s": 1310.72, "output_throughput_per_gpu_tok_s": 81.92,
            "request_latency_percentiles_ms": {"p50": 99_999.0, "p99": 101_000.0},
        },
        "streaming_metrics": {
            "avg_ttft_ms": 768.0, "avg_tpot_ms": 97.0, "ttft_percentiles": {"p50": 768.0, "p99": 1536.0},
            "tpot_percentiles": {"p50": 97.0, "p99": 100.0},
        },
        **changes,
    }  # fmt: skip


def genai_bench(unit: str = "s", **changes: Any) -> dict[str, Any]:
    factor = {"s": 1.0, "ms": 1e3}[unit]
    stats = {"ttft": times(*TTFT, factor), "tpot": times(*TPOT, factor), "e2e_latency": times(*E2E, factor)}
    lengths = {"num_input_tokens": {"mean": 1024.0}, "num_output_tokens": {"mean": 1024.0}}
    named = {} if unit == "s" else {"metrics_time_unit": unit}
    return {
        "aggregated_metrics": {
            "scenario": "D(1024,1024)", "num_concurrency": 64, "run_duration": 1000.0,
            "mean_output_throughput_tokens_per_s": 655.36, "mean_total_tokens_throughput_tokens_per_s": 1310.72,
            "requests_per_second": 0.64, "num_error_requests": 0, "num_completed_requests": 640,
            "stats": stats | lengths, **named, **changes,
        },
        "individual_request_metrics": [],
    }  # fmt: skip


def aggregate(**changes: Any) -> dict[str, Any]:
    return {
        "hw": "h200-cw", "conc": 64, "image": "lmsysorg/sglang:v0.5.12", "model": MODEL,
        "infmax_model_prefix": "dsr1", "framework": "sglang", "precision": "fp8", "spec_decoding": "none",
        "disagg": False, "isl": 1024, "osl": 1024, "is_multinode": False, "tp": 8, "ep": 8, "dp_attention": "false",
        "tput_per_gpu": 163.84, "output_tput_per_gpu": 81.92, "input_tput_per_gpu": 81.92, "median_ttft": 0.768,
        "p99_ttft": 1.536, "median_tpot": 0.097, "p99_tpot": 0.1, "median_intvty": 1 / 0.097, "p99_intvty": 10.0,
        "median_e2el": 99.999, **changes,
    }  # fmt: skip


def inference_perf(**latency: Any) -> dict[str, Any]:
    measured = {
        "request_latency": times(*E2E, middle="median"), "time_to_first_token": times(*TTFT, middle="median"),
        "time_per_output_token": times(0.0485, 0.0485, middle="median"), **latency,
    }  # fmt: skip
    return {
        "load_summary": {"count": 640},
        "successes": {
            "count": 640, "latency": measured, "prompt_len": {"mean": 1024.0}, "output_len": {"mean": 1024.0},
            "throughput": {
                "input_tokens_per_sec": 655.36, "output_tokens_per_sec": 655.36, "total_tokens_per_sec": 1310.72,
                "requests_per_sec": 0.64,
            },
        },
        "failures": {"count": 0},
    }  # fmt: skip


def read(folder: Path, content: Any, reader: Deployment = H200, name: str = "result.json") -> Measurements:
    """The measurements in a file of this content: JSON unless it is text."""
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return read_files([path], PLATFORMS, reader)


def row(folder: Path, content: Any, reader: Deployment = H200, name: str = "result.json") -> dict[str, Any]:
    """The one row that a file makes."""
    rows = read(folder, content, reader, name).rows
    assert len(rows) == 1
    return dict(rows.iloc[0])


def differs(found: dict[str, Any], expected: dict[str, Any] = RIGHT) -> dict[str, Any]:
    """What a row says otherwise than it should."""
    return {name: found[name] for name, value in expected.items() if found[name] != value}
