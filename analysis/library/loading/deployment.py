"""How many GPUs a measured deployment really occupied, and which share of them decoded.

The GPU columns do not always hold that. Aggregated rows can hold tensor x expert parallelism, which share the same
GPUs; disaggregated rows without workers hold the whole deployment in the prefill and again in the decode column.
"""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.formulas import total_throughput_per_gpu
from analysis.library.loading.quality import IDENTITY_TOLERANCE, NODE_GPUS

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
