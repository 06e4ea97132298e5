"""A kernel: IPython without the settings of whoever builds, and this package as `analysis`."""

import os
import sys
import sysconfig
from importlib import import_module
from typing import Any

from ipykernel.kernelapp import IPKernelApp
from traitlets import default

from analysis.library.places import PACKAGE

READING = {"open", "os.listdir", "os.scandir"}


class Kernel(IPKernelApp):  # type: ignore[misc, unused-ignore]
    """A kernel that runs nothing before the first cell: no start-up file, no configuration of user or system."""

    @default("parent_handle")
    def _parent(self) -> int:
        """Return whose end is this kernel's, too: that of the process that forked it, where one did."""
        return int(os.environ.get("JPY_PARENT_PID") or 0)

    def init_path(self) -> None:
        """Leave the module path alone: what lies in the working folder is no module."""

    def init_pdb(self) -> None:
        """Load no debugger: nobody is there to answer it."""

    def load_config_file(self, *_: Any, **__: Any) -> None:
        """Read no configuration, and write no history of what was run."""
        self.config.HistoryManager.enabled = False

    def _run_startup_files(self) -> None:
        """Run none."""


class ReportKernel(Kernel):
    """A kernel whose outputs become a report: it makes no form of an exhibit for the screen of a notebook."""

    def init_shell(self) -> None:
        """Show of an exhibit what a report takes of it."""
        super().init_shell()  # type: ignore[no-untyped-call, unused-ignore]
        shell: Any = self.shell
        bundles = shell.display_formatter.mimebundle_formatter
        bundles.for_type_by_name("analysis.exhibits.statements", "Shown", lambda shown, **_: shown.for_report())


def without_debugger() -> None:
    """Let no kernel load a debugger, which takes it longer than all else: nobody is there to use it."""
    _without("debugpy", "ipykernel.debugger")


def without_examples() -> None:
    """Let tables be checked without what would make up examples of them for tests."""
    _without("hypothesis", "pandera.strategies.pandas_strategies")


def _without(absent: str, user: str) -> None:
    """Load a module that looks once for another which it can do without, and let it find none."""
    if absent not in sys.modules:
        sys.modules[absent] = None  # type: ignore[assignment]
        import_module(user)
        del sys.modules[absent]


def write_down_what_is_opened(log: str) -> None:
    """Write the path of each file that is opened from now on, and of each folder that is listed, into a file.

    At once, as kernels are killed; after each a zero byte. What libraries open without Python is not seen.
    """
    file, seen = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND), set[str]()
    libraries = tuple({sysconfig.get_path(kind) + os.sep for kind in ("stdlib", "purelib", "platlib")})

    def told(event: str, arguments: tuple[Any, ...]) -> None:
        if event in READING and isinstance(arguments[0], str | bytes | os.PathLike):
            path = os.path.abspath(os.fsdecode(arguments[0]))  # noqa: PTH100 - as it is named, links and all
            if path not in seen and (path.startswith(str(PACKAGE)) or not path.startswith(libraries)):
                seen.add(path)
                os.write(file, os.fsencode(path) + b"\0")

    sys.addaudithook(told)


def launch(arguments: list[str], log: str = "") -> None:
    """Be a kernel until it is shut down.

    Args:
        arguments: Of IPython's kernel.
        log: The file in which it writes down what it opens, where it does; then its outputs become a report.
    """
    without_debugger()
    if log:
        write_down_what_is_opened(log)
    (ReportKernel if log else Kernel).launch_instance(arguments)
