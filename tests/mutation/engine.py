"""Does a test fail for a mutant? One process per mutant, forked from one that has collected all tests.

Nothing is written to the project. A mutant within functions is put in their place in memory, in a process that has
imported everything already. One that alters what happens at import (a constant of a module, a default), and one that
no test has noticed so, gets a process that imports the changed module itself.
"""

import gc
import importlib.abc
import importlib.util
import linecache
import os
import resource
import signal
import sys
import time
import types
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import _lru_cache_wrapper
from pathlib import Path
from typing import Any

import coverage
import pytest
from _pytest.runner import runtestprotocol
from hypothesis import Phase, settings

from tests.mutation.mutants import Mutant

ROOT = Path(__file__).parents[2]
KILLED, SURVIVED, TIMEOUT = "killed", "survived", "timeout"
SLOWER, GRACE = 5, 3  # a test may take so many times as long as without changes, and so many seconds more
LONGEST = 600  # seconds that all tests of a mutant may take
PRELOADED = (
    "numpy pandas pandera.pandas pydantic scipy.optimize scipy.interpolate scipy.stats sympy pint yaml".split()
)

TOO_LONG = (signal.SIGXCPU, signal.SIGALRM, signal.SIGPROF, signal.SIGKILL)

Code = types.CodeType
Live = dict[tuple[str, str, int], list[types.FunctionType]]


def prepare() -> None:
    """Import what is never mutated, and let hypothesis stop at the first failing example."""
    for name in PRELOADED:
        importlib.import_module(name)
    settings.register_profile(
        "mutation", deadline=None, derandomize=True, database=None, phases=[Phase.explicit, Phase.generate]
    )


def run_fresh(mutant: Mutant, selection: list[str], seconds: float) -> str:
    """Return how the tests end in a process that imports the mutant where it would import the module."""

    def child() -> int:
        sys.meta_path.insert(0, _Finder(mutant))
        return int(_pytest(selection) != 0)

    return _outcome(child, seconds)


class Collected:
    """A pytest plugin that collects tests, then judges mutants instead of running them.

    Args:
        work: Is given the collected tests once they are there.
        measured: Knows which lines ran at import.
        modules: What else is imported before the first test, so that all functions to be changed are there.
    """

    def __init__(self, work: Callable[["Judge"], None], measured: coverage.Coverage, modules: Iterable[str]) -> None:
        self.work, self.measured, self.modules = work, measured, modules

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Take the place of pytest's own loop."""
        for name in self.modules:
            importlib.import_module(name)
        self.measured.stop()
        data = self.measured.get_data()
        ran = {(_relative(file), line) for file in data.measured_files() for line in data.lines(file) or ()}
        self.work(Judge(session.items, ran))
        return True


def with_collected(selection: list[str], paths: Iterable[str], work: Callable[["Judge"], None]) -> None:
    """Collect tests in a process of their own, which imports the files to be changed, and do the work there."""

    def child() -> int:
        measured = coverage.Coverage(data_file=None, source=[str(ROOT / "analysis")], config_file=False)
        measured.start()
        plugin = Collected(work, measured, [_module(path) for path in paths])
        return int(_pytest(selection, "--capture=no", plugins=[plugin]) != 0)

    ended = _outcome(child, 0)
    assert ended == SURVIVED, f"collecting {selection}: {ended}"


class Judge:
    """Collected tests, which lines each of them runs, and how long it takes.

    Attributes:
        at_import: The lines, by file, that ran before any test.
    """

    def __init__(self, items: list[pytest.Item], at_import: set[tuple[str, int]]) -> None:
        self.items = {item.nodeid: item for item in items}
        self.at_import = at_import
        self._caches = _caches()
        self.seconds: dict[str, float] = {}
        self.covering: dict[tuple[str, int], set[str]] = defaultdict(set)
        self._measure()
        self._live = _live_functions()
        gc.collect()
        gc.freeze()

    def tests(self, mutant: Mutant) -> list[str]:
        """Return the tests that run a line of what is changed, the fastest first."""
        first, last = mutant.lines
        found = set().union(*(self.covering[mutant.path, line] for line in range(first, last + 1)))
        return sorted(found, key=lambda name: (self.seconds[name], name))

    def ran_at_import(self, mutant: Mutant) -> bool:
        """Return whether what is changed may have left its trace before the change was put in place."""
        first, last = mutant.lines
        return any((mutant.path, line) in self.at_import for line in range(first, last + 1))

    def judge(self, mutant: Mutant) -> str | None:
        """Return how the tests end with the mutant in place; None where it cannot be put in place."""
        names = self.tests(mutant)
        swaps = self._swaps(mutant)
        if swaps is None or not names:
            return None

        def child() -> int:
            for function, code in swaps:
                function.__code__ = code
            filename = str(ROOT / mutant.path)
            linecache.cache[filename] = (len(mutant.source), None, mutant.source.splitlines(keepends=True), filename)
            for wrapper in self._caches:
                wrapper.cache_clear()
            return int(any(report.failed for report in self._run(names)))

        return _outcome(child, LONGEST)

    def _swaps(self, mutant: Mutant) -> list[tuple[types.FunctionType, Code]] | None:
        filename = str(ROOT / mutant.path)
        try:
            after = compile(mutant.source, filename, "exec", dont_inherit=True)
        except (SyntaxError, ValueError):
            return None
        before = compile((ROOT / mutant.path).read_text(encoding="utf-8"), filename, "exec", dont_inherit=True)
        changed = _changed_functions(before, after)
        if not changed:
            return None
        swaps = []
        for old, new in changed:
            functions = self._live.get((filename, old.co_qualname, old.co_firstlineno), [])
            if not functions or old.co_freevars != new.co_freevars:
                return None
            swaps += [(function, new) for function in functions]
        return swaps

    def _run(self, names: list[str]) -> Iterator[pytest.TestReport]:
        for name, following in zip(names, [*names[1:], None], strict=True):
            signal.setitimer(signal.ITIMER_PROF, SLOWER * self.seconds[name] + GRACE)
            yield from runtestprotocol(self.items[name], nextitem=following and self.items[following], log=False)

    def _measure(self) -> None:
        """Run every test once under coverage, in a process of its own."""
        path = Path(os.environ["MUTATION_WORK"]) / "coverage"
        path.unlink(missing_ok=True)

        def child() -> int:
            measured = coverage.Coverage(data_file=path, source=[str(ROOT / "analysis")], config_file=False)
            measured.start()
            timed = []
            names = list(self.items)
            for name, following in zip(names, [*names[1:], None], strict=True):
                for wrapper in self._caches:
                    wrapper.cache_clear()
                item, start = self.items[name], time.process_time()
                with _fixtures_apart(item, measured):
                    reports = runtestprotocol(item, nextitem=following and self.items[following], log=False)
                timed.append(f"{time.process_time() - start}\t{name}")
                failed = [report for report in reports if report.failed]
                if failed:
                    print(f"without any change: {name}\n{failed[0].longreprtext}", file=sys.__stderr__)
                    return 1
            measured.stop()
            measured.save()
            path.with_suffix(".times").write_text("\n".join(timed))
            return 0

        ended = _outcome(child, 0)
        assert ended == SURVIVED, f"a test fails without any change: {ended}"
        for line in path.with_suffix(".times").read_text().splitlines():
            seconds, name = line.split("\t")
            self.seconds[name] = float(seconds)
        self._read(path)

    def _read(self, path: Path) -> None:
        users: dict[str, set[str]] = defaultdict(set)
        for name, item in self.items.items():
            users[f"test {name}"] = {name}
            for definitions in item._fixtureinfo.name2fixturedefs.values():  # type: ignore[attr-defined]
                for definition in definitions:
                    users[_fixture(definition)].add(name)
        data = coverage.CoverageData(path)
        data.read()
        for file in data.measured_files():
            for line, contexts in data.contexts_by_lineno(file).items():
                self.covering[_relative(file), line] = set().union(
                    *(users.get(context, set()) for context in contexts)
                )


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.SourceLoader):
    """Imports the mutant where its module is asked for."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant
        self.name = _module(mutant.path)
        self.filename = str(ROOT / mutant.path)
        linecache.cache[self.filename] = (
            len(mutant.source), None, mutant.source.splitlines(keepends=True), self.filename,
        )  # fmt: skip

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> Any:
        if fullname != self.name:
            return None
        places = [str(Path(self.filename).parent)] if self.filename.endswith("__init__.py") else None
        return importlib.util.spec_from_file_location(
            fullname, self.filename, loader=self, submodule_search_locations=places
        )

    def get_filename(self, fullname: str) -> str:
        return self.filename

    def get_data(self, path: str | bytes) -> bytes:
        return self.mutant.source.encode()


def _module(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _relative(file: str) -> str:
    return Path(file).relative_to(ROOT).as_posix()


def _pytest(selection: list[str], *more: str, plugins: Iterable[Any] = ()) -> int:
    """Run pytest in this process, which must be one to throw away."""
    base = Path(os.environ["MUTATION_WORK"]) / "tmp"
    os.chdir(ROOT)
    return pytest.main(
        ["-x", "-q", "--disable-warnings", "-p", "no:cacheprovider", "-p", "no:xdist",
         "--hypothesis-profile=mutation", f"--basetemp={base}", *more, *selection],
        plugins=[*plugins],
    )  # fmt: skip


def _outcome(work: Callable[[], int], seconds: float) -> str:
    """Return how a piece of work ends in a forked process that may take so many seconds, 0 for any."""
    child = os.fork()
    if child == 0:
        end = 1
        try:
            if seconds:
                _limit(seconds)
                for stream in (1, 2):
                    os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
            end = work()
        except BaseException as problem:  # a mutant may raise anything
            if not seconds:
                print(repr(problem), file=sys.__stderr__)
        finally:
            os._exit(end)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return TIMEOUT if os.WTERMSIG(status) in TOO_LONG else KILLED
    return SURVIVED if os.WEXITSTATUS(status) == 0 else KILLED


def _limit(seconds: float) -> None:
    memory = 6 * 2**30
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(int(4 * seconds) + 1)


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


def _caches() -> Iterable[Any]:
    return [
        one for one in gc.get_objects()
        if isinstance(one, _lru_cache_wrapper) and (one.__module__ or "").partition(".")[0] in ("analysis", "tests")
    ]  # fmt: skip


def _live_functions() -> Live:
    """Return the functions of the project that exist, by file, name and line."""
    found: Live = defaultdict(list)
    for one in gc.get_objects():
        if isinstance(one, types.FunctionType) and one.__code__.co_filename.startswith(str(ROOT / "analysis")):
            code = one.__code__
            found[code.co_filename, code.co_qualname, code.co_firstlineno].append(one)
    return found


def _changed_functions(before: Code, after: Code) -> list[tuple[Code, Code]] | None:
    """Return the functions of a module that differ, outermost only; None where anything outside of them does."""
    if _shell(before) != _shell(after):
        return None
    found: list[tuple[Code, Code]] = []
    for old, new in zip(_inner(before), _inner(after), strict=True):
        if old == new:
            continue
        if not old.co_flags & 0x1:  # a class body, which runs at import
            within = _changed_functions(old, new)
            if within is None:
                return None
            found += within
        else:
            found.append((old, new))
    return found


def _inner(code: Code) -> list[Code]:
    return [constant for constant in code.co_consts if isinstance(constant, Code)]


def _shell(code: Code) -> tuple[Any, ...]:
    constants = [(type(one), repr(one)) for one in code.co_consts if not isinstance(one, Code)]
    return code.co_code, code.co_names, code.co_varnames, constants, len(_inner(code)), code.co_qualname
