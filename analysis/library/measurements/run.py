"""One measured run in the units of the project, whichever tool wrote it, and the row that it becomes."""

import re
from dataclasses import dataclass, field
from typing import Any

from analysis.errors import InputError
from analysis.library.measurements.deployment import SPECULATIVE, UNSTATED, Deployment, columns, demand, option

NOMINAL_LENGTHS = (1024, 8192)
# Prompts and answers of the published rows are random between 0.8 and 1.0 of their nominal length; special tokens
# and the tokenizer's way back and forth add a few.
NOMINAL_SHARE = (0.8, 1.05)
GIVEN_SHARE = (0.4, 1.6)
"""How far the mean length may lie from the nominal one that the reader gives: prompts may vary as widely as that."""
ROW_NEEDS = ("hardware", "gpus", "precision", "date")
_CACHE = re.compile(r"(?:^|/)models--[^/]*?--([^/]+?)(?:/|$)")


@dataclass(frozen=True)
class Timing:
    """A duration over the requests of a run, in s; None where the tool does not tell it."""

    median: float | None = None
    mean: float | None = None
    p99: float | None = None

    @property
    def typical(self) -> float | None:
        """The mean, or the median where there is none."""
        return self.mean if self.mean is not None else self.median


NONE = Timing()


@dataclass(frozen=True, kw_only=True)
class Run:
    """One operating point."""

    place: str  # how messages name it
    deployment: Deployment  # what its file states of the deployment
    throughput: float  # input and output tokens a second, in tok/s of the whole deployment
    tpot: Timing  # time per output token after the first
    input_tokens: float | None = None  # mean input tokens of a request, where the file tells
    output_tokens: float | None = None  # mean output tokens of a request, likewise
    output_throughput: float | None = None  # output tokens a second, in tok/s of the whole deployment
    ttft: Timing = NONE  # time to first token
    latency: Timing = NONE  # from request to last token
    requests: int | None = None  # that were answered
    failed: int = 0  # requests that were not
    duration: float | None = None  # of the run, in s
    request_rate: float | None = None  # requests answered a second
    cap: int | None = None  # how many requests the client let be in flight
    in_flight: float | None = None  # how many were, in the mean, as the tool tells it
    peak: float | None = None  # how many were at most
    notes: tuple[str, ...] = field(default=())  # what a reader must know of how it was read

    @property
    def rate(self) -> float | None:
        """Requests answered a second."""
        if self.request_rate is None and self.requests and self.duration:
            return self.requests / self.duration
        return self.request_rate


def model_name(model_id: str) -> str:
    """Return the name of a model from its id or path; empty where a path ends in a hash that names none."""
    if cached := _CACHE.search(model_id):
        return cached[1]
    name = model_id.rstrip("/").rpartition("/")[2]
    return "" if re.fullmatch(r"[0-9a-f]{40}", name) else name


def nominal(mean: float | None, given: int | None, kind: str, place: str) -> int:
    """Return the nominal length of prompts or answers.

    Args:
        mean: Mean tokens of a request; None where the file does not tell.
        given: As the file or the reader states it; told from the mean where neither does.
        kind: "input" or "output".
        place: How messages name the run.

    Raises:
        InputError: The mean lies too far from what is given, or belongs to none of the usual lengths.
    """
    if given is not None:
        low, high = GIVEN_SHARE
        if mean is not None and not low * given <= mean <= high * given:
            raise InputError(
                f"{place}: found {mean:,.0f} {kind} tokens a request, {given:,} are stated "
                f"({option(f'{kind}_tokens')}); allowed is a mean of {low} to {high} of it"
            )
        return given
    if mean is None:
        raise InputError(f"{place}: does not say the {kind} length; give {option(f'{kind}_tokens')}")
    low, high = NOMINAL_SHARE
    for length in NOMINAL_LENGTHS:
        if low * length <= mean <= high * length:
            return length
    raise InputError(
        f"{place}: found {mean:,.0f} {kind} tokens a request, not within {low} to {high} of a nominal length "
        f"({', '.join(map(str, NOMINAL_LENGTHS))}); give the nominal {kind} length ({option(f'{kind}_tokens')})"
    )


def record(run: Run, deployment: Deployment, concurrency: int, platforms: tuple[str, ...]) -> dict[str, Any]:
    """Return the row of a run, by the columns of `analysis.library.loading.schemas.BENCHMARK`.

    Interactivity is 1 / TPOT, throughput per GPU is all tokens a second / all GPUs. TPOT leaves the first token out,
    as in the published rows. `fill` is what share of the nominal lengths the requests had.

    Raises:
        InputError: Something that a row needs is not stated, or is not allowed.
    """
    demand(deployment, ROW_NEEDS, run.place)
    if deployment.speculative_decoding == SPECULATIVE:
        raise InputError(
            f"{run.place}: reports speculative decoding and not of which kind; give --speculative-decoding, such as "
            "mtp, eagle or ngram"
        )
    lengths = {
        f"{kind}_tokens": nominal(
            getattr(run, f"{kind}_tokens"), getattr(deployment, f"{kind}_tokens"), kind, run.place
        )
        for kind in ("input", "output")
    }
    described = columns(deployment, platforms)
    gpus, output = deployment.all_gpus or 0, run.output_throughput
    tokens = None if run.input_tokens is None or run.output_tokens is None else run.input_tokens + run.output_tokens
    return {
        "run_id": 0,
        **described,
        **lengths,
        "concurrency": concurrency,
        "interactivity_median": run.tpot.median and 1 / run.tpot.median,
        "interactivity_p99": run.tpot.p99 and 1 / run.tpot.p99,
        "ttft_median": run.ttft.median,
        "ttft_p99": run.ttft.p99,
        "tpot_median": run.tpot.median,
        "latency_median": run.latency.median,
        "throughput_per_gpu": run.throughput / gpus,
        "input_throughput_per_prefill_gpu": output and (run.throughput - output) / described["prefill_gpus"],
        "output_throughput_per_decode_gpu": output and output / (described["decode_gpus"] or gpus),
        "date": deployment.date,
        "fill": tokens and tokens / sum(lengths.values()),
    }


def unstated(deployment: Deployment) -> list[str]:
    """Return what a row leaves unstated, each with the option that states it."""
    return [
        f"{name.replace('_', ' ')}: the file does not say; the row says {UNSTATED!r}, {option(name)} states it"
        for name in ("framework", "speculative_decoding")
        if not getattr(deployment, name)
    ]
