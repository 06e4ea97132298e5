"""One piece of a sweep: everything that it takes travels with it, so that it can be done anywhere."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.errors import InputError
from analysis.sweep.chain import Coded, Result, evaluate
from analysis.sweep.design import Columns
from analysis.sweep.figures import Figures
from analysis.sweep.reach import FAILED
from analysis.sweep.table import Form, parquet
from analysis.sweep.verdict import UNKNOWN, Verdict
from analysis.versions import demand, version

MOST_FAILURES = 100  # finding each costs a score of evaluations; of more, the grid is at fault


class ScenarioError(InputError):
    """A scenario failed, and the sweep was to stop there; the message names its parameters."""


@dataclass(frozen=True, eq=False)
class Task:
    """A partition of a sweep.

    Attributes:
        number: Of the partition, from 0.
        columns: Its scenarios.
        figures: What they rest on.
        verdict: How a ratio is judged.
        form: What all files of the sweep have in common.
        version: Of the code that asks.
        fail_fast: Whether the first scenario that fails stops the partition.
        location: Address of the folder that the file goes to; empty: it comes back.
    """

    number: int
    columns: Columns
    figures: Figures
    verdict: Verdict
    form: Form
    version: str
    fail_fast: bool = False
    location: str = ""

    @property
    def name(self) -> str:
        """Name of its file."""
        return f"part-{self.number:05}.parquet"


@dataclass(frozen=True)
class Failure:
    """A scenario that failed.

    Attributes:
        scenario: Its number.
        parameters: By name, those that the grid names.
        message: Why.
    """

    scenario: int
    parameters: Mapping[str, Any]
    message: str

    def __str__(self) -> str:
        """Return the scenario, its parameters and why it failed, in a line."""
        said = ", ".join(f"{name}={value}" for name, value in self.parameters.items())
        return f"scenario {self.scenario} ({said}): {self.message}"


@dataclass(frozen=True)
class Part:
    """What became of a task.

    Attributes:
        name: Of its file.
        content: The file; empty where it was put in its place already.
        failures: The scenarios that failed.
    """

    name: str
    content: bytes
    failures: tuple[Failure, ...]


def run(task: Task) -> Part:
    """Return what becomes of a partition.

    Raises:
        VersionError: The code here is not the code that asks.
        ScenarioError: A scenario failed and is to stop the partition, or more than `MOST_FAILURES` did.
    """
    demand(task.version, version())
    failures: list[Failure] = []
    results = _results(task, task.columns, failures)
    kept = [[one.scenario, dict(one.parameters), one.message] for one in failures]
    content = parquet(task.form, task.columns, results, kept)
    if task.location:
        from analysis.sweep.remote import put

        put(task.location, task.name, content)
        content = b""
    return Part(task.name, content, tuple(failures))


def key(parts: Mapping[str, str]) -> str:
    """Return a hash of what a sweep is made from."""
    return hashlib.sha256(repr(sorted(parts.items())).encode()).hexdigest()


def _results(task: Task, columns: Columns, failures: list[Failure]) -> dict[str, Result]:
    """Every result; scenarios that fail are found by halving, added to the failures, and have none."""
    try:
        return evaluate(columns, task.form.words, task.figures, task.verdict)
    except InputError as error:
        if columns.count == 1:
            failures.append(_failure(task, columns, str(error)))
            if task.fail_fast or len(failures) > MOST_FAILURES:
                said = "" if task.fail_fast else f"more than {MOST_FAILURES} scenarios fail, the last is "
                raise ScenarioError(f"{said}{failures[-1]}") from None
            return {name: _nothing(one) for name, one in _empty(task, columns).items()}
    half = columns.count // 2
    first = _results(task, columns.cut(0, half), failures)
    second = _results(task, columns.cut(half, columns.count), failures)
    return {name: _joined(first[name], second[name]) for name in first}


def _failure(task: Task, columns: Columns, message: str) -> Failure:
    every = columns.scenario(0, task.form.words)
    return Failure(columns.start, {name: every[name] for name in every if name in task.form.named}, message)


def _empty(task: Task, columns: Columns) -> dict[str, Result]:
    return evaluate(columns.cut(0, 0), task.form.words, task.figures, task.verdict)


def _nothing(column: Result) -> Result:
    if not isinstance(column, Coded):
        return np.full(1, np.nan)
    word = next((word for word in (FAILED, UNKNOWN) if word in column.words), column.words[0])
    return Coded(np.full(1, column.words.index(word), dtype=np.int16), column.words)


def _joined(first: Result, second: Result) -> Result:
    if isinstance(first, Coded) and isinstance(second, Coded):
        return Coded(np.concatenate([first.codes, second.codes]), first.words)
    return np.concatenate([first, second])
