"""The tables of lengths that nobody measured: which model misses least, and what tokens and requests cost by it."""

from collections.abc import Sequence

import numpy as np

from analysis.comparison.tariff import Tariff
from analysis.exhibits.statements import Cell, Shown, table
from analysis.library.terms import Quoted, workload
from analysis.library.values import Value
from analysis.studies.attribution.left_out import middle, typical
from analysis.studies.attribution.lengths import OwnLengths

TENTHS = (0.1, 0.5, 0.9)
THREE = 3
"""Workloads of a stack whose tariff is fitted to more than one when one is left out."""


def by_model(own: OwnLengths) -> Shown | None:
    """Return how far each model misses a workload that is left out; None where no stack has two."""
    if not own.left_out:
        return None
    groups = {
        "three": [each for each in own.left_out if len(each.stack.curves) >= THREE],
        "two": [each for each in own.left_out if len(each.stack.curves) < THREE],
    }
    rows: list[list[Cell]] = []
    for words, measured in groups.items():
        for model in measured[0].misses if measured else ():
            factors = np.concatenate([each.every(model) for each in measured])
            if factors.size:
                subject = f"{model}, stacks of {words} workloads"
                rows.append(
                    [model, words, typical(factors, subject), *(middle(factors, share, subject) for share in TENTHS)]
                )
    return table(
        "models-left-out",
        "GPU time of a workload from the other workloads of the same stack, over what was measured: by model.",
        [
            *("Model", "Workloads of a stack", "Typically off by a factor of", "Tenth percentile"),
            *("Median", "Ninetieth percentile"),
        ],
        rows,
        note="Every workload of every stack is left out in turn, at every interactivity that was measured for the "
        "stack and lies within the range of all its workloads. The typical error is the root of the mean squared "
        "logarithm. The first model is the one that is used.",
    )


def tariffs(own: OwnLengths) -> Shown | None:
    """Return what an input and an output token cost on each platform at each level; None where nothing is known."""
    if not own.tariffs:
        return None
    return table(
        "tariffs",
        "Model: cost of a million input and output tokens, by interactivity, near {lengths}.",
        [
            *("Platform", "At (tok/s/user)", "Stack", "Input (USD/Mtok)", "Output (USD/Mtok)"),
            *("All tokens (USD/Mtok)", "Typically off by a factor of"),
        ],
        [
            [
                known.platform.name,
                known.interactivity,
                Quoted(known.point.stack.series),
                known.input_cost,
                known.output_cost,
                known.cost,
                known.error,
            ]
            for known in own.tariffs
        ],
        note="At full load and without margin. The last column is the typical error of the stack at that speed with "
        "a workload left out; where it spans more than a factor of two, its ends stand beside the value. "
        "A cached input token costs nothing here but its storage, which is not counted.",
        lengths=workload(own.conditions.input_tokens, own.conditions.output_tokens),
    )


def agent(own: OwnLengths) -> Shown | None:
    """Return what an agent's request costs on each platform by cache hit rate; None where nothing is known."""
    if not own.requests:
        return None
    return table(
        "agent-request",
        "Model: a request of {input} input and {output} output tokens at {level} tok/s/user, by what a cache holds.",
        [
            *("Platform", "Cached", "A request (USD)", "All its tokens (USD/Mtok)"),
            *("First token, median (s)", "Output price that covers all (USD/Mtok)", "Typically off by a factor of"),
        ],
        [_request(known, wait) for known, wait in own.requests],
        note="The time to first token is that of the nearest measured workload, in proportion to the input that is "
        "not cached; waiting for other requests is scaled with it.",
        level=own.agent_level,
        **own.agent_lengths,
    )


def _request(known: Tariff, wait: Value | None) -> Sequence[Cell]:
    rate = known.request_cost.inputs["cache_hit_rate"]
    return [
        known.platform.name, rate, known.request_cost, known.cost, wait or "–", known.output_price, known.error
    ]  # fmt: skip
