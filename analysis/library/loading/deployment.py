"""How many GPUs a measured deployment really occupied, and which share of them decoded.

The GPU columns do not always hold that. Aggregated rows can hold tensor x expert parallelism, which share the same
GPUs; disaggregated rows without workers hold the whole deployment in the prefill and again in the decode column.
"""

import numpy as np
import pandas as pd

from analysis.formulas import total_throughput_per_gpu
from analysis.library.loading.quality import IDENTITY_TOLERANCE, NODE_GPUS

WHOLE = 1e-3  # how near a recovered number of GPUs must be to a whole one


def gpus(rows: pd.DataFrame) -> pd.Series:
    """Return the number of GPUs that each row's deployment occupied.

    Disaggregated: prefill and decode GPUs, or one of the two columns where both hold the whole deployment.
    Aggregated: the GPU column, or the tensor parallelism where the column holds its product with expert parallelism;
    on a single node at most its 8.
    """
    prefill, decode = rows["prefill_gpus"], rows["decode_gpus"]
    product = prefill == rows["prefill_tp"] * rows["prefill_ep"]
    aggregated = prefill.mask(product, rows["prefill_tp"])
    aggregated = aggregated.where(rows["multinode"], aggregated.clip(upper=NODE_GPUS))
    apart = (prefill + decode).mask(_holds_whole_deployment(rows), prefill)
    return aggregated.where(~rows["disaggregated"], apart).rename("gpus")


def decode_share(rows: pd.DataFrame) -> pd.Series:
    """Return the share of each deployment's GPUs that decoded, in the unit 1; NaN where the row contradicts itself.

    All of an aggregated deployment's GPUs decode. In a disaggregated one with P prefill and D decode GPUs, input
    throughput i per prefill GPU and output throughput o per decode GPU, the total over all GPUs is
    t = (i P + o D) / (P + D), which tells whether the columns hold P and D. Where they hold the whole deployment N
    instead, P = N (t - o) / (i - o) recovers the split, and is believed only where it is a whole number. (Input and
    output tokens then stand in the ratio of the workload, which was not used.)
    """
    apart, total = rows["disaggregated"], rows["throughput_per_gpu"]
    inputs, outputs = rows["input_throughput_per_prefill_gpu"], rows["output_throughput_per_decode_gpu"]
    prefill, decode = rows["prefill_gpus"], rows["decode_gpus"]
    whole = _holds_whole_deployment(rows)

    recovered = prefill * (total - outputs) / (inputs - outputs).replace(0, np.nan)
    believed = recovered.round().where((recovered - recovered.round()).abs() < WHOLE)
    prefill = prefill.where(~whole, believed)
    decode = decode.where(~whole, rows["prefill_gpus"] - believed)

    rebuilt = total_throughput_per_gpu(inputs, outputs, prefill, decode).where(apart, inputs + outputs)
    consistent = (rebuilt / total - 1).abs() <= IDENTITY_TOLERANCE
    share = (decode / (prefill + decode)).where(apart, 1.0)
    return share.where(consistent & share.between(0, 1, inclusive="right")).rename("decode_share")


def _holds_whole_deployment(rows: pd.DataFrame) -> pd.Series:
    no_workers = (rows["prefill_workers"] == 0) & (rows["decode_workers"] == 0)
    return rows["disaggregated"] & no_workers & (rows["prefill_gpus"] == rows["decode_gpus"])
