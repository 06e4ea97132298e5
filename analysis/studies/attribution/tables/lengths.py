"""The tables of lengths that nobody measured: which model misses least, and what tokens and requests cost by it."""

import numpy as np

from analysis.exhibits.statements import Cell, Shown
from analysis.exhibits.tables import records
from analysis.library.quantities import Quoted, workload
from analysis.studies.attribution.left_out import middle, typical
from analysis.studies.attribution.lengths import OwnLengths

THREE = 3  # workloads of a stack whose tariff is fitted to more than one when one is left out


def by_model(own: OwnLengths) -> Shown | None:
    """Return how far each model misses a workload that is left out; None where no stack has two."""
    if not own.left_out:
        return None
    groups = {
        "three": [each for each in own.left_out if len(each.stack.curves) >= THREE],
        "two": [each for each in own.left_out if len(each.stack.curves) < THREE],
    }
    rows: list[dict[str, Cell]] = []
    for words, measured in groups.items():
        for model in measured[0].misses if measured else ():
            factors = np.concatenate([each.every(model) for each in measured])
            if factors.size:
                subject = f"{model}, stacks of {words} workloads"
                rows.append(
                    {
                        "Model": model,
                        "Workloads of a stack": words,
                        "Typically off by a factor of": typical(factors, subject),
                        "Tenth percentile": middle(factors, 0.1, subject),
                        "Median": middle(factors, 0.5, subject),
                        "Ninetieth percentile": middle(factors, 0.9, subject),
                    }
                )
    return records(
        "models-left-out",
        "GPU time of a workload as each model predicts it from the other workloads of the stack, over what was "
        "measured.",
        rows,
        note="Every workload of every stack is left out in turn, at every interactivity that was measured for the "
        "stack and lies within the range of all its workloads. The typical error is the root of the mean squared "
        "logarithm. The first model is the one that is used.",
    )


def tariffs(own: OwnLengths) -> Shown | None:
    """Return what an input and an output token cost on each platform at each level; None where nothing is known."""
    if not own.tariffs:
        return None
    return records(
        "tariffs",
        "Model: cost of a million input and output tokens, by interactivity, near {lengths}.",
        [
            {
                "Platform": known.platform.name,
                "At (tok/s/user)": known.interactivity,
                "Stack": Quoted(known.point.stack.series),
                "Input (USD/Mtok)": known.input_cost,
                "Output (USD/Mtok)": known.output_cost,
                "All tokens (USD/Mtok)": known.cost,
                "Typically off by a factor of": known.error,
            }
            for known in own.tariffs
        ],
        note="At full load and without margin. The last column is the typical error of the stack at that speed with "
        "a workload left out; where it spans more than a factor of two, its ends stand beside the value. A stack "
        "that was measured only faster than a level is shown at its slowest speed. A cached input token costs "
        "nothing here but its storage, which is not counted.",
        lengths=workload(own.conditions.input_tokens, own.conditions.output_tokens),
    )


def agent(own: OwnLengths) -> Shown | None:
    """Return what an agent's request costs on each platform by cache hit rate; None where nothing is known."""
    if not own.requests:
        return None
    return records(
        "agent-request",
        "Model: a request of {input} input and {output} output tokens at {level} tok/s/user, by what a cache holds.",
        [
            {
                "Platform": known.platform.name,
                "Cached": known.request_cost.inputs["cache_hit_rate"],
                "A request (USD)": known.request_cost,
                "All its tokens (USD/Mtok)": known.cost,
                "First token, median (s)": wait or "–",
                "Output price that covers all (USD/Mtok)": known.output_price,
                "Typically off by a factor of": known.error,
            }
            for known, wait in own.requests
        ],
        note="The time to first token is that of the nearest measured workload, in proportion to the input that is "
        "not cached; waiting for other requests is scaled with it.",
        level=own.agent_level,
        **own.agent_lengths,
    )
