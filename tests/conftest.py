"""What all tests share: the figures of the project, a copy of them to damage, the command line, the same examples."""

import gc
import os
import re
import shutil
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import nbval.kernel
import pytest
from hypothesis import HealthCheck, settings
from jupyter_client.manager import KernelManager
from xdist.scheduler import LoadFileScheduling

from analysis.__main__ import main
from analysis.library.sources import DATA, load
from analysis.machinery.press.kernels import load_ahead
from analysis.machinery.press.outputs import Notebook
from analysis.machinery.press.preload import forking
from analysis.machinery.press.variables import CAN_FORK
from tests.support import once
from tests.support import ran as notebooks
from tests.support.forks import Forks

# No test depends on the speed of the machine or on chance.
settings.register_profile(
    "project",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
    max_examples=50,
)
settings.register_profile("long", settings.get_profile("project"), max_examples=1_000)
settings.load_profile("project")
"""The same 50 examples of each property every time; `./run test tests --hypothesis-profile=long` tries 1,000."""

LONGEST = """
notebooks/ test_published.py test_added.py press/test_cluster.py commands/test_stopping.py studies/procurement/
sweep/test_cluster.py test_installed.py whatif/test_page.py whatif/test_accessibility.py test_lab.py
press/test_used.py whatif/test_use.py press/test_pdf.py commands/test_refresh.py press/test_exporters.py
test_broken_runs.py studies/claims/ studies/business/ studies/attribution/ test_environment.py whatif/test_parity.py
hostile/test_command_line.py press/test_preloaded_reports.py studies/uncertainty/ studies/benchmark/
""".split()
"""What takes longest, first: a worker runs whole files and studies, and none waits long for another at the end."""


class Told(NamedTuple):
    """The exit code of a command, and what it said."""

    code: int
    out: str
    err: str


class _Forked(KernelManager):
    """Starts the kernels of nbval as those of the press: forked from a process that has loaded what they load."""

    @property
    def kernel_spec(self) -> Any:
        load_ahead()
        spec = super().kernel_spec
        spec.metadata = spec.metadata | forking()
        return spec


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--forks", type=int, default=0, help="how many forks of this process share the tests")


def pytest_configure(config: pytest.Config) -> None:
    if CAN_FORK:
        nbval.kernel.KernelManager = _Forked
    config.pluginmanager.register(notebooks)
    if count := config.getoption("forks"):
        config.pluginmanager.register(Forks(together, count))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Set what is collected aside from the garbage: it stays to the end, and looking through it again takes long."""
    gc.disable()
    result = yield
    gc.freeze()
    gc.enable()
    return result


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what takes longest first, all others in their order."""

    def place(item: pytest.Item) -> int:
        path = item.path.as_posix()
        return next((rank for rank, part in enumerate(LONGEST) if f"/{part}" in path), len(LONGEST))

    items.sort(key=place)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadFileScheduling | None:
    """Give a worker whole files, and the files of a study together, which ask for the same."""
    return _Studies(config, log) if config.getvalue("dist") == "loadfile" else None


class _Studies(LoadFileScheduling):
    def _split_scope(self, nodeid: str) -> str:
        return together(nodeid)


def together(nodeid: str) -> str:
    """Return what the tests have in common that one worker runs: their file, their study, or the notebook."""
    if recorded := re.fullmatch(r"tests/test_published\.py::.*\[published/(.*)\]", nodeid):
        return f"notebooks/{recorded[1]}.ipynb"
    parts = nodeid.partition("::")[0].split("/")
    return "/".join(parts[:3] if parts[1:2] == ["studies"] else parts)


@pytest.fixture(scope="session")
def library():
    return load()


@pytest.fixture(scope="session", autouse=True)
def _shared(tmp_path_factory: pytest.TempPathFactory) -> None:
    own = tmp_path_factory.getbasetemp()
    once.folder = once.folder or (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "once"


@pytest.fixture(scope="session")
def ran() -> Callable[..., Notebook]:
    """Run the notebook of a report under a scenario, as `tests.support.ran` does; the workers share what ran."""
    return notebooks.ran


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
