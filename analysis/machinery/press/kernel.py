"""What runs as a kernel's process: IPython without the settings of whoever builds, and this package as `analysis`."""

import os
import sys
import sysconfig
from importlib.machinery import PathFinder
from pathlib import Path
from typing import Any

from ipykernel.kernelapp import IPKernelApp
from traitlets import default

PACKAGE = Path(__file__).parents[2]
OPENED = "COST_PER_TOKEN_OPENED"
"""Names the file in which a kernel writes down what it opens."""
READING = {"open", "os.listdir", "os.scandir"}


class Kernel(IPKernelApp):  # type: ignore[misc, unused-ignore]
    """A kernel that runs nothing before the first cell: no start-up file, no configuration of user or system."""

    @default("parent_handle")
    def _parent(self) -> int:
        """Return whose end is this kernel's, too: that of the process that forked it, where one did."""
        return int(os.environ.get("JPY_PARENT_PID") or 0)

    def init_path(self) -> None:
        """Leave the module path alone: what lies in the working folder is no module."""

    def load_config_file(self, *_: Any, **__: Any) -> None:
        """Read no configuration."""

    def _run_startup_files(self) -> None:
        """Run none."""


def own_package(package: Path = PACKAGE) -> None:
    """Make the name `analysis` mean this package, whatever else of that name lies on the module path.

    Its folder stands last there, and first only where another of that name would be found before it.
    """
    folder = str(package.parent)
    sys.path[:] = [*(other for other in sys.path if other != folder), folder]
    spec = PathFinder.find_spec(package.name)
    if spec is None or spec.origin is None or not Path(spec.origin).is_relative_to(package):
        sys.path.insert(0, folder)


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


def main(arguments: list[str]) -> None:
    """Be a kernel until it is shut down.

    Args:
        arguments: Of IPython's kernel.
    """
    own_package()
    if log := os.environ.pop(OPENED, ""):
        write_down_what_is_opened(log)
    Kernel.launch_instance(arguments)


if __name__ == "__main__":  # started as a file, so that nothing is imported by a name before it is known whose it is
    main(sys.argv[1:])
