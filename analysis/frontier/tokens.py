"""What a throughput counts: which tokens, divided by whose GPUs; and the rows that answer of one such kind."""

from dataclasses import replace
from typing import Literal, get_args

import numpy as np
import pandas as pd

from analysis.errors import InputError, nearest
from analysis.frontier.constraints import Constraints, Passing, passing
from analysis.frontier.knots import Floats
from analysis.frontier.limits import InfeasibleError
from analysis.frontier.measured import Measured, require
from analysis.frontier.tariff import Lengths
from analysis.library.loading.quality import decode_share

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


def select(
    rows: Measured,
    hardware: str,
    lengths: Lengths,
    constraints: Constraints,
    tokens: Tokens = "total",
    gpus: Gpus = "all",
) -> tuple[Passing, Floats, str]:
    """Return the rows of a platform and workload that pass all constraints, with the throughput asked for.

    Rows that have no throughput of this kind are left out. Beside the rows stand the throughput of each, in
    tok/s/GPU, and what it counts, and for which workload.

    Args:
        rows: Benchmark rows.
        hardware: Key of the platform.
        lengths: Nominal input and output length, in tokens.
        constraints: What else the rows must satisfy.
        tokens: Which tokens the throughput counts.
        gpus: Whose number divides them.

    Raises:
        InfeasibleError: A constraint leaves nothing.
        InputError: No such platform or workload, a column is missing, the throughput mixes two kinds, or no row has
            a throughput of the kind asked for.
    """
    kind = kind_of_throughput(tokens, gpus)
    own, asked = rows.of(hardware, lengths), f"{lengths[0]}/{lengths[1]} input/output tokens"
    try:
        left = passing(own, constraints)
    except InfeasibleError as error:
        raise error.of(f"{hardware}, {asked}") from None
    every: Floats = own.once((tokens, gpus), lambda: throughput(own.rows, tokens, gpus).to_numpy(dtype=float))
    answering = left.places[~np.isnan(every[left.places])]
    if not answering.size:
        reasons = reasons_without_throughput(left.rows, tokens, gpus)
        raise InputError(f"{hardware}: no row has {kind}: {', '.join(reasons.unique())}")
    return replace(left, places=answering), every[answering], f"{kind}, {asked}"
