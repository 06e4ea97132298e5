"""Which rows answer a question about one platform and workload, and what their throughput counts."""

from dataclasses import dataclass

import pandas as pd

from analysis.errors import InputError, nearest
from analysis.frontier.constraints import Constraints, apply
from analysis.frontier.limits import InfeasibleError
from analysis.frontier.series import require
from analysis.frontier.tariff import Lengths
from analysis.frontier.tokens import Gpus, Tokens, kind_of_throughput, reasons_without_throughput, throughput
from analysis.library.terms import workloads


@dataclass(frozen=True, eq=False)
class Selection:
    """The rows that answer a question.

    Attributes:
        rows: With all their columns, and `throughput` in tok/s/GPU.
        counts: What that throughput counts, and for which workload.
        removed: What each constraint removed, as `analysis.frontier.constraints.apply` tells.
        left_out: Why rows that pass were left out: they have no throughput of this kind.
    """

    rows: pd.DataFrame
    counts: str
    removed: pd.DataFrame
    left_out: pd.Series


def select(
    rows: pd.DataFrame,
    hardware: str,
    lengths: Lengths,
    constraints: Constraints,
    tokens: Tokens = "total",
    gpus: Gpus = "all",
) -> Selection:
    """Return the rows of a platform and workload that pass all constraints, with the throughput asked for.

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
    require(rows, ["hardware", "input_tokens", "output_tokens"])
    of_platform = rows["hardware"] == hardware
    if not of_platform.any():
        raise InputError(f"no rows of hardware {hardware!r}; {nearest(hardware, rows['hardware'])}")
    asked = f"{lengths[0]}/{lengths[1]}"
    of_workload = rows[of_platform & (rows[["input_tokens", "output_tokens"]] == list(lengths)).all(axis=1)]
    if of_workload.empty:
        named = workloads(rows[of_platform]).values()
        measured = ", ".join(sorted(f"{prompt}/{answer}" for prompt, answer in named))
        raise InputError(f"{hardware}: no rows of workload {asked} (input/output tokens); measured: {measured}")

    try:
        passing, removed = apply(of_workload, constraints)
    except InfeasibleError as error:
        raise error.of(f"{hardware}, {asked} input/output tokens") from None
    reasons = reasons_without_throughput(passing, tokens, gpus)
    answering = passing.assign(throughput=throughput(passing, tokens, gpus)).drop(index=reasons.index)
    if answering.empty:
        raise InputError(f"{hardware}: no row has {kind}: {', '.join(reasons.unique())}")
    return Selection(answering, f"{kind}, {asked} input/output tokens", removed, reasons)
