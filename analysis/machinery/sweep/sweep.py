"""Runs a sweep: cuts it into tasks, hands them to an executor, and writes the files that they return."""

import hashlib
import json
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass

from analysis.machinery.press.build import completed
from analysis.machinery.press.fingerprints import data_hash
from analysis.machinery.press.work import version
from analysis.machinery.sweep.grid import Grid
from analysis.machinery.sweep.inputs import Inputs, inputs_of
from analysis.machinery.sweep.places import KEY, Failure, Failures, LocalFolder, Part, RemoteFolder
from analysis.machinery.sweep.tasks import Task, run_task

ROWS = 1 << 17
"""Scenarios of a partition: few enough for the memory of a worker, many enough to outweigh the cost of a task."""


@dataclass(frozen=True)
class Swept:
    """The counts of a finished sweep."""

    scenarios: int
    made: int
    kept: int
    failures: tuple[Failure, ...]


@dataclass(frozen=True, eq=False)
class Sweep:
    """A grid, cut into partitions of so many rows, a scenario each."""

    grid: Grid
    rows: int = ROWS

    @property
    def key(self) -> str:
        """A hash of all that the results are made from."""
        parts = {**self._about, "version": version(), "data": data_hash(), "rows": str(self.rows)}
        return hashlib.sha256(repr(sorted(parts.items())).encode()).hexdigest()

    @property
    def names(self) -> list[str]:
        """The names of all files."""
        return [f"part-{number:05}.parquet" for number in range(-(-len(self.grid.design) // self.rows))]

    def tasks(self, skipped: set[str], *, fail_fast: bool = False, location: str = "") -> Iterator[Task]:
        """Yield the partitions in order, without those that are skipped; each made when it is reached."""
        inputs = inputs_of(self.grid.library, self.grid.design.words)
        about = {**self._about, **self._origins(inputs), KEY: self.key}
        for number, name in enumerate(self.names):
            if name not in skipped:
                start = number * self.rows
                columns = self.grid.design.scenarios(start, min(start + self.rows, len(self.grid.design)))
                yield Task(
                    name, columns, inputs, self.grid.verdict, self.grid.named, about, version(), fail_fast, location
                )

    @property
    def _about(self) -> dict[str, str]:
        grid = json.dumps({"name": self.grid.name, **self.grid.asked}, sort_keys=True)
        return {"grid": grid, "snapshot": self.grid.library.snapshot, "scenarios": str(len(self.grid.design))}

    def _origins(self, inputs: Inputs) -> dict[str, str]:
        sources = json.dumps([source.record() for source in inputs.sources])
        return {"sources": sources, "versions": version(), "data": data_hash()}


def sweep(
    swept: Sweep,
    place: LocalFolder | RemoteFolder,
    executor: Executor,
    *,
    ahead: int,
    fail_fast: bool = False,
    force: bool = False,
    told: Callable[[Part], None] = lambda part: None,
) -> Swept:
    """Compute the partitions that are missing, put all of them in their folder, and count them.

    Raises:
        VersionError: A worker has other code.
        ScenarioError: A scenario failed and was to stop the sweep.
    """
    whole_already = None if force else place.whole(swept.names)
    if whole_already is not None:
        return Swept(len(swept.grid.design), 0, len(swept.names), _flat(whole_already))
    failures = {} if force else place.finished()
    there = set(failures)
    tasks = swept.tasks(there, fail_fast=fail_fast, location=place.location)
    for _, future in completed(executor, run_task, tasks, ahead):
        part = future.result()
        place.add(part)
        failures[part.name] = part.failures
        told(part)
    place.finish(swept.names)
    return Swept(len(swept.grid.design), len(swept.names) - len(there), len(there), _flat(failures))


def _flat(failures: Failures) -> tuple[Failure, ...]:
    every = (failure for part in failures.values() for failure in part)
    return tuple(sorted(every, key=lambda failure: failure.scenario))
