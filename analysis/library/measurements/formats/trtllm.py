"""Reads the JSON report of TensorRT-LLM's `trtllm-bench throughput --streaming --report_json`.

Source of the format: https://github.com/NVIDIA/TensorRT-LLM, tensorrt_llm/bench/dataclasses/reporting.py. Its world
size is the number of GPUs, tensor x pipeline parallel; experts are spread over the same GPUs.
"""

from pathlib import Path
from typing import Any

from pydantic import AliasPath

from analysis.errors import InputError
from analysis.library.loading.fields import Positive, checked
from analysis.library.measurements.deployment import SPECULATIVE, Deployment
from analysis.library.measurements.format import MILLISECONDS, Count, Format, Result, at, each, timed
from analysis.library.measurements.run import Run, model_name

PRECISIONS = {"FP8": "fp8", "NVFP4": "fp4", "FP8_BLOCK_SCALES": "fp8", "W4A16_AWQ": "int4", "W4A16_GPTQ": "int4"}
"""TensorRT-LLM's words for the quantization of weights; a report that names another states no precision here."""
MODES = {"MTP": "mtp", "EAGLE": "eagle", "EAGLE3": "eagle3", "NGRAM": "ngram", "DRAFTTOKENSEXTERNAL": "draft-model",
         "DRAFT_TARGET": "draft-model"}  # fmt: skip


def _place(name: str, part: str) -> AliasPath:
    group = "performance" if name == "latency" else "streaming_metrics"
    words = ("request_latency", "_ms") if name == "latency" else (name, "")
    if part == "mean":
        return AliasPath(group, f"avg_{words[0]}_ms")
    return AliasPath(group, f"{words[0]}_percentiles{words[1]}", "p50" if part == "median" else part)


class _Report(Result):
    model_config = timed(_place)

    model: str = at("engine", "model")
    quantization: str | None = at("engine", "quantization", default=None)
    tensor_parallel: Count = at("world_info", "tp_size")
    expert_parallel: Count | None = at("world_info", "ep_size", default=None)
    gpus: Count = at("world_info", "world_size")
    requests: Count = at("request_info", "num_requests")
    in_flight: Positive = at("request_info", "avg_num_concurrent_requests")
    input_tokens: Positive = at("request_info", "avg_input_length")
    output_tokens: Positive = at("request_info", "avg_output_length")
    total_latency_ms: Positive = at("performance", "total_latency_ms")
    request_rate: Positive = at("performance", "request_throughput_req_s")
    output_throughput: Positive = at("performance", "system_output_throughput_tok_s")
    throughput: Positive = at("performance", "system_total_throughput_tok_s")
    drafts: str | None = at("decoding_stats", "mode", default=None)


def _run(entry: Any, place: str, path: Path) -> Run:
    if isinstance(entry, dict) and "streaming_metrics" not in entry:
        raise InputError(f"{place}: has no streaming_metrics, so no time per output token; run with --streaming")
    report = checked(_Report, entry, place)
    speculation = MODES.get((report.drafts or "").upper(), SPECULATIVE)
    deployment = Deployment(
        gpus=report.gpus,
        precision=PRECISIONS.get((report.quantization or "").upper(), ""),
        tensor_parallel=report.tensor_parallel,
        expert_parallel=report.expert_parallel,
        framework="trt",
        speculative_decoding=speculation if "decoding_stats" in entry else "none",
        model=model_name(report.model),
    )
    return report.run(place, deployment, MILLISECONDS, duration=report.total_latency_ms / 1000)


FORMAT = Format(
    name="a report of trtllm-bench",
    command="trtllm-bench throughput --streaming --report_json REPORT.json",
    keys=({"engine", "world_info", "performance"},),
    runs=each(_run),
)
