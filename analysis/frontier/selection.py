"""Which rows answer a question about one platform and workload, and what their throughput counts."""

from dataclasses import replace

import numpy as np

from analysis.errors import InputError
from analysis.frontier.constraints import Constraints, Passing, passing
from analysis.frontier.knots import Floats
from analysis.frontier.limits import InfeasibleError
from analysis.frontier.measured import Measured
from analysis.frontier.tariff import Lengths
from analysis.frontier.tokens import Gpus, Tokens, kind_of_throughput, reasons_without_throughput, throughput


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
