"""Of the forked kernels, what can be seen without starting one."""

import asyncio
import os
import signal
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace

import pytest
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from analysis.library.places import ROOT
from analysis.machinery.press import preload
from analysis.machinery.press.preload import Forked, PreloadedProvisioner


def test_every_module_that_is_preloaded_exists():
    assert [name for name in preload.MODULES if find_spec(name) is None] == []
    assert {"pandas", "seaborn", "analysis.library.sources", "analysis.machinery.press.warm"} <= set(preload.MODULES)


@pytest.fixture
def sent(monkeypatch):
    found = []
    monkeypatch.setattr(os, "kill", lambda pid, number: found.append((pid, number)))
    return found


def process(**changes):
    return SimpleNamespace(**{"pid": 12345, "exitcode": None, "join": lambda: None, **changes})


def test_a_signal_goes_to_the_kernel_as_long_as_it_runs(sent):
    running = Forked(process())
    running.send_signal(signal.SIGINT)
    running.kill()
    running.terminate()
    assert sent == [(12345, signal.SIGINT), (12345, signal.SIGKILL), (12345, signal.SIGTERM)]
    assert (running.pid, running.poll(), running.wait()) == (12345, None, None)


@pytest.mark.parametrize("changes", [{"exitcode": 0}, {"exitcode": 3}, {"pid": None}])
def test_what_has_ended_or_never_ran_gets_none(sent, changes):
    Forked(process(**changes)).kill()
    assert sent == []


def test_waiting_waits_for_the_end_and_tells_the_exit_code():
    ending = process()
    ending.join = lambda: setattr(ending, "exitcode", 3)
    forked = Forked(ending)
    assert (forked.poll(), forked.wait(), forked.poll()) == (None, 3, 3)
    assert (forked.stdin, forked.stdout, forked.stderr) == (None, None, None)


def test_a_kernel_is_asked_for_with_its_connection_file_folder_and_environment(monkeypatch):
    asked = []
    monkeypatch.setattr(preload, "started", lambda *arguments: asked.append(arguments) or process())
    provisioner = PreloadedProvisioner()
    command = ["python", "-m", "ipykernel_launcher", "-f", "connection.json", "--more"]
    found = asyncio.run(provisioner.launch_kernel(command, cwd="/work", env={"A": "b"}))
    assert asked == [(["-f", "connection.json", "--more"], "/work", {"A": "b"})]
    assert found == provisioner.connection_info
    assert (provisioner.pid, provisioner.pgid, provisioner.cwd) == (12345, 12345, Path("/work"))
    assert isinstance(provisioner.process, Forked)
    monkeypatch.setenv("OWN", "1")
    asyncio.run(provisioner.launch_kernel(["python"]))
    assert asked[1] == ([], str(Path.cwd()), dict(os.environ))


@pytest.mark.parametrize("error", [OSError, EOFError, AssertionError, ValueError])
def test_where_it_cannot_be_forked_it_is_started_as_always(monkeypatch, error):
    async def always(self, cmd, **options):
        return cmd, options

    def refused(*_):
        raise error

    monkeypatch.setattr(preload, "started", refused)
    monkeypatch.setattr(LocalProvisioner, "launch_kernel", always)
    assert asyncio.run(PreloadedProvisioner().launch_kernel(["python"], cwd="/w")) == (["python"], {"cwd": "/w"})


def test_without_a_connection_file_no_kernel_is_forked():
    with pytest.raises(ValueError, match="not started from a connection file"):
        preload.started([], "/", {})


def test_jupyter_finds_the_provisioner_by_its_name(monkeypatch):
    monkeypatch.setattr(KernelProvisionerFactory, "provisioners", {})
    assert preload.registered() == "preloaded"
    entry = KernelProvisionerFactory.provisioners["preloaded"]
    assert entry.load() is PreloadedProvisioner
    assert entry.group == KernelProvisionerFactory.GROUP_NAME
    preload.registered()
    assert KernelProvisionerFactory.provisioners == {"preloaded": entry}


def test_a_forked_kernel_has_the_folder_environment_and_path_of_one_started_on_its_own(monkeypatch):
    from ipykernel.kernelapp import IPKernelApp

    done = []
    system = SimpleNamespace(
        setsid=lambda: done.append("session"),
        chdir=done.append,
        getppid=lambda: 77,
        environ={"LEFT": "1"},
        pathsep=":",
    )
    own = SimpleNamespace(argv=["other"], path=["", str(ROOT), "/lib", "/own"])
    monkeypatch.setattr(preload, "os", system)
    monkeypatch.setattr(preload, "sys", own)
    monkeypatch.setattr(IPKernelApp, "launch_instance", done.append)
    monkeypatch.setattr(preload, "_let_the_fork_server_end", lambda: done.append("let go"))
    preload.kernel(["-f", "c.json"], "/work", {"PYTHONPATH": "/own::/more", "A": "b"})
    assert done == ["session", "let go", "/work", ["-f", "c.json"]]
    assert system.environ == {"PYTHONPATH": "/own::/more", "A": "b", "JPY_PARENT_PID": "77"}
    assert own.argv == ["ipykernel_launcher", "-f", "c.json"]
    assert own.path[:3] == ["/own", "/more", "/lib"]


@pytest.mark.parametrize(
    ("path", "listed", "found"),
    [
        (["", "/root", "/lib"], "", ["/lib"]),
        (["/root", "/lib", "/root"], "", ["/lib"]),
        (["/root", "/lib", "/root"], "/root", ["/root", "/lib"]),
        (["/lib", "/more"], "/more", ["/more", "/lib"]),
        (["/lib"], os.pathsep.join(["/a", "", "/b"]), ["/a", "/b", "/lib"]),
        ([], "", []),
    ],
)
def test_the_module_path_begins_with_what_was_asked_for_and_leaves_out_what_is_this_process(path, listed, found):
    assert preload._cold_path(path, listed, {"", "/root"}) == found


@pytest.mark.parametrize("before", [None, "/other"])
def test_the_package_is_found_while_the_fork_server_starts_and_nothing_is_left_of_it(monkeypatch, before):
    monkeypatch.setattr(os, "environ", dict(os.environ))
    os.environ.pop("PYTHONPATH", None)
    if before:
        os.environ["PYTHONPATH"] = before
    with preload._found_by_import():
        assert os.environ["PYTHONPATH"].split(os.pathsep) == [str(ROOT), *([before] if before else [])]
    assert os.environ.get("PYTHONPATH") == before
