"""Of the forked kernels, what can be seen without starting one."""

import asyncio
import os
import signal
from pathlib import Path
from types import SimpleNamespace

import pytest
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from analysis.machinery.press import preload, variables
from analysis.machinery.press.preload import CannotForkError, Forked, PreloadedProvisioner


@pytest.fixture
def ended():
    """A kernel, and what ends it."""
    end, other = os.pipe()
    os.write(other, b"12345")
    return Forked(end), lambda: os.close(other)


@pytest.fixture
def sent(monkeypatch):
    found = []
    monkeypatch.setattr(os, "kill", lambda pid, number: found.append((pid, number)))
    return found


def test_a_signal_goes_to_the_kernel_as_long_as_it_runs(ended, sent):
    kernel, end = ended
    kernel.send_signal(signal.SIGINT)
    kernel.kill()
    kernel.terminate()
    assert sent == [(12345, signal.SIGINT), (12345, signal.SIGKILL), (12345, signal.SIGTERM)]
    assert (kernel.pid, kernel.poll()) == (12345, None)
    end()
    kernel.kill()
    assert len(sent) == 3


def test_waiting_waits_for_the_end(ended):
    kernel, end = ended
    assert kernel.poll() is None
    end()
    assert (kernel.wait(), kernel.poll(), kernel.wait()) == (0, 0, 0)
    assert (kernel.stdin, kernel.stdout, kernel.stderr) == (None, None, None)


@pytest.mark.parametrize("patience", [0.0, 5.0])
def test_a_kernel_that_does_not_say_its_number_was_not_forked(monkeypatch, patience):
    monkeypatch.setattr(preload, "PATIENCE", patience)
    end, other = os.pipe()
    if patience:
        os.close(other)
    with pytest.raises(CannotForkError):
        Forked(end)
    if not patience:
        os.close(other)
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(end)


def test_a_kernel_is_asked_for_with_its_connection_file_folder_and_environment(monkeypatch):
    asked, running = [], SimpleNamespace(pid=12345)
    monkeypatch.setattr(preload, "started", lambda *arguments: asked.append(arguments) or running)
    provisioner = PreloadedProvisioner()
    command = ["python", "-m", "ipykernel_launcher", "-f", "connection.json", "--more"]
    found = asyncio.run(provisioner.launch_kernel(command, cwd="/work", env={"A": "b"}))
    assert asked == [(["-f", "connection.json", "--more"], "/work", {"A": "b"})]
    assert found == provisioner.connection_info
    assert (provisioner.pid, provisioner.pgid, provisioner.cwd) == (12345, 12345, Path("/work"))
    assert provisioner.process is running
    monkeypatch.setenv("OWN", "1")
    asyncio.run(provisioner.launch_kernel(["python", "-f", "other.json"]))
    assert asked[1] == (["-f", "other.json"], str(Path.cwd()), dict(os.environ))


@pytest.mark.parametrize("error", [OSError, BrokenPipeError, CannotForkError])
def test_where_it_cannot_be_forked_it_is_started_as_always(monkeypatch, error):
    async def always(self, cmd, **options):
        return cmd, options

    def refused(*_):
        raise error

    monkeypatch.setattr(preload, "started", refused)
    monkeypatch.setattr(LocalProvisioner, "launch_kernel", always)
    command = ["python", "-f", "c.json"]
    assert asyncio.run(PreloadedProvisioner().launch_kernel(command, cwd="/w")) == (command, {"cwd": "/w"})


@pytest.mark.skipif(not variables.CAN_FORK, reason="kernels are not forked on this system")
def test_a_process_that_ends_before_it_forks_leaves_nothing_open(monkeypatch):
    monkeypatch.setattr(preload, "_origin", preload._Origin())
    monkeypatch.setattr(preload.origin, "__file__", os.devnull)  # an empty program
    before = sorted(Path("/proc/self/fd").iterdir())
    with pytest.raises(OSError, match=r"no kernel was forked|Broken pipe"):
        preload.started(["-f", "c.json"], "/", {"PATH": os.environ["PATH"]})
    preload._origin.process.wait()
    preload._origin.requests.close()
    assert sorted(Path("/proc/self/fd").iterdir()) == before


def test_jupyter_finds_the_provisioner_by_its_name(monkeypatch):
    monkeypatch.setattr(KernelProvisionerFactory, "provisioners", {})
    assert preload.forking() == {"kernel_provisioner": {"provisioner_name": "preloaded"}}
    entry = KernelProvisionerFactory.provisioners["preloaded"]
    assert entry.load() is PreloadedProvisioner
    assert entry.group == KernelProvisionerFactory.GROUP_NAME
    preload.forking()
    assert KernelProvisionerFactory.provisioners == {"preloaded": entry}
