"""Tests side by side in forks of one process that has loaded and collected all of them, once: `--forks 3`."""

import atexit
import os
import traceback
import warnings
from collections import deque
from collections.abc import Callable, Iterator
from itertools import pairwise
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, NoReturn

import pytest

from analysis.machinery.press import preload
from analysis.machinery.press.kernels import load_ahead
from tests.support import once

Group = list[int]
"""Tests that one fork runs one after another, by their places among all."""
WORTH_TELLING = 0.005  # s, that what precedes or follows a test takes; of most it is nothing


class Forks:
    """Gives each fork a group of tests as soon as it is done with another, and takes what it reports."""

    def __init__(self, scope: Callable[[str], str], count: int) -> None:
        """Say which tests belong together.

        Args:
            scope: Of the name of a test, what those share that one fork runs.
            count: How many forks work at the same time.
        """
        self.scope, self.count, self.made = scope, count, 0
        self.groups: deque[Group] = deque()
        self.given: dict[Connection, Group] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self) -> None:
        """Let what kernels are forked from load beside the collection, once for all; nobody reads its warnings."""
        errors = os.dup(2)
        with Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        load_ahead()
        os.dup2(errors, 2)
        os.close(errors)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Run the tests in forks; none where it is not about running them."""
        if session.testsfailed or session.config.option.collectonly:
            return None
        groups: dict[str, Group] = {}
        for place, item in enumerate(session.items):
            groups.setdefault(self.scope(item.nodeid), []).append(place)
        self.groups.extend(groups.values())
        once.folder = _temporary(session) / "once"
        for _ in range(self.count):
            self._fork(session)
        while self.given:
            for end in wait([*self.given]):
                self._take(end, session)
        if stopped := session.shouldfail or session.shouldstop:
            raise (session.Failed if session.shouldfail else session.Interrupted)(stopped)
        return True

    def _fork(self, session: pytest.Session) -> None:
        ours, theirs = Pipe()
        self.made += 1
        if os.fork() == 0:
            for end in (ours, *self.given):
                end.close()
            _work(session, theirs, self.made)
        theirs.close()
        self.given[ours] = []

    def _take(self, end: Connection, session: pytest.Session) -> None:
        """Take what a fork sends next: a test has ended and what it reports, or it asks for more; or nothing ever."""
        hook, config = session.config.hook, session.config
        try:
            kind, told = end.recv()
        except (EOFError, OSError):
            self._ended(end, session)
            return
        if kind == "more":
            stops = session.shouldfail or session.shouldstop or not self.groups
            self.given[end] = [] if stops else self.groups.popleft()
            end.send(self.given[end])
        elif kind == "report":
            hook.pytest_runtest_logreport(report=hook.pytest_report_from_serializable(config=config, data=told))
        elif kind == "warning":
            warned = warnings.WarningMessage(**told.pop("warned"))
            hook.pytest_warning_recorded.call_historic(kwargs={**told, "warning_message": warned})
        elif kind == "finish":
            self.given[end].pop(0)
            hook.pytest_runtest_logfinish(**told)
        elif kind == "died":
            session.shouldfail = told

    def _ended(self, end: Connection, session: pytest.Session) -> None:
        """A fork is done; if it left tests, the one that it ran has failed, and another fork runs the rest."""
        end.close()
        if left := self.given.pop(end):
            item = session.items[left[0]]
            words = "the process that ran this test died of it"
            report = pytest.TestReport(item.nodeid, item.location, {}, "failed", words, "call")
            session.config.hook.pytest_runtest_logreport(report=report)
            if left[1:] and not session.shouldfail:
                self.groups.appendleft(left[1:])
                self._fork(session)


class _Told:
    """Sends to the process that forked what a test reports."""

    def __init__(self, end: Connection, config: pytest.Config) -> None:
        self.end, self.config = end, config
        self.begun = False  # pytest repeats to who is new the warnings of before, which are told already

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.passed and report.when != "call" and report.duration < WORTH_TELLING:
            return
        data = self.config.hook.pytest_report_to_serializable(config=self.config, report=report)
        self.end.send(("report", data))

    def pytest_warning_recorded(
        self, warning_message: warnings.WarningMessage, when: str, nodeid: str, location: Any
    ) -> None:
        if not self.begun:
            return
        warned = {name: getattr(warning_message, name) for name in ("category", "filename", "lineno")}
        told = {"warned": {**warned, "message": str(warning_message.message)}, "when": when, "nodeid": nodeid}
        self.end.send(("warning", {**told, "location": location}))

    def pytest_runtest_logfinish(self, nodeid: str, location: Any) -> None:
        self.end.send(("finish", {"nodeid": nodeid, "location": location}))


def _work(session: pytest.Session, end: Connection, number: int) -> NoReturn:
    """Be a fork: run what is given until there is no more."""
    atexit._clear()  # what was registered before is not this process's
    try:
        _apart(session.config, number)
        session.config.pluginmanager.register(told := _Told(end, session.config))
        told.begun = True
        for places in _given(end):
            # What lasts for a session is kept for the next group, what lasts for a file is not.
            for item, following in pairwise([*(session.items[place] for place in places), session]):
                session.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
                if session.shouldfail:
                    break
        session._setupstate.teardown_exact(None)
    except BaseException:  # nothing of it may go on as if it were the process that forked
        end.send(("died", traceback.format_exc()))
    finally:
        atexit._run_exitfuncs()
        os._exit(0)


def _given(end: Connection) -> Iterator[Group]:
    end.send(("more", None))
    while places := end.recv():
        yield places
        end.send(("more", None))


def _apart(config: Any, number: int) -> None:
    """Share with other forks neither what is printed nor where temporary files lie."""
    reporter, capture = (config.pluginmanager.get_plugin(name) for name in ("terminalreporter", "capturemanager"))
    reporter._tw._file = Path(os.devnull).open("w")  # noqa: SIM115 - as long as the process
    capture.stop_global_capturing()
    capture.start_global_capturing()
    factory = config._tmp_path_factory
    factory._basetemp = factory.getbasetemp() / f"fork-{number}"
    factory._basetemp.mkdir()
    if requests := preload._origin.requests:
        preload.take_over(requests)


def _temporary(session: Any) -> Path:
    folder: Path = session.config._tmp_path_factory.getbasetemp()
    return folder
