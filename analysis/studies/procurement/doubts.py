"""What a measured row contradicts itself in, once the GPUs that it occupied are counted right."""

import pandas as pd

from analysis.formulas import requests_accounted_for
from analysis.library.loading.quality import CONSERVATION, IDENTITY_TOLERANCE, PROMPT_FILL

UNACCOUNTED = "requests in flight not accounted for"
NO_SUM = "prefill and decode do not add up"


def doubts(row: pd.Series, deployment_gpus: float) -> str:
    """Return what does not hold, in words; empty where all does.

    The data check takes the GPU columns at their word, which doubts many rows for their columns alone. Here Little's
    law is held against the GPUs that the deployment occupied.

    Args:
        row: A benchmark row with the columns of `analysis.library.loading.quality`.
        deployment_gpus: GPUs that its deployment occupied.
    """
    share = requests_accounted_for(
        row["throughput_per_gpu"],
        deployment_gpus,
        row["latency_median"],
        row["concurrency"],
        PROMPT_FILL * (row["input_tokens"] + row["output_tokens"]),
    )
    low, high = CONSERVATION
    # A share that is not known is no doubt, nor is a deviation.
    found = {UNACCOUNTED: share < low or share > high, NO_SUM: row["identity_deviation"] > IDENTITY_TOLERANCE}
    return "; ".join(words for words, holds in found.items() if holds)
