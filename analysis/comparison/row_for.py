"""What rows of one workload deliver for requests of other lengths: their own time and first token, scaled."""

import math
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis import formulas
from analysis.comparison.contenders import answering
from analysis.comparison.requests import asked, counted
from analysis.comparison.tariff import Tariff
from analysis.frontier.constraints import Constraints, series_names
from analysis.frontier.curves import Floats
from analysis.frontier.measured import Measured
from analysis.frontier.own_lengths import answers_for
from analysis.frontier.stacks import StackCurves, rule, stacks
from analysis.frontier.tariff import Lengths, Request, error, missed, tariff_of
from analysis.library.quantities import counts, quantity
from analysis.library.sources import Library
from analysis.library.values import ROUNDING, Status, Value, calculate
from analysis.scenario import Parameters

WAITS = {"ttft_median": "ttft_median", "ttft_p99": "ttft_tail"}
"""Columns of a row that hold a time to first token, each with its quantity."""


def first_token(library: Library, tariff: Tariff, column: str = "ttft_median") -> Value | None:
    """Return the modeled time to first token of a tariff's request, in s; None where no row holds one.

    It is that of `row_behind`, in proportion to the input tokens that no cache holds. What a request waits for others
    is scaled with it.

    Args:
        library: The figures.
        tariff: Of the platform, at the interactivity that is served.
        column: "ttft_median" or "ttft_p99".
    """
    return scaled_wait(library, row_behind(tariff), column, tariff.request)


def scaled_wait(library: Library, row: pd.Series, column: str, request: Request) -> Value | None:
    """Return a row's time to first token for prompts of a request's length, in s; None where the row holds none."""
    if math.isnan(row[column]):
        return None
    measured, tokens = library.measured(row, column, WAITS[column], {}), float(row["input_tokens"])
    length = Value(tokens, quantity("measured_input_tokens"), "row", Status.CHOSEN, note="nominal length")
    given = asked(request)
    inputs = {key: given[key] for key in ("input_tokens", "cache_hit_rate")}
    wait = calculate(formulas.modeled_ttft, mixing=(), ttft_median=measured, measured_input_tokens=length, **inputs)
    return Value(
        wait.number, quantity(WAITS[column]), measured.subject, Status.MODELED, sources=wait.sources,
        as_of=wait.as_of, note="in proportion to the computed input tokens", formula=formulas.modeled_ttft,
        inputs=wait.inputs,
    )  # fmt: skip


def row_behind(tariff: Tariff) -> pd.Series:
    """Return the slowest measured row of the stack at or above the speed, at the workload of the nearest lengths."""
    lengths = nearest(tariff.request, [*tariff.point.stack.curves])
    knots = tariff.point.stack.curves[lengths].knots.sort_values("interactivity")
    return knots[knots["interactivity"] >= tariff.interactivity.number * (1 - ROUNDING)].iloc[0]


def nearest(request: Request, workloads: list[Lengths]) -> Lengths:
    """Return the workload whose prompts are nearest in length by their ratio, and of several whose answers are."""
    return min(
        workloads,
        key=lambda lengths: (
            abs(math.log(lengths[0] / request.input_tokens)),
            abs(math.log(lengths[1] / request.output_tokens)),
        ),
    )


WAITING = ("maximum_ttft_median", "maximum_ttft_p99", "minimum_interactivity_p99")
"""Limits that a row keeps or not; the tariff of its stack is made from the rows on either side."""
_WAITS = ("ttft_median", "ttft_p99")


class Scaled(NamedTuple):
    """By what factors the throughput of rows differs for other requests, and the tariff is typically wrong there."""

    throughput: Floats
    error: Floats


def row_for(library: Library, conditions: Parameters, row: pd.Series, request: Request) -> dict[str, Value] | None:
    """Return what a measured row's configuration does for requests of any lengths, by quantity.

    At the row's own lengths that is what was measured: throughput alone. Else the GPU time of one of its requests is
    scaled by the tariff of its stack at its interactivity, its waits are scaled with the prompt, and the requests in
    flight are as many as that throughput keeps there.

    Returns:
        None where the stack was not measured at two workloads at this speed, or does not answer for these lengths.
    """
    lengths = (int(row["input_tokens"]), int(row["output_tokens"]))
    measured = library.measured(row, "throughput_per_gpu", "throughput_per_gpu", counts(library.model, *lengths))
    if request.lengths == lengths:
        return {"throughput_per_gpu": measured}
    series = series_names(row.to_frame().T).iloc[0]
    stack = next((each for each in _answering(library, conditions, str(row["hardware"]), request)
                  if f"{each.hardware} {each.series}" == series and lengths in each.curves), None)  # fmt: skip
    if stack is None or row["interactivity_median"] > stack.places[-1]:
        return None
    speed = np.array([float(row["interactivity_median"])])
    factor, off = (float(each[0]) for each in _scaled(library, conditions, stack, lengths, speed, request))
    amount = measured.number * factor
    modeled = Value(
        amount, quantity("throughput_per_gpu"), measured.subject, Status.MODELED, counted(library.model, request),
        measured.sources, measured.as_of,
        note=f"by the two-part tariff of {stack.series}, off by a factor of {off:.3g} where a workload is left out",
        inputs={"row": measured}, bracket=(amount / off, amount * off),
    )  # fmt: skip
    waits = {value.quantity.key: value for name in _WAITS if (value := scaled_wait(library, row, name, request))}
    held = library.measured(row, "concurrency", "concurrency", {})
    in_flight = Value(
        float(held.number * _held(row, request, factor)), held.quantity, held.subject, Status.MODELED,
        sources=held.sources, as_of=held.as_of, note="as many as the modeled throughput keeps in flight",
        inputs={"row": held},
    )  # fmt: skip
    return {"throughput_per_gpu": modeled, **waits, "concurrency": in_flight}


def rows_for(library: Library, conditions: Parameters, hardware: str, request: Request) -> Measured:
    """Return a platform's rows of the workload nearest to a request, as they would be with it; without any, none.

    The index is that of the library's benchmark, so that each row can be found as it was measured. Arguments as for
    `row_for`, and the key of a platform.
    """
    constraints = answering(conditions).without(*WAITING)
    return _rows_for(library, hardware, request, str(conditions.as_of), constraints)


@lru_cache(maxsize=256)
def _rows_for(library: Library, hardware: str, request: Request, as_of: str, constraints: Constraints) -> Measured:
    asked = Parameters.gathered(
        {"as_of": as_of, "minimum_accuracy": constraints.minimum_accuracy, "origin": list(constraints.origin or ()),
         "suspect_series": list(constraints.suspect_series)}
    )  # fmt: skip
    parts = [part for stack in _answering(library, asked, hardware, request)
             for part in _of_stack(library, asked, stack, request)]  # fmt: skip
    return Measured(pd.concat(parts) if parts else library.benchmark.iloc[:0])


def _of_stack(
    library: Library, conditions: Parameters, stack: StackCurves, request: Request
) -> Iterator[pd.DataFrame]:
    lengths = nearest(request, [*stack.curves])
    rows = library.benchmark[series_names(library.benchmark) == f"{stack.hardware} {stack.series}"]
    of_workload = (rows["input_tokens"] == lengths[0]) & (rows["output_tokens"] == lengths[1])
    rows = rows[of_workload & (rows["interactivity_median"] <= stack.places[-1])]
    if rows.empty:
        return
    speeds = rows["interactivity_median"].to_numpy(dtype=float)
    factor = _scaled(library, conditions, stack, lengths, speeds, request).throughput
    longer = request.computed_tokens / lengths[0]
    yield rows.assign(
        throughput_per_gpu=rows["throughput_per_gpu"] * factor,
        concurrency=rows["concurrency"] * _held(rows, request, factor),
        **{name: rows[name] * longer for name in _WAITS},
    )


def _answering(library: Library, conditions: Parameters, hardware: str, request: Request) -> list[StackCurves]:
    constraints = answering(conditions).without(*WAITING)
    known = stacks(library, hardware, as_of=conditions.as_of, constraints=constraints)
    return [stack for stack in known if stack.places.size and answers_for(stack, request)]


def _scaled(
    library: Library, conditions: Parameters, stack: StackCurves, lengths: Lengths, speeds: Floats, request: Request
) -> Scaled:
    seconds, rules = stack.seconds(speeds), rule(library, conditions.as_of)
    longer = tariff_of(seconds, request, *rules).seconds(request) / seconds[lengths]
    return Scaled(request.tokens / (sum(lengths) * longer), error(missed(seconds, *rules)))


def _held(row: pd.Series | pd.DataFrame, request: Request, factor: float | Floats) -> float | Floats:
    """By which factor requests in flight differ: as many more as come in a second, times as long as each stays."""
    answering_rate = factor * (row["input_tokens"] + row["output_tokens"]) / request.tokens
    wait = np.nan_to_num(row["ttft_median"])  # nil where nobody measured it
    later = formulas.modeled_ttft(wait, request.input_tokens, request.cache_hit_rate, row["input_tokens"])
    longer = (later + request.output_tokens / row["interactivity_median"]) / (
        wait + row["output_tokens"] / row["interactivity_median"]
    )
    held: float | Floats = answering_rate * longer
    return held
