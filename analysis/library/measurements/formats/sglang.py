"""Reads JSON lines of SGLang's `bench_serving`, one run a line.

Source of the format: https://github.com/sgl-project/sglang, python/sglang/bench_serving.py. It has no day, does not
say how many requests were sent, and writes the word Infinity. Its inter-token latency is that of chunks.
"""

from typing import Annotated, Any

from pydantic import AliasPath, BaseModel, ConfigDict, Field

from analysis.errors import InputError
from analysis.library.loading.fields import Positive
from analysis.library.loading.outside import checked
from analysis.library.measurements.deployment import Deployment
from analysis.library.measurements.document import Document
from analysis.library.measurements.format import Format, Runs, keys
from analysis.library.measurements.formats.vllm import Count, Seconds
from analysis.library.measurements.run import Run, Timing, model_name

ALGORITHMS = {"NEXTN": "mtp", "EAGLE": "eagle", "EAGLE3": "eagle3", "NGRAM": "ngram", "STANDALONE": "draft-model"}
"""SGLang's words for speculative decoding. It serves MTP as EAGLE, too, so the reader may say mtp of that."""


def _server(*path: str) -> Any:
    return Field(None, validation_alias=AliasPath("server_info", *path))


class _Result(BaseModel):
    model_config = ConfigDict(strict=True)

    completed: Count
    duration: Positive
    total_input_tokens: Count
    total_output_tokens: Count
    request_throughput: Positive | None = None
    output_throughput: Positive
    input_throughput: Positive | None = None
    total_throughput: Positive | None = None
    cap: Count | None = Field(None, alias="max_concurrency")
    in_flight: Positive | None = Field(None, alias="concurrency")
    ttft_mean: Seconds | None = Field(None, alias="mean_ttft_ms")
    ttft_median: Seconds = Field(alias="median_ttft_ms")
    ttft_p99: Seconds | None = Field(None, alias="p99_ttft_ms")
    tpot_mean: Seconds | None = Field(None, alias="mean_tpot_ms")
    tpot_median: Seconds = Field(alias="median_tpot_ms")
    tpot_p99: Seconds | None = Field(None, alias="p99_tpot_ms")
    latency_mean: Seconds | None = Field(None, alias="mean_e2e_latency_ms")
    latency_median: Seconds = Field(alias="median_e2e_latency_ms")
    latency_p99: Seconds | None = Field(None, alias="p99_e2e_latency_ms")
    model: str | None = _server("model_path")
    tensor_parallel: Annotated[int, Field(ge=1)] | None = _server("tp_size")
    data_parallel: Annotated[int, Field(ge=1)] | None = _server("dp_size")
    pipeline_parallel: Annotated[int, Field(ge=1)] | None = _server("pp_size")
    expert_parallel: Annotated[int, Field(ge=1)] | None = _server("ep_size")
    dp_attention: bool | None = _server("enable_dp_attention")
    algorithm: str | None = _server("speculative_algorithm")
    nodes: Annotated[int, Field(ge=1)] | None = _server("nnodes")


def read(document: Document) -> Runs:
    """Return the runs of a document.

    Raises:
        InputError: A line is no result, or none that has a time per output token.
    """
    return Runs(tuple(_run(entry, place) for place, entry in document.entries))


def _run(entry: Any, place: str) -> Run:
    if isinstance(entry, dict) and entry.get("completed") == 0:
        raise InputError(f"{place}: no request was answered; allowed is a run in which none failed")
    if isinstance(entry, dict) and "median_tpot_ms" not in entry:
        raise InputError(
            f"{place}: has no median_tpot_ms, as results of 2024 do; its inter-token latency is that of chunks of "
            "tokens: measure with a bench_serving of 2025 or later"
        )
    result = checked(_Result, entry, place)
    total = result.total_throughput or (result.input_throughput or 0) + result.output_throughput
    return Run(
        place=place,
        deployment=_stated(entry, result),
        input_tokens=result.total_input_tokens / result.completed,
        output_tokens=result.total_output_tokens / result.completed,
        throughput=total,
        output_throughput=result.output_throughput,
        tpot=Timing(result.tpot_median, result.tpot_mean, result.tpot_p99),
        ttft=Timing(result.ttft_median, result.ttft_mean, result.ttft_p99),
        latency=Timing(result.latency_median, result.latency_mean, result.latency_p99),
        requests=result.completed,
        duration=result.duration,
        request_rate=result.request_throughput,
        cap=result.cap,
        in_flight=result.in_flight,
        notes=("the file does not say how many requests were sent, so failed ones cannot be seen",),
    )


def _stated(entry: dict[str, Any], result: _Result) -> Deployment:
    server = entry.get("server_info")
    server = server if isinstance(server, dict) else {}
    word = (result.algorithm or "").upper()
    gpus = None
    if result.tensor_parallel:
        # Data-parallel attention splits the same GPUs; data parallelism without it takes more of them.
        copies = 1 if result.dp_attention else result.data_parallel or 1
        gpus = result.tensor_parallel * copies * (result.pipeline_parallel or 1)
    return Deployment(
        gpus=gpus,
        prefill_gpus=_of_role(server.get("prefill")),
        decode_gpus=_of_role(server.get("decode")),
        tensor_parallel=result.tensor_parallel,
        expert_parallel=result.expert_parallel,
        dp_attention=result.dp_attention,
        multinode=result.nodes > 1 if result.nodes else None,
        framework="sglang" if result.model else "",
        speculative_decoding=ALGORITHMS.get(word, word.lower())
        or ("none" if "speculative_algorithm" in server else ""),
        model=model_name(result.model or ""),
    )


def _of_role(workers: Any) -> int | None:
    """Return the GPUs of the workers of a role, where each says its tensor parallelism."""
    listed = workers if isinstance(workers, list) else [workers]
    degrees = [worker["tp_size"] for worker in listed if isinstance(worker, dict) and "tp_size" in worker]
    whole = bool(degrees) and len(degrees) == len(listed) and all(isinstance(degree, int) for degree in degrees)
    return sum(degrees) if whole else None


FORMATS = (
    Format(
        name="a line of SGLang's bench_serving",
        command="python -m sglang.bench_serving --backend sglang --output-file RESULTS.jsonl",
        keys=(keys("median_e2e_latency_ms", "completed"),),
        runs=read,
    ),
)
