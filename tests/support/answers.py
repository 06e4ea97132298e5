"""What others answer and write: the InferenceX API's results and the result file of `vllm bench serve`."""

from functools import cache
from typing import Any

import pandas as pd

from analysis.library.loading.schemas import BENCHMARK, OWN
from analysis.library.loading.tables import read_table
from analysis.library.sources import DATA, SNAPSHOT

SNAPSHOTS = DATA / "benchmarks"
PLATFORMS = ("h100", "h200", "b200", "b300", "gb200", "gb300", "mi300x", "mi325x", "mi355x")
METRICS = {
    "interactivity_median": "median_intvty",
    "interactivity_p99": "p99_intvty",
    "ttft_median": "median_ttft",
    "ttft_p99": "p99_ttft",
    "tpot_median": "median_tpot",
    "latency_median": "median_e2el",
    "throughput_per_gpu": "tput_per_gpu",
    "input_throughput_per_prefill_gpu": "input_tput_per_gpu",
    "output_throughput_per_decode_gpu": "output_tput_per_gpu",
    "joules_per_output_token": "joules_per_output_token",
    "average_power": "avg_power_w",
}
NAMES = {
    "speculative_decoding": "spec_method",
    "disaggregated": "disagg",
    "multinode": "is_multinode",
    "prefill_workers": "prefill_num_workers",
    "decode_workers": "decode_num_workers",
    "prefill_gpus": "num_prefill_gpu",
    "decode_gpus": "num_decode_gpu",
    "input_tokens": "isl",
    "output_tokens": "osl",
    "concurrency": "conc",
}


@cache
def shipped() -> pd.DataFrame:
    """The rows that come with the project."""
    return read_table(SNAPSHOTS / f"{SNAPSHOT}.csv", BENCHMARK)


def results(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as the InferenceX API answers them, with the further forms of each metric beside those that are used."""
    return [_result(row) for row in rows.to_dict("records")]


def _result(row: dict[str, Any]) -> dict[str, Any]:
    metrics = {name: row.pop(column) for column, name in METRICS.items()}
    metrics = {name: value for name, value in metrics.items() if not pd.isna(value)}
    run = f"https://github.com/SemiAnalysisAI/InferenceX/actions/runs/{row.pop('run_id')}/attempts/1"
    plain = {NAMES.get(column, column): value for column, value in row.items() if column not in OWN}
    return plain | {
        "model": "dsr1",
        "image": row["image"] or None,
        "date": f"{row['date']:%Y-%m-%d}",
        "run_url": run,
        "metrics": metrics | {"mean_ttft": 0.5, "std_ttft": 0.1, "p90_ttft": 0.9},
    }


def vllm_result(**changes: Any) -> dict[str, Any]:
    """A result file of `vllm bench serve`: 8 GPUs, 1k/1k, 64 requests in flight."""
    return {
        "date": "20260415-101500",
        "backend": "openai",
        "model_id": "deepseek-ai/DeepSeek-R1-0528",
        "tokenizer_id": "deepseek-ai/DeepSeek-R1-0528",
        "num_prompts": 640,
        "request_rate": "inf",
        "burstiness": 1.0,
        "max_concurrency": 64,
        "duration": 250.0,
        "completed": 640,
        "failed": 0,
        "total_input_tokens": 590_000,
        "total_output_tokens": 580_000,
        "request_throughput": 2.56,
        "request_goodput": None,
        "output_throughput": 2320.0,
        "total_token_throughput": 4680.0,
        "mean_ttft_ms": 512.0,
        "median_ttft_ms": 400.0,
        "std_ttft_ms": 90.0,
        "p99_ttft_ms": 900.0,
        "mean_tpot_ms": 25.5,
        "median_tpot_ms": 25.0,
        "std_tpot_ms": 1.0,
        "p99_tpot_ms": 32.0,
        "mean_itl_ms": 25.0,
        "median_itl_ms": 24.0,
        **changes,
    }
