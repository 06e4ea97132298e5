"""How limits narrow a table of rows step by step, and which one leaves nothing."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.frontier.knots import Positions
from analysis.frontier.measured import Measured

COLUMNS = {
    "as_of": "date",
    "origin": "publisher",
    "frameworks": "framework",
    "precisions": "precision",
    "speculative_decoding": "speculative_decoding",
    "disaggregated": "disaggregated",
    "multinode": "multinode",
    "minimum_accuracy": "accuracy",
    "maximum_gpus": "gpus",
    "maximum_ttft_median": "ttft_median",
    "maximum_ttft_p99": "ttft_p99",
    "minimum_interactivity": "interactivity_median",
    "minimum_interactivity_p99": "interactivity_p99",
}
"""What each constraint judges, in the order in which they are applied."""

_UNITS = {
    "maximum_gpus": " GPUs",
    "maximum_ttft_median": " s",
    "maximum_ttft_p99": " s",
    "minimum_interactivity": " tok/s/user",
    "minimum_interactivity_p99": " tok/s/user",
}


class InfeasibleError(InputError):
    """A constraint leaves none of the rows that those before it left.

    Attributes:
        constraint: Its name in `analysis.frontier.constraints.Constraints`.
        limit: What it asked for.
        nearest: The nearest limit that would leave a row, or all words that would; None where no row has a value.
    """

    def __init__(self, message: str, constraint: str, limit: object, nearest: object) -> None:
        """Keep the constraint, its limit and the nearest one as attributes beside the message."""
        super().__init__(message)
        self.constraint, self.limit, self.nearest = constraint, limit, nearest

    def __reduce__(self) -> tuple[Any, ...]:
        """Keep all attributes when the error is sent from one process to another."""
        return type(self), (str(self), self.constraint, self.limit, self.nearest)

    def of(self, place: str) -> "InfeasibleError":
        """Return the error with a place before its message: the platform and workload of the rows."""
        return InfeasibleError(f"{place}: {self}", self.constraint, self.limit, self.nearest)


class Narrowing(NamedTuple):
    """What one constraint did to a table of rows."""

    constraint: str  # its name
    limit: str  # what it asked for, in words
    removed: int  # rows that it took away
    unknown: int  # those of them that had no value to judge
    left: int  # rows that it left


def narrowed(measured: Measured, places: Positions, limits: Mapping[str, Any]) -> tuple[Positions, list[Narrowing]]:
    """Return the places of the rows that keep all limits, and what each limit did.

    Args:
        measured: Benchmark rows.
        places: Of those that are asked about.
        limits: By the name of a constraint: a number or the last day, or a tuple of the values allowed.

    Raises:
        InfeasibleError: A limit leaves nothing.
        InputError: A column is missing.
    """
    steps: list[Narrowing] = []
    for name, limit in limits.items():
        values = measured[COLUMNS[name]][places]
        if isinstance(limit, tuple):
            passes = np.array([value in limit for value in values.tolist()], dtype=bool)
        else:
            bound = limit.to_datetime64() if isinstance(limit, pd.Timestamp) else limit
            passes = values >= bound if name.startswith("minimum") else values <= bound
        kept = places[passes]
        if not kept.size:
            raise _infeasible(name, limit, pd.Series(values), [step.constraint for step in steps])
        unknown = int(pd.isna(values).sum())
        steps.append(Narrowing(name, _words(name, limit), len(places) - len(kept), unknown, len(kept)))
        places = kept
    return places, steps


def _infeasible(name: str, limit: Any, values: pd.Series, before: list[str]) -> InfeasibleError:
    judged = values.dropna()
    offer: Any = None
    if isinstance(limit, tuple):
        offer = tuple(sorted(judged.unique()))
    elif not judged.empty:
        offer = judged.max() if name.startswith("minimum") else judged.min()
    bound = "" if isinstance(limit, tuple) else "at least " if name.startswith("minimum") else "at most "
    message = f"constraint {name}: none of {len(values)} rows has {COLUMNS[name]} {bound}{_words(name, limit)}"
    message += f", the nearest is {_words(name, offer)}" if offer else ", which is known of none"
    message += f" (rows left by {', '.join(before)})" if before else ""
    return InfeasibleError(message, name, limit, offer)


def _words(name: str, limit: Any) -> str:
    if isinstance(limit, tuple):
        return " or ".join(str(word) for word in limit)
    if isinstance(limit, pd.Timestamp):
        return str(limit.date())
    return f"{limit:.10g}{_UNITS.get(name, '')}"
