"""Kernels that run this package and see of the world around them what a notebook may depend on, and nothing else."""

import math
import os
import pickle
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from queue import Empty
from socket import socket
from tempfile import TemporaryDirectory
from typing import Any, TypeVar, cast

import zmq.asyncio
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from traitlets import Type

from analysis.errors import WorkError
from analysis.library.places import DATA
from analysis.machinery.press.origin import CALLED, CALLS, OPENED, RETURNED
from analysis.machinery.press.preload import begin, forking, started, take_over
from analysis.machinery.press.variables import CAN_FORK, settled

Made = TypeVar("Made")

LOG = "opened"
"""In the folder of a kernel: what it has opened."""
LAUNCHER = Path(__file__).with_name("origin.py")
LONGEST_ADDRESS = 100
"""Bytes of a socket's path; systems allow 103 or 107."""
AGAIN_MILLISECONDS = 5
"""How soon a client tries once more to reach a kernel that begins; others wait for 100."""


def environment(folder: Path, data: Path = DATA) -> dict[str, str]:
    """Return the environment variables of a kernel."""
    settings = folder / "matplotlibrc"
    settings.touch()  # an empty one stands before that of the user
    own = {"IPYTHONDIR": str(folder / "ipython"), "MATPLOTLIBRC": str(settings), OPENED: str(folder / LOG)}
    if not _home_can_be_written():
        own["MPLCONFIGDIR"] = str(folder)
    return {**settled(data), **own}


def load_ahead(*also: Callable[[], object], first: Iterable[Path] = ()) -> bool:
    """Let the process that forks kernels load what there is to load, beside other work; return whether it does.

    Args:
        *also: Functions of this package that load more.
        first: Notebooks that will run before others; their modules are loaded before theirs.
    """
    forks = CAN_FORK and _home_can_be_written()
    if forks:
        names = (f"{function.__module__}:{function.__qualname__}" for function in also)
        begin({**settled(DATA), "MATPLOTLIBRC": os.devnull}, *names, *map(str, first))
    return forks


def aside(function: Callable[[], Made]) -> Made:
    """Call a function in a fork of the process that has loaded what reports need; here where none can be forked.

    Raises:
        WorkError: What it died of there.
    """
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / CALLED).write_bytes(pickle.dumps(partial(_there, function)))
        try:
            started([CALLS, name], str(Path.cwd()), environment(folder)).wait()
        except OSError:
            return function()
        words, made = "its process ended before it was done", None
        if (folder / RETURNED).is_file():
            words, made = pickle.loads((folder / RETURNED).read_bytes())  # noqa: S301 - from the fork
    if words:
        raise WorkError(words)
    return cast("Made", made)


def _there(function: Callable[[], Made], requests: socket) -> Made:
    """Call a function where kernels are asked for as the process does that this one was forked for."""
    take_over(requests)
    return function()


class Client(AsyncKernelClient):  # type: ignore[misc, unused-ignore]
    """A client that goes on as soon as its kernel can be heard; others wait then until it has said all."""

    def _context_default(self) -> zmq.asyncio.Context:
        context: zmq.asyncio.Context = super()._context_default()
        context.setsockopt(zmq.RECONNECT_IVL, AGAIN_MILLISECONDS)
        return context

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel answers, and what it tells everybody arrives.

        Raises:
            RuntimeError: It has died, or does not answer in time (s).
        """
        end = time.monotonic() + (timeout or math.inf)
        while True:
            self.kernel_info()
            with suppress(Empty):
                await self.get_shell_msg(timeout=1)
                await self.get_iopub_msg(timeout=1)
                return
            if not await self.is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
            if time.monotonic() > end:
                raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")


def manager(folder: Path, *, cold: bool = False, data: Path | None = None) -> type[AsyncKernelManager]:
    """Return a class of kernel managers for one notebook.

    Args:
        folder: That the kernel can write to, as long as it lives.
        cold: Whether the kernel is a process of its own, not forked from one that has loaded the libraries.
        data: The data folder, where it is not the one of this process; a kernel with its own is not forked.
    """
    seen = environment(folder, data or DATA)
    command = [sys.executable, "-P", str(LAUNCHER), "-f", "{connection_file}"]
    metadata = {} if cold or data is not None or not CAN_FORK else forking()

    class Manager(AsyncKernelManager):  # type: ignore[misc, unused-ignore]
        client_factory = Type(Client)

        @property
        def kernel_spec(self) -> Any:
            """The kernel of this package, not what a user has registered under some name."""
            return KernelSpec(argv=command, display_name="Python", language="python", metadata=metadata)

        async def start_kernel(self, **options: Any) -> Any:  # type: ignore[override, unused-ignore]
            """Start the kernel; no port can be taken by another program between its choice and its use."""
            self.transport, self.ip = _reached(folder)
            return await super().start_kernel(**options, env=seen)

    return Manager


def _reached(folder: Path) -> tuple[str, str]:
    """Return by what a kernel is reached, and where: sockets in its own folder, ports where there can be none."""
    sockets = folder / "kernel"
    fits = len(os.fsencode(f"{sockets}-1")) <= LONGEST_ADDRESS
    return ("ipc", str(sockets)) if os.name == "posix" and fits else ("tcp", "127.0.0.1")


def _home_can_be_written() -> bool:
    try:
        return os.access(Path.home(), os.W_OK)
    except RuntimeError:  # there is none
        return False
