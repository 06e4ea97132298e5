"""The environment variables under which notebooks run, and under which a command begins that forks what runs them."""

import json
import os
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from analysis.library.places import DATA, VARIABLE

# The same numbers and the same bytes, whatever the shell around holds.
ENVIRONMENT = {
    "LC_ALL": "C.UTF-8", "MPLBACKEND": "module://matplotlib_inline.backend_inline", "PYTHONUTF8": "1", "TZ": "UTC",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1", "PYTHONHASHSEED": "0",
}  # fmt: skip
# What programs and libraries need to be found and to start; none of it says how something is computed or drawn.
LET_THROUGH = {
    *("PATH", "HOME", "TMPDIR", "TEMP", "TMP", "XDG_CACHE_HOME", "MPLCONFIGDIR"),
    *("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "VIRTUAL_ENV", "CONDA_PREFIX"),
    *("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "USERPROFILE", "APPDATA", "LOCALAPPDATA"),
}
OF_PYTHON = {
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONNOUSERSITE",
    "PYTHONPYCACHEPREFIX",
    "PYTHONSAFEPATH",
    "PYTHONUNBUFFERED",
}
"""What else a command may be told that forks kernels; a kernel is told nothing of it."""
CAN_FORK = sys.platform == "linux"
"""Elsewhere libraries of the system, such as those of macOS, do not survive it, or nothing can fork."""
AROUND = "COST_PER_TOKEN_AROUND"
"""Holds, for a process that began anew, the variables that it had before."""
BEGAN_ANEW = AROUND in os.environ
"""Whether nothing that this process has loaded could see another variable than notebooks see, but `OF_PYTHON`."""


def settled(data: Path = DATA) -> dict[str, str]:
    """Return the variables under which all that decides numbers and pictures is loaded."""
    passed = {name: value for name, value in os.environ.items() if name.upper() in LET_THROUGH}
    return {**passed, **ENVIRONMENT, VARIABLE: str(data)}


def begin_anew(package: Path) -> None:
    """Let this process begin once more under those variables, where kernels can be forked from it then.

    Not where Python was told to warn of more or less, or to work in another way: kernels would do so, too.

    Args:
        package: The folder in which this package lies.
    """
    if not CAN_FORK or BEGAN_ANEW or sys.warnoptions or sys._xoptions:
        return
    own = {name: os.environ[name] for name in OF_PYTHON & os.environ.keys()} | {"PYTHONPATH": str(package)}
    if sys.stdout:
        own["PYTHONIOENCODING"] = f"{sys.stdout.encoding}:{sys.stdout.errors}"
    around = {AROUND: json.dumps(dict(os.environ))}
    with suppress(OSError):  # it is too much for the system
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], settled() | own | around)  # noqa: S606 - ours


def restore() -> None:
    """Give this process the variables that it had before it began anew: they are meant for the programs it starts."""
    if AROUND in os.environ:
        take(json.loads(os.environ[AROUND]))


def take(environment: Mapping[str, str]) -> None:
    """Let this process have these variables and no others, and their time zone."""
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
