"""Reads a result file of `vllm bench serve --save-result`: one operating point of one deployment.

Source of the format: https://github.com/vllm-project/vllm, vllm/benchmarks/serve.py.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from analysis.errors import InputError
from analysis.library.loading.fields import Positive, Text
from analysis.library.loading.outside import checked, excerpt
from analysis.library.measurements.rows import Measurements, platform_key, table

FORMAT = "a result of vllm bench serve"
MOST_GPUS = 100_000
NOMINAL_LENGTHS = (1024, 8192)
# Prompts and answers of the published rows are random between 0.8 and 1.0 of their nominal length; special tokens
# and the tokenizer's way back and forth add a few.
NOMINAL_SHARE = (0.8, 1.05)


@dataclass(frozen=True)
class Deployment:
    """The deployment that a result file measured, which the file does not describe.

    Attributes:
        hardware: Key of a platform.
        gpus: All GPUs of the deployment, the denominator of its throughput.
        precision: "fp8" or "fp4".
        speculative_decoding: "none" or "mtp".
        framework: What served; the benchmark's client measures other servers too.
        tensor_parallel: Tensor-parallel degree; all GPUs where it is not given.
        expert_parallel: Expert-parallel degree.
        dp_attention: Whether attention runs data-parallel.
        multinode: Whether it spans several nodes.
        input_tokens: Nominal input length (ISL); derived from the file where it is not given.
        output_tokens: Nominal output length (OSL); likewise.
        image: Container image, so the software's version.
    """

    hardware: str
    gpus: int
    precision: str
    speculative_decoding: str = "none"
    framework: str = "vllm"
    tensor_parallel: int | None = None
    expert_parallel: int = 1
    dp_attention: bool = False
    multinode: bool = False
    input_tokens: int | None = None
    output_tokens: int | None = None
    image: str = ""

    def columns(self) -> dict[str, Any]:
        """Return the columns of a row that the deployment alone fills: one pool of GPUs for both roles."""
        role = {
            "tp": self.tensor_parallel or self.gpus,
            "ep": self.expert_parallel,
            "dp_attention": self.dp_attention,
            "workers": 0,
            "gpus": self.gpus,
        }
        return {
            "framework": self.framework,
            "precision": self.precision,
            "speculative_decoding": self.speculative_decoding,
            "disaggregated": False,
            "multinode": self.multinode,
            "image": self.image,
            **{f"{name}_{key}": value for name in ("prefill", "decode") for key, value in role.items()},
        }


def _day(text: str) -> str:
    try:
        return datetime.datetime.strptime(text, "%Y%m%d-%H%M%S").date().isoformat()
    except ValueError:
        raise ValueError("must be a day and time, YYYYMMDD-HHMMSS") from None


def _in_seconds(milliseconds: float) -> float:
    return milliseconds / 1000


def _name(model_id: str) -> str:
    name = model_id.rsplit("/", 1)[-1]
    if not name.strip():
        raise ValueError("must end with the name of a model")
    return name


PositiveCount = Annotated[int, Field(ge=1, lt=2**62)]
Seconds = Annotated[Positive, AfterValidator(_in_seconds)]


class _Result(BaseModel):
    model_config = ConfigDict(strict=True)

    date: Annotated[str, AfterValidator(_day)]
    model: Annotated[Text, AfterValidator(_name)] = Field(alias="model_id")
    num_prompts: PositiveCount
    completed: PositiveCount | None = None
    concurrency: PositiveCount = Field(alias="max_concurrency")
    total_input_tokens: PositiveCount
    total_output_tokens: PositiveCount
    output_throughput: Positive
    total_token_throughput: Positive
    ttft_median: Seconds = Field(alias="median_ttft_ms")
    ttft_p99: Seconds | None = Field(None, alias="p99_ttft_ms")
    tpot_median: Seconds = Field(alias="median_tpot_ms")
    tpot_p99: Seconds | None = Field(None, alias="p99_tpot_ms")
    latency_median: Seconds | None = Field(None, alias="median_e2el_ms")
    spec_decode_num_drafts: Annotated[int, Field(ge=0)] = 0

    def columns(self, gpus: int) -> dict[str, Any]:
        measured = {"concurrency", "ttft_median", "ttft_p99", "tpot_median", "latency_median", "date"}
        return self.model_dump(include=measured) | {
            "interactivity_median": 1 / self.tpot_median,
            "interactivity_p99": self.tpot_p99 and 1 / self.tpot_p99,
            "throughput_per_gpu": self.total_token_throughput / gpus,
            "input_throughput_per_prefill_gpu": (self.total_token_throughput - self.output_throughput) / gpus,
            "output_throughput_per_decode_gpu": self.output_throughput / gpus,
            "run_id": 0,
        }


def read(result: Any, place: str, deployment: Deployment, platforms: Iterable[str]) -> Measurements:
    """Return the one row of a result file.

    Interactivity is 1 / TPOT, throughput per GPU is the total token throughput / GPUs. TPOT leaves the first token
    out, as in the published rows.

    Args:
        result: The file's content, parsed.
        place: How messages name it.
        deployment: The deployment, which the file does not describe.
        platforms: Keys of the platforms that the project knows.

    Raises:
        InputError: The file is no result of a serving benchmark, some of its requests failed, it contradicts the
            deployment, or its lengths are no nominal ones.
    """
    measured = checked(_Result, result, place)
    if measured.completed not in (None, measured.num_prompts):
        raise InputError(
            f"{place}, completed: found {measured.completed}; must be num_prompts, {measured.num_prompts}"
        )
    if measured.spec_decode_num_drafts and deployment.speculative_decoding == "none":
        raise InputError(f"{place}: reports speculative decoding; the deployment says 'none'")
    if not 1 <= deployment.gpus <= MOST_GPUS:
        raise InputError(
            f"number of GPUs: found {excerpt(deployment.gpus)}; must be at least 1 and at most {MOST_GPUS:,}"
        )
    try:
        hardware = platform_key(deployment.hardware, platforms)
    except ValueError as error:
        raise InputError(f"unknown hardware {deployment.hardware!r}; {error}") from None
    record = {
        "hardware": hardware,
        **deployment.columns(),
        "input_tokens": deployment.input_tokens
        or _nominal(measured.total_input_tokens / measured.num_prompts, "input", place),
        "output_tokens": deployment.output_tokens
        or _nominal(measured.total_output_tokens / measured.num_prompts, "output", place),
        **measured.columns(deployment.gpus),
    }
    rows = table([record], place, lambda _: place)
    return Measurements(FORMAT, rows, measured.model)


def _nominal(mean: float, kind: str, place: str) -> int:
    low, high = NOMINAL_SHARE
    for nominal in NOMINAL_LENGTHS:
        if low * nominal <= mean <= high * nominal:
            return nominal
    raise InputError(
        f"{place}: found {mean:,.0f} {kind} tokens a request, not within {low} to {high} of a nominal length "
        f"({', '.join(map(str, NOMINAL_LENGTHS))}); give the nominal {kind} length"
    )
