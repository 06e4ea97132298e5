"""A candidate operating point of a search in words and values, as a table shows it."""

from dataclasses import dataclass

import pandas as pd

from analysis.comparison.head_to_head import workload
from analysis.library.quantities import quantity
from analysis.library.sources import Library
from analysis.library.values import Status, Value, counted
from analysis.studies.benchmark.workloads import PLACE


@dataclass(frozen=True)
class Candidate:
    """A point at which two platforms come near to printed figures."""

    lengths: str
    counts: str
    baseline_series: str
    subject_series: str
    interactivity: Value
    baseline: Value
    subject: Value
    departure: Value

    @property
    def decoding(self) -> str:
        """Which of the two sides use multi-token prediction, in words."""
        with_mtp = ["mtp" in series.split() for series in (self.baseline_series, self.subject_series)]
        if all(with_mtp):
            return "with MTP on both sides"
        return "with MTP on one side only" if any(with_mtp) else "without MTP on either side"


def candidate(library: Library, row: pd.Series, baseline: str, subject: str) -> Candidate:
    """Return a row of a table of `analysis.studies.benchmark.search` as words and values."""
    lengths = workload(row["input_tokens"], row["output_tokens"])
    measured = "baseline_row" in row
    kinds = {"counts": row["counts"], "workload": lengths}
    sources = tuple(origin.source(0) for origin in library.origins)

    def value(column: str, key: str, name: str, status: Status, digits: int = 0) -> Value:
        return Value(float(row[column]), quantity(key), name, status, kinds, sources, digits=digits)

    status = Status.DERIVED if measured else Status.INTERPOLATED
    pair = [library.platform(key).name for key in (baseline, subject)]
    return Candidate(
        lengths,
        row["counts"],
        row["baseline_series"],
        row["subject_series"],
        value("interactivity", "interactivity", " / ".join(pair), status),
        value("baseline_throughput", "throughput_per_gpu", pair[0], status),
        value("subject_throughput", "throughput_per_gpu", pair[1], status),
        value("departure", "departure", " / ".join(pair), Status.DERIVED, digits=2),
    )


def tally(table: pd.DataFrame, kind: str) -> tuple[Value, Value, Value]:
    """Return how many candidates fit, how many there are, and the least departure of those that do not fit."""
    off = table["departure"][table["departure"] > 0]
    least = Value(float(off.min()), quantity("departure"), kind, Status.DERIVED, digits=2)
    return counted(len(table) - len(off), f"{kind} that fit"), counted(len(table), kind), least


def foremost(table: pd.DataFrame, misses: int = 2) -> pd.DataFrame:
    """Return the candidates that fit, and so many of the nearest that do not, nearest first."""
    return table.head(int((table["departure"] == 0).sum()) + misses)


def elsewhere(table: pd.DataFrame) -> pd.DataFrame:
    """Return the candidates of another workload or kind of throughput than the nearest one's."""
    return table[(table[PLACE] != table[PLACE].iloc[0]).any(axis=1)]
