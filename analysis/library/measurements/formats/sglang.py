"""Reads JSON lines of SGLang's `bench_serving`, one run a line.

Source of the format: https://github.com/sgl-project/sglang, python/sglang/bench_serving.py. It has no day, does not
say how many requests were sent, and writes the word Infinity. Its inter-token latency is that of chunks.
"""

from pathlib import Path
from typing import Any

from pydantic import Field

from analysis.errors import InputError
from analysis.library.loading.fields import Positive, checked
from analysis.library.measurements.deployment import Deployment
from analysis.library.measurements.format import MILLISECONDS, Count, Format, Result, at, each, timed
from analysis.library.measurements.run import Run, model_name

ALGORITHMS = {"NEXTN": "mtp", "EAGLE": "eagle", "EAGLE3": "eagle3", "NGRAM": "ngram", "STANDALONE": "draft-model"}
"""SGLang's words for speculative decoding. It serves MTP as EAGLE, too, so the reader may say mtp of that."""


class _Result(Result):
    model_config = timed(lambda name, part: f"{part}_{'e2e_latency' if name == 'latency' else name}_ms")

    requests: Count = Field(validation_alias="completed")
    duration: Positive
    total_input_tokens: Count
    total_output_tokens: Count
    request_rate: Positive | None = Field(None, validation_alias="request_throughput")
    output_throughput: Positive
    input_throughput: Positive | None = None
    total_throughput: Positive | None = None
    cap: Count | None = Field(None, validation_alias="max_concurrency")
    in_flight: Positive | None = Field(None, validation_alias="concurrency")
    model: str | None = at("server_info", "model_path", default=None)
    tensor_parallel: Count | None = at("server_info", "tp_size", default=None)
    data_parallel: Count | None = at("server_info", "dp_size", default=None)
    pipeline_parallel: Count | None = at("server_info", "pp_size", default=None)
    expert_parallel: Count | None = at("server_info", "ep_size", default=None)
    dp_attention: bool | None = at("server_info", "enable_dp_attention", default=None)
    algorithm: str | None = at("server_info", "speculative_algorithm", default=None)
    nodes: Count | None = at("server_info", "nnodes", default=None)


def _run(entry: Any, place: str, path: Path) -> Run:
    if isinstance(entry, dict) and entry.get("completed") == 0:
        raise InputError(f"{place}: no request was answered; allowed is a run in which none failed")
    if isinstance(entry, dict) and "median_tpot_ms" not in entry:
        raise InputError(
            f"{place}: has no median_tpot_ms, as results of 2024 do; its inter-token latency is that of chunks of "
            "tokens: measure with a bench_serving of 2025 or later"
        )
    result = checked(_Result, entry, place)
    total = result.total_throughput or (result.input_throughput or 0) + result.output_throughput
    return result.run(
        place,
        _stated(entry, result),
        MILLISECONDS,
        input_tokens=result.total_input_tokens / result.requests,
        output_tokens=result.total_output_tokens / result.requests,
        throughput=total,
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


FORMAT = Format(
    name="a line of SGLang's bench_serving",
    command="python -m sglang.bench_serving --backend sglang --output-file RESULTS.jsonl",
    keys=({"median_e2e_latency_ms", "completed"},),
    runs=each(_run),
)
