"""Reads the JSON report of TensorRT-LLM's `trtllm-bench throughput --streaming --report_json`.

Source of the format: https://github.com/NVIDIA/TensorRT-LLM, tensorrt_llm/bench/dataclasses/reporting.py. Its world
size is the number of GPUs, tensor x pipeline parallel; experts are spread over the same GPUs.
"""

from typing import Annotated, Any

from pydantic import AliasPath, BaseModel, ConfigDict, Field

from analysis.errors import InputError
from analysis.library.loading.fields import Positive
from analysis.library.loading.outside import checked
from analysis.library.measurements.deployment import SPECULATIVE, Deployment
from analysis.library.measurements.document import Document
from analysis.library.measurements.format import Format, Runs, keys
from analysis.library.measurements.formats.vllm import Count, Seconds
from analysis.library.measurements.run import Run, Timing, model_name

PRECISIONS = {"FP8": "fp8", "NVFP4": "fp4", "FP8_BLOCK_SCALES": "fp8", "W4A16_AWQ": "int4", "W4A16_GPTQ": "int4"}
"""TensorRT-LLM's words for the quantization of weights; a report that names another states no precision here."""
MODES = {"MTP": "mtp", "EAGLE": "eagle", "EAGLE3": "eagle3", "NGRAM": "ngram", "DRAFTTOKENSEXTERNAL": "draft-model"}


def _at(*path: str, **default: Any) -> Any:
    return Field(validation_alias=AliasPath(*path), **default)


class _Report(BaseModel):
    model_config = ConfigDict(strict=True)

    model: str = _at("engine", "model")
    quantization: str | None = _at("engine", "quantization", default=None)
    tensor_parallel: Annotated[int, Field(ge=1)] = _at("world_info", "tp_size")
    expert_parallel: Annotated[int, Field(ge=1)] | None = _at("world_info", "ep_size", default=None)
    gpus: Annotated[int, Field(ge=1)] = _at("world_info", "world_size")
    requests: Count = _at("request_info", "num_requests")
    in_flight: Positive = _at("request_info", "avg_num_concurrent_requests")
    input_tokens: Positive = _at("request_info", "avg_input_length")
    output_tokens: Positive = _at("request_info", "avg_output_length")
    duration: Seconds = _at("performance", "total_latency_ms")
    request_rate: Positive = _at("performance", "request_throughput_req_s")
    output_throughput: Positive = _at("performance", "system_output_throughput_tok_s")
    throughput: Positive = _at("performance", "system_total_throughput_tok_s")
    latency_mean: Seconds | None = _at("performance", "avg_request_latency_ms", default=None)
    latency_median: Seconds | None = _at("performance", "request_latency_percentiles_ms", "p50", default=None)
    ttft_mean: Seconds | None = _at("streaming_metrics", "avg_ttft_ms", default=None)
    ttft_median: Seconds = _at("streaming_metrics", "ttft_percentiles", "p50")
    ttft_p99: Seconds | None = _at("streaming_metrics", "ttft_percentiles", "p99", default=None)
    tpot_mean: Seconds | None = _at("streaming_metrics", "avg_tpot_ms", default=None)
    tpot_median: Seconds = _at("streaming_metrics", "tpot_percentiles", "p50")
    tpot_p99: Seconds | None = _at("streaming_metrics", "tpot_percentiles", "p99", default=None)
    drafts: str | None = _at("decoding_stats", "mode", default=None)


def read(document: Document) -> Runs:
    """Return the runs of a document.

    Raises:
        InputError: An entry is no report of a streamed run.
    """
    return Runs(tuple(_run(entry, place) for place, entry in document.entries))


def _run(entry: Any, place: str) -> Run:
    if isinstance(entry, dict) and "streaming_metrics" not in entry:
        raise InputError(f"{place}: has no streaming_metrics, so no time per output token; run with --streaming")
    report = checked(_Report, entry, place)
    speculation = MODES.get((report.drafts or "").upper(), SPECULATIVE)
    return Run(
        place=place,
        deployment=Deployment(
            gpus=report.gpus,
            precision=PRECISIONS.get((report.quantization or "").upper(), ""),
            tensor_parallel=report.tensor_parallel,
            expert_parallel=report.expert_parallel,
            framework="trt",
            speculative_decoding=speculation if "decoding_stats" in entry else "none",
            model=model_name(report.model),
        ),
        input_tokens=report.input_tokens,
        output_tokens=report.output_tokens,
        throughput=report.throughput,
        output_throughput=report.output_throughput,
        tpot=Timing(report.tpot_median, report.tpot_mean, report.tpot_p99),
        ttft=Timing(report.ttft_median, report.ttft_mean, report.ttft_p99),
        latency=Timing(report.latency_median, report.latency_mean),
        requests=report.requests,
        duration=report.duration,
        request_rate=report.request_rate,
        in_flight=report.in_flight,
    )


FORMATS = (
    Format(
        name="a report of trtllm-bench",
        command="trtllm-bench throughput --streaming --report_json REPORT.json",
        keys=(keys("engine", "world_info", "performance"),),
        runs=read,
    ),
)
