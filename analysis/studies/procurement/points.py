"""What a measured configuration does at a buyer's lengths: measured, or modeled where nobody measured it."""

import math

import pandas as pd

from analysis.comparison.requests import measured_rows, request_of
from analysis.comparison.row_for import row_for, rows_for
from analysis.frontier.measured import Measured
from analysis.library.sources import Library
from analysis.library.terms import counts
from analysis.library.values import Value
from analysis.scenario import Parameters

POINT = {
    "throughput_per_gpu": "throughput_per_gpu",
    "interactivity_median": "interactivity",
    "interactivity_p99": "interactivity_tail",
    "ttft_median": "ttft_median",
    "ttft_p99": "ttft_tail",
    "concurrency": "concurrency",
}
"""What is told of an operating point: columns of a row, each with its quantity."""


def rows_at(library: Library, conditions: Parameters, hardware: str) -> Measured:
    """Return a platform's rows at a buyer's lengths: measured there, else modeled from the nearest that were.

    Modeled rows keep their index of the library's benchmark.
    """
    request = request_of(conditions)
    measured = measured_rows(library, hardware, request.lengths)
    return rows_for(library, conditions, hardware, request) if measured.rows.empty else measured


def point(library: Library, conditions: Parameters, row: pd.Series) -> dict[str, Value]:
    """Return what a row tells of its operating point, by quantity; without what it does not know."""
    request = request_of(conditions)
    kinds = counts(library.model, int(row["input_tokens"]), int(row["output_tokens"]))
    measured = {
        key: library.measured(row, column, key, kinds if column == "throughput_per_gpu" else {})
        for column, key in POINT.items()
        if not math.isnan(row[column])
    }
    return measured | (row_for(library, conditions, row, request) or {})
