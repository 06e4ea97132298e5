"""Who was measured where: two platforms at every workload and kind of throughput, all at the scenario's workload."""

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
from analysis.library.quantities import workloads
from analysis.library.sources import Library
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
