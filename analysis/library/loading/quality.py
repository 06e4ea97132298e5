"""How far the benchmark's rows agree with themselves: conservation of requests and the prefill/decode identity."""

from typing import Any

import numpy as np
import pandas as pd

from analysis.formulas import requests_accounted_for, total_throughput_per_gpu

PROMPT_FILL = 0.9  # prompts and answers are random between 0.8 and 1.0 of their nominal length, unless a row tells
CONSERVATION = (0.83, 1.05)
IDENTITY_TOLERANCE = 1e-6
NODE_GPUS = 8


def with_quality(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with three columns that say how far each agrees with itself.

    `requests_accounted_for` is Little's law: throughput x latency over what is in flight, near 1 where GPU count,
    latency and throughput fit together. `identity_deviation` is the relative difference between the row's total
    throughput and the one made from its prefill and decode throughputs (NaN where those are missing).
    `doubts` says in words what does not hold, empty where all does. No row is dropped.
    """
    apart = rows["disaggregated"]
    gpus = rows["decode_gpus"] + rows["prefill_gpus"].where(apart, 0)
    share = requests_accounted_for(
        rows["throughput_per_gpu"], gpus, rows["latency_median"], rows["concurrency"], tokens_of_a_request(rows)
    )
    halves = rows["input_throughput_per_prefill_gpu"], rows["output_throughput_per_decode_gpu"]
    total = total_throughput_per_gpu(*halves, rows["prefill_gpus"], rows["decode_gpus"])
    deviation = (total.where(apart, sum(halves)) / rows["throughput_per_gpu"] - 1).abs()
    tests = {
        "requests in flight not accounted for": share.notna() & ~share.between(*CONSERVATION),
        "prefill and decode do not add up": deviation > IDENTITY_TOLERANCE,
        "GPU count is not a node's": ~apart & ~rows["multinode"] & (gpus > NODE_GPUS),
    }
    doubts = pd.Series("", index=rows.index)
    for words, fails in tests.items():
        doubts = doubts.where(~fails, doubts + np.where(doubts == "", "", "; ") + words)
    return rows.assign(requests_accounted_for=share, identity_deviation=deviation, doubts=doubts)


def tokens_of_a_request(rows: pd.DataFrame | pd.Series) -> Any:
    """Return the mean tokens of a request, input and output: as a row tells its fill, else as published rows have."""
    fill = rows.get("fill", np.nan)
    return np.where(pd.isna(fill), PROMPT_FILL, fill) * (rows["input_tokens"] + rows["output_tokens"])


def quality_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Return, per platform and framework, how many rows there are and how many pass each check.

    `not_split` counts the rows whose source does not tell prefill and decode apart, so that they cannot add up. The
    rows have the columns of `with_quality`.
    """
    groups = rows.assign(
        conserved=rows["requests_accounted_for"].between(*CONSERVATION),
        adds_up=rows["identity_deviation"] <= IDENTITY_TOLERANCE,
        not_split=rows["identity_deviation"].isna(),
        no_doubt=rows["doubts"] == "",
    ).groupby(["hardware", "framework"])
    passing = {name: (name, "sum") for name in ("conserved", "adds_up", "not_split", "no_doubt")}
    counts = groups.agg(rows=("doubts", "size"), **passing, first=("date", "min"), last=("date", "max"))
    return counts.reset_index()
