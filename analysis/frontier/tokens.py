"""What a throughput counts: which tokens, divided by whose GPUs."""

from typing import Literal, get_args

import pandas as pd

from analysis.errors import InputError, nearest
from analysis.frontier.measured import require
from analysis.library.loading.deployment import decode_share

Tokens = Literal["total", "input", "output"]
Gpus = Literal["all", "prefill", "decode"]

KINDS: dict[tuple[Tokens, Gpus], str] = {
    ("total", "all"): "total tokens over all GPUs",
    ("output", "all"): "output tokens over all GPUs",
    ("output", "decode"): "output tokens over decode GPUs",
    ("input", "prefill"): "input tokens over prefill GPUs",
}
"""The kinds of throughput that can be asked for. The first is the published convention."""

_COLUMNS = {
    "total": "throughput_per_gpu",
    "input": "input_throughput_per_prefill_gpu",
    "output": "output_throughput_per_decode_gpu",
}


def kind_of_throughput(tokens: Tokens, gpus: Gpus) -> str:
    """Return the words for a kind of throughput.

    Raises:
        InputError: No such kind of tokens or GPUs, or tokens over GPUs that do not make them alone.
    """
    for word, allowed in ((tokens, get_args(Tokens)), (gpus, get_args(Gpus))):
        if word not in allowed:
            raise InputError(f"unknown kind {word!r} of throughput; {nearest(str(word), allowed)}")
    if (tokens, gpus) not in KINDS:
        allowed_kinds = "; ".join(KINDS.values())
        raise InputError(f"{tokens} tokens over {gpus} GPUs mix two kinds; allowed: {allowed_kinds}")
    return KINDS[tokens, gpus]


def throughput(rows: pd.DataFrame, tokens: Tokens = "total", gpus: Gpus = "all") -> pd.Series:
    """Return the throughput of each row, in tok/s/GPU of the kind asked for; NaN where the row cannot tell.

    In aggregated serving every GPU both prefills and decodes, so prefill and decode GPUs are all GPUs. In
    disaggregated serving output tokens over all GPUs are those over decode GPUs times the share of GPUs that decode.

    Raises:
        InputError: The two mix kinds, or a column is missing.
    """
    kind_of_throughput(tokens, gpus)
    require(rows, _COLUMNS.values())
    measured = rows[_COLUMNS[tokens]].rename("throughput")
    if tokens == "total":
        return measured
    share = decode_share(rows)
    return (measured * share).rename("throughput") if gpus == "all" else measured.where(share.notna())


def reasons_without_throughput(rows: pd.DataFrame, tokens: Tokens = "total", gpus: Gpus = "all") -> pd.Series:
    """Return why rows have no throughput of the kind asked for: one reason for each such row.

    Raises:
        InputError: The two mix kinds, or a column is missing.
    """
    missing = rows.loc[throughput(rows, tokens, gpus).isna(), list(_COLUMNS.values())]
    measured = missing.notna().all(axis=1)
    reasons = pd.Series(
        "prefill and decode do not add up to the total", index=missing.index, name="reason", dtype=str
    )
    return reasons.where(measured, "prefill and decode were not measured apart")
