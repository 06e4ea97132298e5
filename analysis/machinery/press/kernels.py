"""Kernels that see of the world around them what a notebook may depend on, and nothing else of it."""

import multiprocessing
import os
from pathlib import Path
from typing import Any

from jupyter_client.manager import AsyncKernelManager

from analysis.library.places import VARIABLE

# The same numbers and the same bytes, whatever the shell around holds.
ENVIRONMENT = {
    "LC_ALL": "C.UTF-8", "MPLBACKEND": "agg", "PYDEVD_DISABLE_FILE_VALIDATION": "1", "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1", "TZ": "UTC",
}  # fmt: skip


def manager(folder: Path, *, preload: bool = False, data: Path | None = None) -> type[AsyncKernelManager]:
    """Return a class of kernel managers for one notebook.

    Args:
        folder: That the kernel can write to, as long as it lives.
        preload: Whether the kernel is forked from a process that has loaded the libraries, where it can be.
        data: The data folder, where it is not the one of this process; a kernel with its own is not forked.
    """
    # A reader's own start-up files and settings of IPython would be part of the report.
    environment = {**ENVIRONMENT, "IPYTHONDIR": str(folder / "ipython")}
    if not _home_can_be_written():
        environment["MPLCONFIGDIR"] = str(folder)
    if data is not None:
        environment[VARIABLE] = str(data)

    class Manager(_base(preload and data is None)):  # type: ignore[misc]
        async def start_kernel(self, **options: Any) -> Any:
            return await super().start_kernel(**options, env={**os.environ, **environment})

    return Manager


def _base(preload: bool) -> type[AsyncKernelManager]:
    if not preload or "forkserver" not in multiprocessing.get_all_start_methods():
        return AsyncKernelManager
    from analysis.machinery.press.preload import PreloadedKernelManager

    return PreloadedKernelManager


def _home_can_be_written() -> bool:
    try:
        return os.access(Path.home(), os.W_OK)
    except RuntimeError:  # there is none
        return False
