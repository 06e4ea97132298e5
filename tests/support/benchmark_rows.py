"""Benchmark rows for tests: the shipped ones, and small tables in which only what a test is about differs."""

from functools import cache
from typing import Any

import pandas as pd

from analysis.frontier.constraints import Constraints, passing
from analysis.frontier.limits import Narrowing
from analysis.frontier.measured import Measured
from analysis.library.sources import load

DEFAULTS: dict[str, Any] = {
    "hardware": "h200",
    "framework": "trt",
    "precision": "fp8",
    "speculative_decoding": "none",
    "disaggregated": False,
    "multinode": False,
    "prefill_tp": 8,
    "prefill_ep": 1,
    "prefill_dp_attention": False,
    "prefill_workers": 0,
    "decode_tp": 8,
    "decode_ep": 1,
    "decode_dp_attention": False,
    "decode_workers": 0,
    "prefill_gpus": 8,
    "decode_gpus": 8,
    "input_tokens": 1024,
    "output_tokens": 1024,
    "image": "image",
    "interactivity_median": 50.0,
    "interactivity_p99": 40.0,
    "ttft_median": 0.5,
    "ttft_p99": 2.0,
    "tpot_median": 0.02,
    "latency_median": 20.0,
    "throughput_per_gpu": 100.0,
    "input_throughput_per_prefill_gpu": 50.0,
    "output_throughput_per_decode_gpu": 50.0,
    "date": "2026-03-01",
    "publisher": "SemiAnalysis",
    "accuracy": 0.95,
    "suspect": "",
}


@cache
def shipped() -> pd.DataFrame:
    """Return the benchmark rows that the project ships, as they are loaded."""
    return load().benchmark


def table(*rows: dict[str, Any]) -> pd.DataFrame:
    """Return a table of rows with defaults for what they do not say, each of another concurrency."""
    numbered = [{**DEFAULTS, "concurrency": 2**place, "run_id": place} | row for place, row in enumerate(rows)]
    return pd.DataFrame(numbered).astype({"date": "datetime64[ns]"})


def apply(rows: pd.DataFrame, constraints: Constraints) -> tuple[pd.DataFrame, tuple[Narrowing, ...]]:
    """Return the rows that pass, with the column `older`, and what each constraint removed."""
    left = passing(Measured(rows), constraints)
    return left.rows, left.steps
