"""How many GPUs a deployment really occupied, and how far the benchmark's rows agree with themselves."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

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


WHOLE = 1e-3  # how near a recovered number of GPUs must be to a whole one


def gpus(rows: pd.DataFrame) -> pd.Series:
    """Return the number of GPUs that each row's deployment occupied.

    Disaggregated: prefill and decode GPUs, or one of the two columns where both hold the whole deployment.
    Aggregated: the GPU column, or the tensor parallelism where the column holds its product with expert parallelism;
    on a single node at most its 8.
    """
    apart, several, prefill, decode, tp, ep = _columns(
        rows, "disaggregated", "multinode", "prefill_gpus", "decode_gpus", "prefill_tp", "prefill_ep"
    )
    tensor = np.where(prefill == tp * ep, tp, prefill)
    aggregated = np.where(several, tensor, np.minimum(tensor, NODE_GPUS))
    occupied = np.where(_holds_whole_deployment(rows), prefill, prefill + decode)
    return pd.Series(np.where(apart, occupied, aggregated), rows.index, name="gpus")


def decode_share(rows: pd.DataFrame) -> pd.Series:
    """Return the share of each deployment's GPUs that decoded, in the unit 1; NaN where the row contradicts itself.

    All of an aggregated deployment's GPUs decode. In a disaggregated one with P prefill and D decode GPUs, input
    throughput i per prefill GPU and output throughput o per decode GPU, the total over all GPUs is
    t = (i P + o D) / (P + D), which tells whether the columns hold P and D. Where they hold the whole deployment N
    instead, P = N (t - o) / (i - o) recovers the split, and is believed only where it is a whole number. (Input and
    output tokens then stand in the ratio of the workload, which was not used.)
    """
    apart, total, inputs, outputs, prefill, decode = _columns(
        rows, "disaggregated", "throughput_per_gpu", "input_throughput_per_prefill_gpu",
        "output_throughput_per_decode_gpu", "prefill_gpus", "decode_gpus",
    )  # fmt: skip
    whole = _holds_whole_deployment(rows)
    with np.errstate(divide="ignore", invalid="ignore"):
        recovered = prefill * (total - outputs) / np.where(inputs == outputs, np.nan, inputs - outputs)
        believed = np.where(np.abs(recovered - np.round(recovered)) < WHOLE, np.round(recovered), np.nan)
        prefill, decode = np.where(whole, believed, prefill), np.where(whole, prefill - believed, decode)
        halves = total_throughput_per_gpu(inputs, outputs, prefill, decode)
        rebuilt, share = np.where(apart, halves, inputs + outputs), np.where(apart, decode / (prefill + decode), 1.0)
        consistent = np.abs(rebuilt / total - 1) <= IDENTITY_TOLERANCE
    known = np.where(consistent & (share > 0) & (share <= 1), share, np.nan)
    return pd.Series(known, rows.index, name="decode_share")


def _holds_whole_deployment(rows: pd.DataFrame) -> NDArray[np.bool_]:
    apart, prefill, decode, prefilling, decoding = _columns(
        rows, "disaggregated", "prefill_gpus", "decode_gpus", "prefill_workers", "decode_workers"
    )
    return np.asarray(apart & (prefilling == 0) & (decoding == 0) & (prefill == decode))


def _columns(rows: pd.DataFrame, *names: str) -> list[NDArray[Any]]:
    return [rows[name].to_numpy() for name in names]
