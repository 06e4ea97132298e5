"""One piece of a sweep: everything that it takes travels with it, so that it can be done anywhere."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from analysis.errors import InputError, WorkError
from analysis.machinery.press.versions import demand, version
from analysis.machinery.sweep.axes import ROLES
from analysis.machinery.sweep.chain import Coded, Result, evaluate
from analysis.machinery.sweep.design import Columns
from analysis.machinery.sweep.figures import Figures
from analysis.machinery.sweep.parts import Failure, Part
from analysis.machinery.sweep.reach import FAILED
from analysis.machinery.sweep.table import Form, parquet
from analysis.machinery.sweep.verdict import UNKNOWN, Verdict

MOST_NAMED = 100
"""Scenarios of a partition that failed and are named; of more it is said how many."""
DECIDING = ("baseline", "subject", "vintage")
UNCHECKED = {"interactivity", "utilization"} | {
    f"{role}_{name}" for role in ROLES for name in ("price", "utilization")
}
"""What a scenario cannot fail by: any amount of it gives a result, if only that nothing was measured there."""


class ScenarioError(WorkError):
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


def run(task: Task) -> Part:
    """Return what becomes of a partition.

    Raises:
        VersionError: The code here is not the code that asks.
        ScenarioError: A scenario failed and is to stop the partition.
    """
    demand(task.version, version())
    failures: list[Failure] = []
    results = _results(task, failures)
    kept = [[one.scenario, dict(one.parameters), one.message, one.more] for one in failures]
    content = parquet(task.form, task.columns, results, kept)
    if task.location:
        from analysis.machinery.sweep.remote import put

        put(task.location, task.name, content)
        content = b""
    return Part(task.name, content, tuple(failures))


def key(parts: Mapping[str, str]) -> str:
    """Return a hash of what a sweep is made from."""
    return hashlib.sha256(repr(sorted(parts.items())).encode()).hexdigest()


def _results(task: Task, failures: list[Failure]) -> dict[str, Result]:
    """Every result; scenarios that fail are added to the failures and have none."""
    columns = task.columns
    try:
        return evaluate(columns, task.form.words, task.figures, task.verdict)
    except InputError:
        failed = _failing(task, failures)
    good = columns.chosen(~failed)
    results = evaluate(good, task.form.words, task.figures, task.verdict)
    return {name: _spread(one, failed) for name, one in results.items()}


def _failing(task: Task, failures: list[Failure]) -> NDArray[np.bool_]:
    """Which scenarios fail; one of each kind is tried, since those with the same owner and platforms fail alike."""
    columns = task.columns
    kinds = [columns.codes[name] for name in DECIDING] + [
        np.broadcast_to(np.nan_to_num(one, nan=-1.0), columns.count)
        for name, one in columns.amounts.items()
        if name not in UNCHECKED
    ]
    _, firsts, kind = np.unique(np.column_stack(kinds), axis=0, return_index=True, return_inverse=True)
    messages = [_message(task, columns.cut(first, first + 1)) for first in firsts.tolist()]
    failed = np.array([bool(message) for message in messages])[kind.ravel()]
    places = np.flatnonzero(failed).tolist()
    for place in places[:1] if task.fail_fast else places[:MOST_NAMED]:
        failures.append(_failure(task, columns.cut(place, place + 1), messages[int(kind.ravel()[place])]))
    if task.fail_fast and failures:
        raise ScenarioError(str(failures[0]))
    failures[-1:] = [replace(one, more=len(places) - len(failures)) for one in failures[-1:]]
    return failed


def _message(task: Task, one: Columns) -> str:
    try:
        evaluate(one, task.form.words, task.figures, task.verdict)
    except InputError as error:
        return str(error)
    return ""


def _failure(task: Task, one: Columns, message: str) -> Failure:
    every = one.scenario(0, task.form.words)
    return Failure(one.start, {name: every[name] for name in every if name in task.form.named}, message)


def _spread(column: Result, failed: NDArray[np.bool_]) -> Result:
    """The results of the scenarios that did not fail at their places, and nothing at the others."""
    if not isinstance(column, Coded):
        whole = np.full(len(failed), np.nan)
        whole[~failed] = column
        return whole
    word = next((word for word in (FAILED, UNKNOWN) if word in column.words), column.words[0])
    codes = np.full(len(failed), column.words.index(word), dtype=np.int16)
    codes[~failed] = column.codes
    return Coded(codes, column.words)
