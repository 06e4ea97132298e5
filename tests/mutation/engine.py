"""Does a test fail for a mutant? One process per mutant, forked from one that has collected all tests.

Nothing is written to the project. A mutant within functions is put in their place in memory, in a process that has
imported everything already. One that alters what happens at import (a constant of a module, a default), and one that
no test has noticed so, gets a process that imports the changed module itself.
"""

import gc
import importlib
import importlib.abc
import importlib.util
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import accumulate, zip_longest
from pathlib import Path
from typing import Any

import coverage
import pytest
from _pytest.runner import runtestprotocol
from hypothesis import Phase, settings

from tests.mutation import processes
from tests.mutation.live import Live, put, remember_caches, show_source
from tests.mutation.measure import ROOT, Measured, by_file, relative
from tests.mutation.mutants import Mutant
from tests.mutation.processes import KILLED, SURVIVED

UNSETTLED = "unsettled"
SLOWER, GRACE = 5, 3  # a test may take so many times as long as without changes, and so many seconds more
ENOUGH = 150  # seconds of tests that are tried on a mutant, as they are without changes
LONGEST = 600  # seconds that they may take with it
FRESH = 100  # seconds that those may take that import the mutant
CONTROLS = 12
PRELOADED = (
    "numpy pandas pandera.pandas pydantic scipy.optimize scipy.interpolate scipy.stats sympy pint yaml"
    " matplotlib.figure seaborn nbformat"
).split()
# Their tests run the code in processes of its own, where no mutant is.
OUTSIDE = (
    "broken_runs project report_cluster report_kernels report_policy sweep_cluster whatif_accessibility whatif_use"
    " conclusions mutation"
).split()


def prepare() -> None:
    """Import what is never mutated, and let hypothesis stop at the first failing example."""
    for name in PRELOADED:
        importlib.import_module(name)
    settings.register_profile(
        "mutation", deadline=None, derandomize=True, database=None, phases=[Phase.explicit, Phase.generate]
    )


def with_collected(work: Callable[["Judge"], None], folder: Path, workers: int) -> None:
    """Collect the tests in a process of their own, which imports all of `analysis/`, and do the work there."""

    def child() -> int:
        measured = coverage.Coverage(data_file=None, source=[str(ROOT / "analysis")], config_file=False)
        measured.start()
        plugin = _Collected(work, measured, folder, workers)
        return int(_pytest(folder, ["tests"], "--capture=no", plugins=[plugin]) != 0)

    ended = processes.outcome(child)
    assert ended == SURVIVED, f"collecting: {ended}"


def run_fresh(mutant: Mutant, names: Sequence[str], folder: Path) -> str:
    """Return how tests end in a process that imports the mutant where it would import the module.

    Where they take too long, nothing has been seen: the mutant has survived.
    """
    files = list(dict.fromkeys(name.partition("::")[0] for name in names))

    def child() -> int:
        sys.meta_path.insert(0, _Finder(mutant))
        return int(_pytest(folder, files, "-x", plugins=[_Only(names)]) != 0)

    return KILLED if processes.outcome(child, FRESH) == KILLED else SURVIVED


class Judge:
    """Collected tests, and what is known about each.

    Args:
        items: The tests.
        at_import: The lines, by file, that ran before any test.
        measured: Which tests run which lines.
        folder: For what it writes down.
    """

    def __init__(
        self, items: Sequence[pytest.Item], at_import: set[tuple[str, int]], measured: Measured, folder: Path
    ) -> None:
        self.items = {item.nodeid: item for item in items}
        self.at_import, self.measured, self._folder = at_import, measured, folder
        self._live = Live()
        self._order = {name: number for number, name in enumerate(self.items)}
        gc.collect()
        gc.freeze()

    def tests(self, mutant: Mutant) -> list[str]:
        """Return the tests that run a line of what is changed, file by file, the fastest files first."""
        return self._ordered(self.measured.tests(_places(mutant)))

    def tests_of_module(self, mutant: Mutant) -> list[str]:
        """Return the tests that run anything of the changed module, or of those that import it: its own first."""
        found = self.measured.tests_of(mutant.path)
        for user in _users(mutant.path) if not found else ():
            found |= self.measured.tests_of(user)
        own = f"test_{Path(mutant.path).stem}.py", f"test_{Path(mutant.path).parent.name}.py", "test_published.py"
        ordered = self._ordered(found)
        return sorted(ordered, key=lambda name: self.items[name].path.name not in own)

    def judge(self, mutant: Mutant) -> str:
        """Return how the tests end with the mutant in place; unsettled where it cannot be put in place."""
        names, swaps = self.tests(mutant), self._live.swaps(mutant)
        if swaps is None:
            return UNSETTLED

        def child() -> int:
            put(mutant, swaps)
            return int(any(report.failed for report in self._run(names)))

        ended = processes.outcome(child, LONGEST) if names else SURVIVED
        traced = any(place in self.at_import for place in _places(mutant))
        return UNSETTLED if ended == SURVIVED and traced else ended

    def control(self, mutants: Iterable[Mutant]) -> None:
        """Run the tests of some mutants without these; the tests that fail judge nothing and are left out.

        Raises:
            AssertionError: More than one in a hundred fail: the judgment would be worth nothing.
        """
        failing = self._folder / "failing"
        failing.unlink(missing_ok=True)

        def child(names: Sequence[str]) -> int:
            for report in self._run(names):
                if report.failed:
                    with failing.open("a") as file:
                        file.write(f"{report.nodeid}\n")
            return 0

        for mutant in mutants:
            ended = processes.outcome(partial(child, self.tests(mutant)), LONGEST)
            assert ended == SURVIVED, f"without any change: {ended}"
        left_out = set(failing.read_text().splitlines()) if failing.exists() else set()
        print(f"{len(self.items)} tests; left out, for they depend on others: {sorted(left_out)}", flush=True)
        assert len(left_out) <= len(self.items) / 100
        for name in left_out:
            del self.items[name]

    def _ordered(self, names: set[str]) -> list[str]:
        files: dict[Path, list[str]] = {}
        for name in sorted(names & self.items.keys(), key=self._order.__getitem__):
            files.setdefault(self.items[name].path, []).append(name)
        seconds = self.measured.seconds
        fastest = sorted(files.values(), key=lambda file: sum(seconds[name] for name in file))
        ordered = [name for file in fastest for name in file]
        spent = accumulate(seconds[name] for name in ordered)
        return [name for name, total in zip(ordered, spent, strict=True) if total <= ENOUGH]

    def _run(self, names: Sequence[str]) -> Iterator[pytest.TestReport]:
        for name, following in zip_longest(names, names[1:]):
            signal.setitimer(signal.ITIMER_PROF, SLOWER * self.measured.seconds[name] + GRACE)
            yield from runtestprotocol(self.items[name], nextitem=following and self.items[following], log=False)


class _Collected:
    """A pytest plugin that collects tests, then judges mutants instead of running them."""

    def __init__(
        self, work: Callable[[Judge], None], at_import: coverage.Coverage, folder: Path, workers: int
    ) -> None:
        self.work, self.at_import, self.folder, self.workers = work, at_import, folder, workers

    def pytest_ignore_collect(self, collection_path: Path) -> bool | None:
        """Leave out what runs the code elsewhere."""
        return True if collection_path.stem.removeprefix("test_") in OUTSIDE else None

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Take the place of pytest's own loop."""
        for path in sorted(ROOT.glob("analysis/**/*.py")):
            if path.name != "__main__.py":
                importlib.import_module(_module(path.relative_to(ROOT).as_posix()))
        self.at_import.stop()
        data = self.at_import.get_data()
        ran = {(relative(file), line) for file in data.measured_files() for line in data.lines(file) or ()}
        remember_caches()
        measured = Measured(session.items, self.folder, self.workers)
        known = [item for file in by_file(session.items) for item in file if item.nodeid in measured.seconds]
        self.work(Judge(known, ran, measured, self.folder))
        return True


class _Only:
    """A pytest plugin that keeps some tests, in their order."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Drop all others."""
        place = {name: number for number, name in enumerate(self.names)}
        items[:] = sorted((item for item in items if item.nodeid in place), key=lambda item: place[item.nodeid])


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.SourceLoader):
    """Imports the mutant where its module is asked for."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant
        self.name = _module(mutant.path)
        self.filename = str(ROOT / mutant.path)
        show_source(mutant)

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


def _places(mutant: Mutant) -> list[tuple[str, int]]:
    first, last = mutant.lines
    return [(mutant.path, line) for line in range(first, last + 1)]


def _users(path: str) -> list[str]:
    """Return the files that import a module by its name."""
    name = _module(path)
    package, _, last = name.rpartition(".")
    wanted = (f"from {name} import", f"import {name}\n", f"from {package} import {last}")
    return [
        file.relative_to(ROOT).as_posix()
        for file in sorted(ROOT.glob("analysis/**/*.py"))
        if any(one in file.read_text(encoding="utf-8") for one in wanted)
    ]


def _module(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _pytest(folder: Path, files: Sequence[str], *more: str, plugins: Iterable[Any] = ()) -> int:
    """Run pytest in this process, which must be one to throw away."""
    os.chdir(ROOT)
    (folder / "tmp").mkdir(exist_ok=True)
    return pytest.main(
        ["-q", "--disable-warnings", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:nbval",
         "--hypothesis-profile=mutation", f"--basetemp={folder / 'tmp' / str(os.getpid())}",
         "-o", "tmp_path_retention_policy=none", *more, *files],
        plugins=[*plugins],
    )  # fmt: skip
