"""Two platforms at every workload and kind of throughput, and a candidate point of a search in words and values."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analysis.comparison.advantage import Advantage, advantage
from analysis.comparison.contenders import Contender, contender
from analysis.comparison.head_to_head import workload
from analysis.errors import InputError
from analysis.frontier import PlatformCurve, platform_curve
from analysis.frontier.measured import Measured
from analysis.frontier.tokens import KINDS
from analysis.library.quantities import quantity, workloads
from analysis.library.sources import Library
from analysis.library.values import Status, Value, counted
from analysis.scenario import Parameters


def advantages(library: Library, conditions: Parameters, as_of: date | None = None) -> dict[str, Advantage]:
    """Return the subject of a scenario over its baseline at every workload, by the workload's name.

    Workloads that one of the two was not measured at, or without a common interactivity, are left out.

    Raises:
        InputError: The scenario's own workload would be left out.
    """
    by_lengths = {}
    for name, lengths in workloads(library.benchmark).items():
        with suppress(InputError):
            by_lengths[name] = advantage(library, conditions, lengths=lengths, as_of=as_of)
    common = {name: known for name, known in by_lengths.items() if len(known.ranges)}
    own = workload(conditions.input_tokens, conditions.output_tokens)
    if own not in common:
        pair = f"{conditions.baseline} and {conditions.subject}"
        raise InputError(f"{pair} have no interactivity in common at {own}; they have at: {', '.join(common)}")
    return common


def contenders(library: Library, conditions: Parameters) -> list[Contender]:
    """Return every platform that was measured under the scenario's conditions, in the library's order."""
    measured = []
    for key in library.platforms:
        with suppress(InputError):  # not measured so, or without a price
            measured.append(contender(library, conditions, key))
    return measured


PLACE = ["input_tokens", "output_tokens", "counts"]


@dataclass(frozen=True, eq=False)
class Field:
    """The curves of two platforms for one workload and one kind of throughput."""

    input_tokens: int
    output_tokens: int
    counts: str
    baseline: PlatformCurve
    subject: PlatformCurve

    @property
    def place(self) -> dict[str, int | str]:
        """Workload and kind of throughput, by the names of `PLACE`."""
        return {name: getattr(self, name) for name in PLACE}


def fields(rows: pd.DataFrame, baseline: str, subject: str, as_of: date | str | None = None) -> tuple[Field, ...]:
    """Return all workloads and kinds of throughput for which both platforms have rows."""
    return tuple(_fields(rows, baseline, subject, as_of))


def _fields(rows: pd.DataFrame, baseline: str, subject: str, as_of: date | str | None) -> Iterator[Field]:
    measured = Measured(rows)
    for input_tokens, output_tokens in workloads(rows).values():
        for (tokens, gpus), counts in KINDS.items():
            try:
                first, second = (
                    platform_curve(
                        measured, hardware, input_tokens=input_tokens, output_tokens=output_tokens, as_of=as_of,
                        tokens=tokens, gpus=gpus,
                    )
                    for hardware in (baseline, subject)
                )  # fmt: skip
            except InputError:
                continue  # one of the two was not measured so
            yield Field(input_tokens, output_tokens, counts, first, second)


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
