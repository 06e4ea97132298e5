"""Reads the answer of the InferenceX API: a JSON array of benchmark results.

Source of the format: https://github.com/SemiAnalysisAI/InferenceX-app, packages/db/src/queries/benchmarks.ts.
"""

import datetime
import re
from collections import Counter
from collections.abc import Iterable
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, model_validator

from analysis.errors import InputError
from analysis.library.loading.columns import STACK_WORD
from analysis.library.loading.fields import PlainLine, Positive, Text, checked, excerpt, iso_day
from analysis.library.loading.origins import Origin, named
from analysis.library.loading.schemas import POWER, PRECISIONS
from analysis.library.measurements.document import Document
from analysis.library.measurements.format import Format
from analysis.library.measurements.rows import Measurements, platform_key, table

NAME = "an answer of the InferenceX API"
API = "https://inferencex.semianalysis.com/api/v1/"
RUN_URL = "https://github.com/SemiAnalysisAI/InferenceX/actions/runs/{run_id}"
PUBLISHER = "SemiAnalysis"
MODELS = {"dsr1": "DeepSeek-R1-0528"}
BENCHMARK_TYPE = "single_turn"
_RUN = re.compile(r"https://github\.com/[\w.-]+/[\w.-]+/actions/runs/([0-9]{1,18})(/attempts/[0-9]+)?", re.ASCII)


def _platform(name: str, info: ValidationInfo) -> str:
    assert isinstance(info.context, dict)
    return platform_key(name, info.context["platforms"])


def _day(text: str) -> str:
    return iso_day(text).isoformat()


def run_of_address(address: str | None) -> int:
    """Return the number of the GitHub run at an address; 0 where there is none.

    Raises:
        ValueError: It is the address of something else.
    """
    if address is None:
        return 0
    if not isinstance(address, str) or not (run := _RUN.fullmatch(address)):
        raise ValueError("must be the address of a GitHub run, .../actions/runs/RUN/attempts/N, or null")
    return int(run[1])


_WORD = Field(pattern=rf"^{STACK_WORD}$")
Count = Annotated[int, Field(ge=0, lt=2**62)]


def demand_inverse(interactivity: float | None, tpot: float | None) -> None:
    """Check that a median interactivity and a median TPOT, where both are told, are in tok/s/user and s.

    Raises:
        ValueError: They are not each other's inverse.
    """
    if interactivity and tpot and abs(interactivity * tpot - 1) > 0.05:
        raise ValueError(
            f"median TPOT is {tpot:g} and interactivity {interactivity:g}; in s and tok/s/user they are each other's "
            "inverse"
        )


class _Metrics(BaseModel):
    model_config = ConfigDict(strict=True)

    interactivity_median: Positive = Field(alias="median_intvty")
    interactivity_p99: Positive | None = Field(None, alias="p99_intvty")
    ttft_median: Positive | None = Field(None, alias="median_ttft")
    ttft_p99: Positive | None = Field(None, alias="p99_ttft")
    tpot_median: Positive | None = Field(None, alias="median_tpot")
    latency_median: Positive | None = Field(None, alias="median_e2el")
    throughput_per_gpu: Positive = Field(alias="tput_per_gpu")
    input_throughput_per_prefill_gpu: Positive | None = Field(None, alias="input_tput_per_gpu")
    output_throughput_per_decode_gpu: Positive | None = Field(None, alias="output_tput_per_gpu")
    joules_per_output_token: Positive | None = None
    average_power: Positive | None = Field(None, alias="avg_power_w")
    power_valid: Literal[0, 1] = 1

    @model_validator(mode="after")
    def _hold(self) -> Self:
        demand_inverse(self.interactivity_median, self.tpot_median)
        return self


class _Result(BaseModel):
    model_config = ConfigDict(strict=True)

    model: Text
    hardware: Annotated[str, AfterValidator(_platform)]
    framework: Annotated[str, _WORD]
    precision: str
    speculative_decoding: Annotated[str, _WORD] = Field(alias="spec_method")
    disaggregated: bool = Field(alias="disagg")
    multinode: bool = Field(alias="is_multinode")
    prefill_tp: Count
    prefill_ep: Count
    prefill_dp_attention: bool
    prefill_workers: Count = Field(alias="prefill_num_workers")
    decode_tp: Count
    decode_ep: Count
    decode_dp_attention: bool
    decode_workers: Count = Field(alias="decode_num_workers")
    prefill_gpus: Count = Field(alias="num_prefill_gpu")
    decode_gpus: Count = Field(alias="num_decode_gpu")
    input_tokens: Count = Field(alias="isl")
    output_tokens: Count = Field(alias="osl")
    concurrency: Count = Field(alias="conc")
    image: PlainLine | None
    date: Annotated[str, AfterValidator(_day)]
    run_id: Annotated[int, BeforeValidator(run_of_address)] = Field(alias="run_url")
    metrics: _Metrics

    def record(self) -> dict[str, Any]:
        row = self.model_dump(exclude={"model", "metrics"})
        measured = self.metrics.model_dump(exclude={"power_valid", *(() if self.metrics.power_valid else POWER)})
        return row | measured | {"image": self.image or ""}


def read(results: Any, place: str, platforms: Iterable[str]) -> Measurements:
    """Return the results of an answer as rows.

    Results that say of themselves that they belong to another benchmark (`benchmark_type`, such as agentic traces)
    have no input and output length. They are left out and counted, and so are results of a platform or a precision
    that the tables do not know: one word must not refuse all others.

    Raises:
        InputError: The answer is no JSON array of results, has none of this benchmark, mixes models, or a result
            cannot be understood; the message names its position, key, what was found and what is allowed.
    """
    if not isinstance(results, list):
        raise InputError(f"{place}: found {excerpt(results)}, allowed is a JSON array of results")
    kinds = [_kind(result, platforms) for result in results]
    positions = [position for position, kind in enumerate(kinds) if kind == BENCHMARK_TYPE]
    left_out = Counter(kind for kind in kinds if kind != BENCHMARK_TYPE)
    if not positions:
        others = "".join(f"; {count} of {excerpt(kind)}" for kind, count in left_out.items())
        raise InputError(f"{place}: found {len(results)} results, none of benchmark type {BENCHMARK_TYPE!r}{others}")
    numbered = {position: results[position] for position in positions}
    parsed = checked(dict[int, _Result], numbered, place, {"platforms": list(platforms)})
    models = sorted({result.model for result in parsed.values()})
    if len(models) > 1:
        raise InputError(f"{place}: found rows of the models {', '.join(models)}; allowed is one model")
    rows = table(
        (result.record() for result in parsed.values()), place, lambda index: f"{place}, [{positions[index]}]"
    )
    return Measurements(NAME, rows, MODELS.get(models[0], models[0]), left_out)


def origin(name: str, model: str, url: str, retrieved: datetime.date, rows: int) -> Origin:
    """Return the origin of rows that the API answered, with whom to name."""
    return named(
        id=name,
        title=f"InferenceX benchmark rows, {model}, latest per configuration",
        publisher=PUBLISHER,
        url=url,
        license="Apache-2.0",
        attribution="Data from InferenceX (https://github.com/SemiAnalysisAI/InferenceX)",
        run_url=RUN_URL,
        retrieved=retrieved,
        rows=rows,
    )


def _kind(result: Any, platforms: Iterable[str]) -> str:
    """Return the benchmark that a result belongs to, or which of its words no table knows."""
    if not isinstance(result, dict):
        return BENCHMARK_TYPE
    if (kind := result.get("benchmark_type")) not in (None, BENCHMARK_TYPE):
        return str(kind)
    hardware, precision = result.get("hardware"), result.get("precision")
    if isinstance(hardware, str):
        try:
            platform_key(hardware, platforms)
        except ValueError as error:
            return f"hardware {hardware}: {error}"
    if isinstance(precision, str) and precision not in PRECISIONS:
        return f"precision {precision}"
    return BENCHMARK_TYPE


def _read(document: Document, platforms: tuple[str, ...]) -> Measurements:
    return read([entry for _, entry in document.entries], str(document.path), platforms)


FORMAT = Format(
    name=NAME,
    command=f"curl '{API}benchmarks?model=DeepSeek-R1-0528', or `fetch`",
    keys=({"hardware", "metrics"}, {"benchmark_type"}, {"metrics", "run_url"}),
    rows=_read,
    publisher=PUBLISHER,
)
