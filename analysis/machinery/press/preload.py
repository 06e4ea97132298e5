"""Kernels forked from a process that has already loaded what notebooks load: the same kernel, started sooner."""

import asyncio
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import EntryPoint
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from threading import Lock
from typing import Any

from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from analysis.library.places import ROOT
from analysis.machinery.press.kernel import main

NAME = "preloaded"
MODULES = (
    "ipykernel.kernelapp", "ipykernel.ipkernel", "IPython.core.completer", "pandas", "pandera.pandas", "pydantic",
    "scipy.interpolate", "matplotlib.figure", "matplotlib.backends.backend_svg", "seaborn", "analysis.exhibits",
    "analysis.studies.claims.evidence", "analysis.studies.claims.implied", "analysis.studies.claims.ledgers",
    "analysis.studies.claims.verdicts", "analysis.comparison.head_to_head", "analysis.library.sources",
    "analysis.exhibits.statements", "analysis.exhibits.symbolic", "analysis.machinery.press.warm",
)  # fmt: skip
"""What is loaded before the fork. Nothing of it starts a thread."""
CANNOT_FORK = (OSError, EOFError, AssertionError, ValueError)
_starting = Lock()


class Forked:
    """A process of the fork server, as the provisioner expects one of `subprocess`."""

    stdin = stdout = stderr = None

    def __init__(self, process: ForkServerProcess) -> None:
        """Take the process over."""
        self.process = process
        self.pid = process.pid

    def poll(self) -> int | None:
        """Return the exit code, None while it runs."""
        with _starting:
            return self.process.exitcode

    def wait(self) -> int | None:
        """Return the exit code when it has ended."""
        self.process.join()
        return self.poll()

    def send_signal(self, number: int) -> None:
        """Send it a signal."""
        if self.pid and self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


class PreloadedProvisioner(LocalProvisioner):  # type: ignore[misc, unused-ignore]
    """Starts kernels by forking; where that cannot be done, as they are always started."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Start the kernel and return how it is reached.

        Args:
            cmd: The command of a kernel that is not forked.
            **kwargs: Of that command's process; its folder and environment are used.
        """
        folder = str(kwargs.get("cwd") or Path.cwd())
        arguments = cmd[cmd.index("-f") :] if "-f" in cmd else []
        try:
            process = await asyncio.to_thread(started, arguments, folder, kwargs.get("env") or dict(os.environ))
        except CANNOT_FORK:
            return await super().launch_kernel(cmd, **kwargs)
        self.process: Any = Forked(process)
        self.pid, self.pgid, self.cwd = process.pid, process.pid, Path(folder)
        return self.connection_info


def registered() -> str:
    """Make the provisioner known to Jupyter in this process and return its name there."""
    place = f"{PreloadedProvisioner.__module__}:{PreloadedProvisioner.__name__}"
    entry = EntryPoint(NAME, place, KernelProvisionerFactory.GROUP_NAME)
    KernelProvisionerFactory.provisioners.setdefault(NAME, entry)
    return NAME


def started(arguments: list[str], folder: str, environment: Mapping[str, str]) -> ForkServerProcess:
    """Return a kernel forked from the process that has loaded the modules, which is started by the first.

    Args:
        arguments: Of the kernel.
        folder: That it works in.
        environment: Its environment variables.

    Raises:
        OSError, EOFError, AssertionError, ValueError: It cannot be forked here.
    """
    if not arguments:
        raise ValueError("the kernel is not started from a connection file")
    context = ForkServerContext()
    with _starting, _found_by_import():
        context.set_forkserver_preload(list(MODULES))
        process = context.Process(target=kernel, args=(arguments, folder, dict(environment)), daemon=True)
        process.start()
    return process


def kernel(arguments: list[str], folder: str, environment: Mapping[str, str]) -> None:
    """Be a kernel until it is shut down; arguments as for `started`."""
    os.setsid()
    _let_the_fork_server_end()
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment, JPY_PARENT_PID=str(os.getppid()))
    sys.argv = ["ipykernel_launcher", *arguments]
    sys.path[:] = _cold_path(sys.path, environment.get("PYTHONPATH", ""), {"", folder, str(ROOT)})
    main(arguments)


def _let_the_fork_server_end() -> None:
    """Give up what a process of the fork server holds of it, which would keep both alive when the builder is gone."""
    held = getattr(forkserver._forkserver, "_forkserver_alive_fd", None)
    if held is not None:
        os.close(held)


def _cold_path(path: Sequence[str], listed: str, own: set[str]) -> list[str]:
    """Return the module path that a kernel started on its own would have before it adds the package's folder.

    Args:
        path: That of this process.
        listed: The variable PYTHONPATH of the kernel.
        own: Folders that are on it for this process's sake.
    """
    first = [folder for folder in listed.split(os.pathsep) if folder]
    return [*first, *(folder for folder in path if folder not in own and folder not in first)]


class _found_by_import:  # noqa: N801 - read as words after `with`
    """The package's folder on the path of processes started meanwhile: the fork server looks nowhere else."""

    def __enter__(self) -> None:
        self.before = os.environ.get("PYTHONPATH")
        os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT), *([self.before] if self.before else [])])

    def __exit__(self, *_: object) -> None:
        if self.before is None:
            os.environ.pop("PYTHONPATH", None)
        else:
            os.environ["PYTHONPATH"] = self.before
