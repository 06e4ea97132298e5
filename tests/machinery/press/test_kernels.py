"""What a kernel sees of the world around it, without starting one."""

import asyncio
import os
import sys
from functools import partial
from pathlib import Path
from queue import Empty
from tempfile import mkdtemp

import pytest
from jupyter_client.manager import AsyncKernelManager

from analysis.errors import WorkError
from analysis.library.places import DATA, ROOT, VARIABLE
from analysis.machinery.press import kernels
from analysis.machinery.press.execute import execute
from analysis.machinery.press.kernels import Client, aside, manager
from analysis.machinery.press.origin import OPENED
from analysis.machinery.press.variables import ENVIRONMENT
from tests.machinery.press.test_preloaded_reports import notebook

SETTINGS = {
    "IPYTHONDIR": "/folder/of/a/reader/.ipython",
    "PYTHONPATH": "/other",
    "PYTHONSTARTUP": "/other/start.py",
    "PYTHONOPTIMIZE": "2",
    "MATPLOTLIBRC": "/other/matplotlibrc",
    "LC_NUMERIC": "de_DE.UTF-8",
    "SOURCE_DATE_EPOCH": "0",
    "https_proxy": "http://proxy:3128",
    "OWN": "1",
}


@pytest.fixture
def given(monkeypatch):
    """The environment that a kernel would get."""

    async def start(self, **options):
        return options

    monkeypatch.setattr(AsyncKernelManager, "start_kernel", start)
    monkeypatch.setattr(kernels, "_home_can_be_written", lambda: True)

    def of(folder, **options):
        found = asyncio.run(manager(folder, **options)().start_kernel(extra_arguments=["--x"]))
        assert found["extra_arguments"] == ["--x"]
        return found["env"]

    return of


def test_language_time_zone_hashes_and_what_memory_is_kept_are_the_same_everywhere():
    assert ENVIRONMENT == {
        "LC_ALL": "C.UTF-8",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "TZ": "UTC",
    }


def test_a_kernel_gets_them_in_place_of_the_readers_own_and_of_the_shell_only_what_programs_need(
    given, monkeypatch, tmp_path
):
    monkeypatch.setattr(os, "environ", {"PATH": "/bin", "TMPDIR": "/scratch", "TZ": "Asia/Kathmandu", **SETTINGS})
    own = {"IPYTHONDIR": "ipython", "MATPLOTLIBRC": "matplotlibrc", OPENED: "opened"}
    assert given(tmp_path) == {
        "PATH": "/bin",
        "TMPDIR": "/scratch",
        **ENVIRONMENT,
        **{name: str(tmp_path / path) for name, path in own.items()},
        VARIABLE: str(DATA),
    }
    assert (tmp_path / "matplotlibrc").read_bytes() == b""


def test_a_kernel_is_started_by_this_interpreter_whatever_is_registered_under_its_name(monkeypatch, tmp_path):
    registered = tmp_path / "kernels" / "python3"
    registered.mkdir(parents=True)
    (registered / "kernel.json").write_text('{"argv": ["other"], "display_name": "other", "language": "python"}')
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    command = manager(tmp_path)(kernel_name="python3").kernel_spec.argv
    assert command[0] == sys.executable
    assert Path(command[2]).is_relative_to(ROOT)


def test_a_kernel_without_a_home_keeps_its_settings_beside_the_notebook(given, monkeypatch, tmp_path):
    monkeypatch.setattr(kernels, "_home_can_be_written", lambda: False)
    assert given(tmp_path)["MPLCONFIGDIR"] == str(tmp_path)


def test_other_data_are_named_to_the_kernel(given, tmp_path):
    assert given(tmp_path, data=tmp_path / "data")[VARIABLE] == str(tmp_path / "data")


def test_a_home_is_written_where_it_is_there_and_allows_it(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    assert kernels._home_can_be_written()
    monkeypatch.setenv("HOME", str(tmp_path / "nowhere"))
    assert not kernels._home_can_be_written()

    def none():
        raise RuntimeError

    monkeypatch.setattr(kernels.Path, "home", none)
    assert kernels._home_can_be_written() is False


def test_a_kernel_is_forked_where_it_can_be_unless_a_cold_one_is_asked_for_or_it_has_data_of_its_own(
    monkeypatch, tmp_path
):
    def forked(**options):
        return bool(manager(tmp_path, **options)().kernel_spec.metadata)

    monkeypatch.setattr(kernels, "CAN_FORK", True)
    assert forked()
    assert not forked(cold=True)
    assert not forked(data=tmp_path)
    monkeypatch.setattr(kernels, "CAN_FORK", False)
    assert not forked()


def test_a_kernel_is_reached_by_sockets_in_its_own_folder_and_by_ports_where_no_path_to_one_fits(tmp_path):
    assert kernels._reached(Path("/a")) == ("ipc", "/a/kernel")
    assert kernels._reached(Path("/") / ("long" * 25)) == ("tcp", "127.0.0.1")


def test_what_is_called_aside_returns_what_it_returns_here():
    assert aside(partial(divmod, 7, 2)) == (3, 1)
    assert (aside(os.getpid) != os.getpid()) is kernels.CAN_FORK


@pytest.mark.skipif(not kernels.CAN_FORK, reason="nothing is forked on this system")
def test_what_is_called_aside_says_what_it_died_of_and_leaves_no_file():
    with pytest.raises(WorkError, match=r"^ZeroDivisionError: .*by zero$"):
        aside(partial(divmod, 7, 0))
    with pytest.raises(WorkError, match="its process ended before it was done"):
        aside(partial(os._exit, 1))
    assert not Path(aside(mkdtemp)).exists()


@pytest.mark.skipif(not kernels.CAN_FORK, reason="nothing is forked on this system")
def test_a_fork_has_kernels_of_the_same_origin_and_none_of_them_loads_a_debugger():
    code = "import os, sys\nprint(os.getppid(), 'debugpy' in sys.modules)"
    run = partial(execute, "work", notebook(code), {"amount": 5})
    here, there = (ran.cells[-1].outputs[0].text for ran in (run(), aside(run)))
    assert there == here
    assert here.endswith(" False\n")


class Heard(Client):
    """A client to which a kernel says what it is told to; nothing where that is false."""

    def __init__(self, shell, everybody, alive=True):
        self.said, self.asked, self.alive = {"shell": iter(shell), "everybody": iter(everybody)}, 0, alive

    def kernel_info(self):
        self.asked += 1

    async def get_shell_msg(self, timeout):
        return self.next("shell")

    async def get_iopub_msg(self, timeout):
        return self.next("everybody")

    async def is_alive(self):
        return self.alive

    def next(self, channel):
        if not next(self.said[channel], False):
            raise Empty


def test_a_client_asks_until_its_kernel_answers_and_is_heard_and_then_goes_on():
    client = Heard([False, True, True], [False, True, True])
    asyncio.run(client.wait_for_ready(60))
    assert (client.asked, list(client.said["everybody"])) == (3, [True])


@pytest.mark.parametrize(("alive", "said"), [(False, "died"), (True, "in 1e-09 seconds")])
def test_a_client_says_that_its_kernel_died_or_does_not_answer(alive, said):
    with pytest.raises(RuntimeError, match=said):
        asyncio.run(Heard([], [], alive).wait_for_ready(1e-9))
