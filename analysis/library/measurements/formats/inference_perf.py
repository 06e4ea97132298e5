"""Reads a stage of inference-perf, its time per output token made anew: the one in the file is not.

In published reports it is half as long as (latency - TTFT) / (output tokens - 1), for it counts pieces of a stream.
Source of the format: https://github.com/kubernetes-sigs/inference-perf, docs/reports.md.
"""

from typing import Annotated, Any

from pydantic import AliasPath, BaseModel, ConfigDict, Field

from analysis.library.loading.fields import Positive
from analysis.library.loading.outside import checked
from analysis.library.measurements.consistency import with_rebuilt_tpot
from analysis.library.measurements.deployment import Deployment
from analysis.library.measurements.document import Document
from analysis.library.measurements.format import Format, Runs, keys
from analysis.library.measurements.formats.vllm import Count
from analysis.library.measurements.run import NONE, Run, Timing

NOTE = (
    "time per output token: from (request_latency - time_to_first_token) / (output_len - 1) of the medians; the "
    "file's own counts pieces of a stream"
)


def _at(*path: str, **default: Any) -> Any:
    return Field(validation_alias=AliasPath("successes", *path), **default)


class _Stage(BaseModel):
    model_config = ConfigDict(strict=True)

    answered: Count = _at("count")
    failed: Annotated[int, Field(ge=0)] = Field(0, validation_alias=AliasPath("failures", "count"))
    request_rate: Positive = _at("throughput", "requests_per_sec")
    output_throughput: Positive = _at("throughput", "output_tokens_per_sec")
    throughput: Positive = _at("throughput", "total_tokens_per_sec")
    input_tokens: Positive = _at("prompt_len", "mean")
    output_tokens: Annotated[float, Field(gt=1, lt=1e9)] = _at("output_len", "mean")
    latency_median: Positive = _at("latency", "request_latency", "median")
    latency_mean: Positive = _at("latency", "request_latency", "mean")
    ttft_median: Positive = _at("latency", "time_to_first_token", "median")
    ttft_mean: Positive = _at("latency", "time_to_first_token", "mean")
    ttft_p99: Positive | None = _at("latency", "time_to_first_token", "p99", default=None)


def read(document: Document) -> Runs:
    """Return the runs of a document.

    Raises:
        InputError: An entry is no stage of a streamed run.
    """
    return Runs(tuple(_run(entry, place) for place, entry in document.entries))


def _run(entry: Any, place: str) -> Run:
    stage = checked(_Stage, entry, place)
    return with_rebuilt_tpot(
        Run(
            place=place,
            deployment=Deployment(),
            input_tokens=stage.input_tokens,
            output_tokens=stage.output_tokens,
            throughput=stage.throughput,
            output_throughput=stage.output_throughput,
            tpot=NONE,
            ttft=Timing(stage.ttft_median, stage.ttft_mean, stage.ttft_p99),
            latency=Timing(stage.latency_median, stage.latency_mean),
            requests=stage.answered,
            failed=stage.failed,
            request_rate=stage.request_rate,
            notes=(NOTE,),
        )
    )


FORMATS = (
    Format(
        name="a stage of inference-perf",
        command="inference-perf (stage_N_lifecycle_metrics.json); its time per output token is made anew",
        keys=(keys("load_summary", "successes"),),
        runs=read,
    ),
)
