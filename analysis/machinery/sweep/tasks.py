"""A task of a sweep: it holds everything that computing its scenarios takes, so that any worker can do it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from analysis.errors import InputError, WorkError
from analysis.machinery.press.work import demand, version
from analysis.machinery.sweep.axes import ROLES
from analysis.machinery.sweep.chain import Coded, ResultColumn, evaluate
from analysis.machinery.sweep.design import Columns
from analysis.machinery.sweep.inputs import FAILED, Inputs
from analysis.machinery.sweep.places import FAILURES, Failure, Part, put_remote
from analysis.machinery.sweep.table import parquet
from analysis.machinery.sweep.verdict import UNKNOWN, VerdictRule

MOST_NAMED = 100  # how many failed scenarios of a partition are named; the others are counted
DECIDING = ("baseline", "subject", "vintage")
UNCHECKED = {"interactivity", "utilization"} | {
    f"{role}_{name}" for role in ROLES for name in ("price", "utilization")
}
"""Parameters by which a scenario cannot fail: any number of them gives a result, if only "not measured"."""


class ScenarioError(WorkError):
    """A scenario failed in a sweep that stops at the first failure; the message names its parameters."""


@dataclass(frozen=True, eq=False)
class Task:
    """A partition of a sweep."""

    name: str
    columns: Columns
    inputs: Inputs  # curves, prices, powers and costs of ownership
    verdict: VerdictRule  # how a ratio is judged
    named: tuple[str, ...]  # the parameters that the grid names, which become columns
    about: Mapping[str, str]  # metadata of all files of the sweep, by key
    version: str  # of the code that made the task
    fail_fast: bool = False  # whether the first scenario that fails stops the partition
    location: str = ""  # address of the folder that the worker writes the file to; empty: it returns the file


def run_task(task: Task) -> Part:
    """Compute a partition and return its file.

    Raises:
        VersionError: The code here is not the code that asks.
        ScenarioError: A scenario failed and is to stop the partition.
    """
    demand(task.version, version())
    failures: list[Failure] = []
    results = _results(task, failures)
    kept = [[failure.scenario, dict(failure.parameters), failure.message, failure.more] for failure in failures]
    about = {**task.about, FAILURES: json.dumps(kept, sort_keys=True)}
    content = parquet(task.columns, results, task.named, about)
    if task.location:
        put_remote(task.location, task.name, content)
        content = b""
    return Part(task.name, content, tuple(failures))


def _results(task: Task, failures: list[Failure]) -> dict[str, ResultColumn]:
    """Return every result; a scenario that fails is added to the failures and has no result."""
    columns = task.columns
    try:
        return evaluate(columns, task.inputs, task.verdict)
    except InputError:
        failed = _failing(task, failures)
    results = evaluate(columns.chosen(~failed), task.inputs, task.verdict)
    return {name: _spread(column, failed) for name, column in results.items()}


def _failing(task: Task, failures: list[Failure]) -> NDArray[np.bool_]:
    """Return which scenarios fail; of those with the same owner and platforms, which fail alike, one is tried."""
    columns = task.columns
    kinds = [columns.codes[name] for name in DECIDING] + [
        np.broadcast_to(np.nan_to_num(numbers, nan=-1.0), columns.count)
        for name, numbers in columns.amounts.items()
        if name not in UNCHECKED
    ]
    _, firsts, kind = np.unique(np.column_stack(kinds), axis=0, return_index=True, return_inverse=True)
    messages = [_message(task, columns.scenarios(first, first + 1)) for first in firsts.tolist()]
    failed = np.array([bool(message) for message in messages])[kind.ravel()]
    places = np.flatnonzero(failed).tolist()
    for place in places[:1] if task.fail_fast else places[:MOST_NAMED]:
        failures.append(_failure(task, columns.scenarios(place, place + 1), messages[int(kind.ravel()[place])]))
    if task.fail_fast and failures:
        raise ScenarioError(str(failures[0]))
    failures[-1:] = [replace(failure, more=len(places) - len(failures)) for failure in failures[-1:]]
    return failed


def _message(task: Task, scenario: Columns) -> str:
    try:
        evaluate(scenario, task.inputs, task.verdict)
    except InputError as error:
        return str(error)
    return ""


def _failure(task: Task, scenario: Columns, message: str) -> Failure:
    every = scenario.scenario(0)
    return Failure(scenario.start, {name: every[name] for name in every if name in task.named}, message)


def _spread(column: ResultColumn, failed: NDArray[np.bool_]) -> ResultColumn:
    """Return the results at the places of the scenarios that did not fail, and no result at the others."""
    if not isinstance(column, Coded):
        whole = np.full(len(failed), np.nan)
        whole[~failed] = column
        return whole
    word = next((word for word in (FAILED, UNKNOWN) if word in column.words), column.words[0])
    codes = np.full(len(failed), column.words.index(word), dtype=np.int16)
    codes[~failed] = column.codes
    return Coded(codes, column.words)
