"""What all tests share: the figures of the project, a copy of them to damage, the command line, the same examples."""

import os
import shutil
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import pytest
from hypothesis import settings

from analysis.__main__ import main
from analysis.library.sources import DATA, load
from analysis.machinery.press.outputs import Notebook
from tests.support.ran import ran as run_report

# No test depends on the speed of the machine or on chance.
settings.register_profile("project", deadline=None, derandomize=True, database=None)
settings.load_profile("project")


class Told(NamedTuple):
    """The exit code of a command, and what it said."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def library():
    return load()


@pytest.fixture(scope="session")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Notebook]:
    """Run the notebook of a report under a scenario, as `tests.support.ran` does; the workers share what ran."""
    own = tmp_path_factory.getbasetemp()
    return partial(run_report, store=(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "ran")


@pytest.fixture
def data(tmp_path):
    """A copy of the data folder that may be written to."""
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return folder


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Told]:
    """Run a command as a user does, within this process."""

    def command(*arguments: object) -> Told:
        monkeypatch.setattr("sys.argv", ["analysis", *map(str, arguments)])
        try:
            code = main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        said = capsys.readouterr()
        return Told(code, said.out, said.err)

    return command
