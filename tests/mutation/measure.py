"""Which lines does each test run, and how long does it take?"""

import hashlib
import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import coverage
import pytest
from _pytest.runner import runtestprotocol

from tests.mutation import processes
from tests.mutation.live import clear_caches

ROOT = Path(__file__).parents[2]


class Measured:
    """What is known about each test that passes without changes.

    Attributes:
        seconds: How long it takes, of a processor, by its name.
        covering: The tests that run a line, by file and line.
    """

    def __init__(self, items: Sequence[pytest.Item], work: Path, workers: int) -> None:
        self.seconds: dict[str, float] = {}
        self.covering: dict[tuple[str, int], set[str]] = defaultdict(set)
        folder = work / "measured"
        folder.mkdir(exist_ok=True)
        files = {folder / _state(file[0].path): file for file in by_file(items)}
        unknown = [(name, file) for name, file in files.items() if not name.with_suffix(".json").exists()]
        processes.shared(unknown, workers, _measure)
        for name, file in files.items():
            self.seconds |= json.loads(name.with_suffix(".json").read_text())
            self._read(name.with_suffix(".coverage"), file)

    def tests(self, places: Iterable[tuple[str, int]]) -> set[str]:
        """Return the tests that run any of these lines."""
        return set().union(*(self.covering[place] for place in places if place in self.covering))

    def tests_of(self, path: str) -> set[str]:
        """Return the tests that run any line of a file."""
        return self.tests([place for place in self.covering if place[0] == path])

    def _read(self, path: Path, items: Sequence[pytest.Item]) -> None:
        users: dict[str, set[str]] = defaultdict(set)
        for item in items:
            if item.nodeid in self.seconds:
                users[f"test {item.nodeid}"] = {item.nodeid}
                for definitions in item._fixtureinfo.name2fixturedefs.values():  # type: ignore[attr-defined]
                    for definition in definitions:
                        users[_fixture(definition)].add(item.nodeid)
        data = coverage.CoverageData(path)
        data.read()
        for file in data.measured_files():
            for line, contexts in data.contexts_by_lineno(file).items():
                tests = set().union(*(users.get(context, set()) for context in contexts))
                if tests:
                    self.covering[relative(file), line] |= tests


def by_file(items: Iterable[pytest.Item]) -> list[list[pytest.Item]]:
    """Return tests file by file."""
    found: dict[Path, list[pytest.Item]] = {}
    for item in items:
        found.setdefault(item.path, []).append(item)
    return [*found.values()]


def relative(file: str) -> str:
    """Return a file's path within the project."""
    return Path(file).relative_to(ROOT).as_posix()


def _state(path: Path) -> str:
    """Return a name for a file of tests as it is, with the code and the figures."""
    own = "".join(path.relative_to(ROOT).with_suffix("").parts[1:])
    digest = hashlib.sha256(path.read_bytes())
    for name, content in _shared_state():
        digest.update(name + content)
    return f"{own}-{digest.hexdigest()[:12]}"


@cache
def _shared_state() -> list[tuple[bytes, bytes]]:
    """Return the code and the figures."""
    shared = [path for name in ("analysis", "data", "notebooks") for path in sorted((ROOT / name).rglob("*"))]
    return [(bytes(path), path.read_bytes()) for path in shared if path.is_file() and path.suffix != ".pyc"]


def _measure(files: Iterable[tuple[Path, list[pytest.Item]]]) -> None:
    """Run tests once under coverage and write down what they ran; what fails is named and left out."""
    for name, items in files:
        measured = coverage.Coverage(
            data_file=name.with_suffix(".coverage"), source=[str(ROOT / "analysis")], config_file=False
        )
        measured.start()
        seconds = {}
        for item, following in zip(items, [*items[1:], None], strict=True):
            clear_caches()
            start = time.process_time()
            with _fixtures_apart(item, measured):
                reports = runtestprotocol(item, nextitem=following, log=False)
            if failed := [report for report in reports if report.failed]:
                print(
                    f"left out, fails without changes: {item.nodeid}\n{failed[0].longreprtext}", file=sys.__stderr__
                )
            elif not any(report.skipped for report in reports):
                seconds[item.nodeid] = round(time.process_time() - start, 4)
        measured.stop()
        measured.save()
        name.with_suffix(".json").write_text(json.dumps(seconds))


@contextmanager
def _fixtures_apart(item: pytest.Item, measured: coverage.Coverage) -> Iterator[None]:
    """Note what a shared fixture runs as its own, so that every test that uses it counts as running it."""

    class Plugin:
        @pytest.hookimpl(wrapper=True)
        def pytest_fixture_setup(self, fixturedef: Any) -> Any:
            if fixturedef.scope == "function":
                return (yield)
            measured.switch_context(_fixture(fixturedef))
            try:
                return (yield)
            finally:
                measured.switch_context(f"test {item.nodeid}")

    plugin = Plugin()
    item.config.pluginmanager.register(plugin)
    measured.switch_context(f"test {item.nodeid}")
    try:
        yield
    finally:
        item.config.pluginmanager.unregister(plugin)


def _fixture(definition: Any) -> str:
    return f"fixture {definition.baseid}::{definition.argname}"
