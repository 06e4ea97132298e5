"""Kernels forked from a process that has already loaded what notebooks load: the same kernel, started sooner."""

import asyncio
import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import EntryPoint
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from analysis.machinery.press import origin, variables

NAME = "preloaded"
PATIENCE = 60.0  # s, from the first question to a kernel; what it loads takes some of them
ENDED = 0


class CannotForkError(OSError):
    """A kernel cannot be forked here; it is started as kernels always are."""


class Forked:
    """A forked kernel, as the provisioner expects a process of `subprocess`."""

    stdin = stdout = stderr = None

    def __init__(self, end: int) -> None:
        """Take it over.

        Args:
            end: Of the pipe that it writes its number to and that is closed when it ends.

        Raises:
            CannotForkError: It says nothing.
        """
        number = os.read(end, 32) if wait([end], PATIENCE) else b""
        if not number:
            os.close(end)
            raise CannotForkError("no kernel was forked")
        self.pid = int(number)
        self._end: int | None = end

    def poll(self) -> int | None:
        """Return the exit code, which nobody knows, when it has ended; None while it runs."""
        return self._ended(0)

    def wait(self) -> int | None:
        """Return the exit code when it has ended."""
        return self._ended(None)

    def send_signal(self, number: int) -> None:
        """Send it a signal."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def _ended(self, patience: float | None) -> int | None:
        if self._end is not None and wait([self._end], patience):
            os.close(self._end)
            self._end = None
        return ENDED if self._end is None else None


class _Child:
    """A process forked from this one, as far as it is asked for like one of `subprocess`."""

    def __init__(self, pid: int) -> None:
        """Take it over."""
        self.pid, self._ended = pid, False

    def poll(self) -> int | None:
        """Return a code when it has ended; None while it runs."""
        try:
            self._ended = self._ended or os.waitpid(self.pid, os.WNOHANG) != (0, 0)
        except ChildProcessError:  # the system waits for it itself where SIGCHLD is ignored
            self._ended = True
        return ENDED if self._ended else None

    def kill(self) -> None:
        """End it at once."""
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)


@dataclass
class _Origin:
    """The process that forks, and the socket on which it is asked; none before the first kernel.

    In a fork there is the socket alone.
    """

    process: subprocess.Popen[bytes] | _Child | None = None
    requests: socket.socket | None = None

    def start(self, environment: Mapping[str, str], *also: str) -> socket.socket:
        """Start it, where it does not run, and return where it is asked.

        Args:
            environment: Of the process.
            *also: What it loads as well, as for `analysis.machinery.press.origin.preloaded`.

        Raises:
            OSError: It cannot be started.
        """
        if self.requests is None or (self.process and self.process.poll() is not None):
            self.requests, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            with other:
                alone = variables.BEGAN_ANEW and threading.active_count() == 1
                self.process = (self._forked if alone else _spawned)(other, environment, also)
            atexit.register(self.process.kill)
        return self.requests

    def _forked(self, other: socket.socket, environment: Mapping[str, str], also: Iterable[str]) -> _Child:
        """Fork it from this process, which has loaded a part of what it loads, under the same variables."""
        pid = os.fork()
        if not pid:
            assert self.requests is not None
            self.requests.close()
            _asking.release()  # who asks for kernels there does so for the first time
            origin.begin(other, environment, also)
        return _Child(pid)

    def taken_over(self, requests: socket.socket) -> None:
        """Ask where the process asked that this one was forked for."""
        self.process, self.requests = None, requests


def _spawned(other: socket.socket, environment: Mapping[str, str], also: Iterable[str]) -> subprocess.Popen[bytes]:
    """Start it as a process that has loaded nothing."""
    return subprocess.Popen(  # noqa: S603 - this very program
        [sys.executable, "-P", origin.__file__, origin.FORKS, str(other.fileno()), *also],
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        pass_fds=[other.fileno()],
        start_new_session=True,
    )


_origin, _asking = _Origin(), threading.Lock()


class PreloadedProvisioner(LocalProvisioner):  # type: ignore[misc, unused-ignore]
    """Starts kernels by forking; where that cannot be done, as they are always started."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Start the kernel and return how it is reached.

        Args:
            cmd: The command of a kernel that is not forked.
            **kwargs: Of that command's process; its folder and environment are used.
        """
        folder = str(kwargs.get("cwd") or Path.cwd())
        environment = kwargs.get("env") or dict(os.environ)
        try:
            process = await asyncio.to_thread(started, cmd[cmd.index("-f") :], folder, environment)
        except OSError:
            return await super().launch_kernel(cmd, **kwargs)
        self.process: Any = process
        self.pid, self.pgid, self.cwd = process.pid, process.pid, Path(folder)
        return self.connection_info

    async def kill(self, restart: bool = False) -> None:
        """End the kernel at once, and wait for its end: who asks would look for it every tenth of a second."""
        await super().kill(restart)
        if self.process:
            await asyncio.to_thread(self.process.wait)


def forking() -> dict[str, Any]:
    """Return what Jupyter is told of a kernel that is to be forked, and make known to it who does."""
    place = f"{PreloadedProvisioner.__module__}:{PreloadedProvisioner.__name__}"
    entry = EntryPoint(NAME, place, KernelProvisionerFactory.GROUP_NAME)
    KernelProvisionerFactory.provisioners.setdefault(NAME, entry)
    return {"kernel_provisioner": {"provisioner_name": NAME}}


def take_over(requests: socket.socket) -> None:
    """Let kernels of this process be forked by the one that it was forked from."""
    _origin.taken_over(requests)


def begin(environment: Mapping[str, str], *also: str) -> None:
    """Start the process that forks, so that it loads what there is to load before it is asked for a kernel.

    Args:
        environment: Of the process.
        *also: What it loads as well, as for `analysis.machinery.press.origin.preloaded`.
    """
    with _asking, suppress(OSError):  # it is said where a kernel is asked for
        _origin.start(environment, *also)


def started(arguments: list[str], folder: str, environment: Mapping[str, str]) -> Forked:
    """Return a kernel forked from the process that has loaded the modules.

    Raises:
        OSError: It cannot be forked here.
    """
    message = json.dumps({"arguments": arguments, "folder": folder, "environment": dict(environment)}).encode()
    read, written = os.pipe()
    try:
        with _asking:
            requests = _origin.start(environment)
            ends = [written, requests.fileno()] if origin.CALLS in arguments else [written]
            socket.send_fds(requests, [message], ends)
    except OSError:
        os.close(read)
        raise
    finally:
        os.close(written)
    return Forked(read)
