"""Where two platforms can be compared: every workload and every kind of throughput for which both have rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analysis.errors import InputError
from analysis.frontier import PlatformCurve, platform_curve
from analysis.frontier.tokens import KINDS
from analysis.library.terms import workloads

PLACE = ["input_tokens", "output_tokens", "counts"]


@dataclass(frozen=True, eq=False)
class Field:
    """The curves of two platforms for one workload and one kind of throughput.

    Attributes:
        input_tokens: Nominal input length, in tokens.
        output_tokens: Nominal output length, in tokens.
        counts: What the throughput counts.
        baseline: The baseline's curve.
        subject: The subject's curve.
    """

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
    for input_tokens, output_tokens in workloads(rows).values():
        for (tokens, gpus), counts in KINDS.items():
            try:
                first, second = (
                    platform_curve(
                        rows, hardware, input_tokens=input_tokens, output_tokens=output_tokens, as_of=as_of,
                        tokens=tokens, gpus=gpus,
                    )
                    for hardware in (baseline, subject)
                )  # fmt: skip
            except InputError:
                continue  # one of the two was not measured so
            yield Field(input_tokens, output_tokens, counts, first, second)
