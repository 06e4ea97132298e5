"""How long a prompt of another length waits for its first token: the measured wait, scaled with what is computed."""

import math

import pandas as pd

from analysis import formulas
from analysis.comparison.requests import asked
from analysis.comparison.tariff import Tariff
from analysis.frontier.tariff import Lengths, Request
from analysis.library.quantities import quantity
from analysis.library.sources import Library
from analysis.library.values import ROUNDING, Status, Value, calculate

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
