"""What runs as a kernel's process: IPython without the settings of whoever builds, and this package as `analysis`.

It is started for one kernel, or once for many: then it loads what notebooks load and forks a kernel when it is asked,
or a process that calls a function with all of that at hand.
"""

import gc
import inspect
import json
import os
import pickle
import signal
import socket
import sys
import sysconfig
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from importlib.machinery import PathFinder
from pathlib import Path
from pkgutil import resolve_name
from select import select
from typing import Any

from ipykernel.kernelapp import IPKernelApp
from ipykernel.parentpoller import ParentPollerUnix
from traitlets import default

PACKAGE = Path(__file__).parents[2]
OPENED = "COST_PER_TOKEN_OPENED"
"""Names the file in which a kernel writes down what it opens."""
READING = {"open", "os.listdir", "os.scandir"}
FORKS = "--forks"
"""The argument before the number of the socket on which a process is asked for kernels."""
BEGINNING = ("IPython.core.completerlib", "IPython.extensions.storemagic", "tornado.platform.asyncio")
"""What is imported by a kernel that begins, beside what this module imports."""
CALLS = "--calls"
"""The argument before the folder of a function that is called in place of a kernel."""
CALLED, RETURNED = "called", "returned"
"""In that folder: the function, and what it died of with what it returned."""
LONGEST = 1 << 20  # bytes of what is asked
EVERY_SECONDS = 1.0  # it looks whether who asks is still there
MANY = 50_000  # objects after which a kernel looks for garbage: looking after 700 takes a twentieth of its time


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
    sys.modules["debugpy"] = None  # type: ignore[assignment]
    import_module("ipykernel.debugger")  # it looks for the other once
    del sys.modules["debugpy"]


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


@contextmanager
def _undocumented() -> Iterator[None]:
    """Load libraries as `python -OO` does: they find no words about themselves to read, rewrite and put together."""
    documented = inspect.getdoc
    inspect.getdoc = lambda object: None  # noqa: A006 - its name there
    try:
        yield
    finally:
        inspect.getdoc = documented


def preloaded(also: Iterable[str] = ()) -> Iterator[None]:
    """Load what notebooks of the reports load: their modules, how a picture is drawn, tables, ledgers, and rows.

    Args:
        also: Names of functions that load more, `module:name` each.

    Yields:
        Whenever a kernel may be forked meanwhile, with what is loaded by then.
    """
    own_package()
    from analysis.machinery.press import fingerprints

    fingerprints.files()  # as they are before any is loaded
    with _undocumented():
        import pandas as pd

        from analysis.errors import InputError
        from analysis.exhibits.figure import canvas, drawn
        from analysis.library.loading.snapshots import snapshot_names
        from analysis.library.places import DATA, NOTEBOOKS
        from analysis.library.sources import load
        from analysis.machinery.press.used import imported
        from analysis.studies.claims.ledgers import ledger, names

        cells = [cell for path in NOTEBOOKS.glob("*.ipynb") for cell in json.loads(path.read_bytes())["cells"]]
        sources = ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
        for name in {*BEGINNING, *(name for source in sources for name in imported(source))}:
            with suppress(ImportError):  # what a module holds is none
                import_module(name)
    load().demand_whole()
    with canvas() as (figure, axes):
        axes.plot([1, 2], [1, 2], label="−")
        axes.legend()
    drawn(figure, "", "", "", pd.DataFrame())
    for name in also:
        resolve_name(name)()
    for snapshot in snapshot_names(DATA / "benchmarks"):
        yield
        with suppress(InputError):
            load(snapshot=snapshot)
    for name in names(load()):
        yield
        with suppress(InputError):
            ledger(load(), name)


def _goes_on(loading: Iterator[None]) -> bool:
    """Load the next of what there is to be loaded, and return whether there is more."""
    with suppress(Exception):  # the kernel says it, where it matters
        return next(loading, "nothing") is None
    return False


def forked(requests: socket.socket, also: Iterable[str] = ()) -> list[str]:
    """Fork whenever a kernel is asked for, and return its arguments in the fork; none when nobody can ask any more.

    A message holds arguments, folder and environment of a kernel. With it comes the end of a pipe: the kernel writes
    the number of its process to it, and it is closed when the kernel has ended; and, with what is called, where that
    asks for kernels.
    """
    gc.disable()  # what is loaded stays: to look for what does not would take a sixth of the time
    asker, loading = os.getppid(), preloaded(also)
    more = _goes_on(loading)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for a kernel's process
    while True:
        while not select([requests], [], [], 0 if more else EVERY_SECONDS)[0]:
            if os.getppid() != asker:  # forks of it can still ask
                return []
            more = more and _goes_on(loading)
        message, ends, _, _ = socket.recv_fds(requests, LONGEST, 2, socket.MSG_CMSG_CLOEXEC)
        if not message:
            return []
        gc.freeze()  # or collecting would touch, and so copy, the memory that forks share
        if os.fork():
            for end in ends:
                os.close(end)
            continue
        gc.enable()
        gc.set_threshold(MANY)
        requests.close()
        os.setsid()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        asked = json.loads(message)
        os.chdir(asked["folder"])
        os.environ.clear()
        os.environ.update(asked["environment"], JPY_PARENT_PID=str(os.getppid()))
        os.write(ends[0], str(os.getpid()).encode())
        return [*asked["arguments"], *map(str, ends[1:])]


def call(folder: Path, requests: socket.socket) -> None:
    """Call the function that a folder holds, and put there what it died of, empty where it did not, and returned.

    It is given where it can ask for kernels.
    """
    from analysis.errors import in_words

    ParentPollerUnix(os.getppid()).start()  # type: ignore[no-untyped-call, unused-ignore]
    tempfile.tempdir = str(folder)  # whoever asked removes it, however this process ends
    words, made = "", None
    try:
        made = pickle.loads((folder / CALLED).read_bytes())(requests)  # noqa: S301 - from who started this process
    except Exception as error:
        words = in_words(error)
    (folder / RETURNED).write_bytes(pickle.dumps((words, made)))
    sys.stdout.flush()
    os._exit(0)  # taking down all that was loaded would touch, and so copy, the memory that forks share


def main(arguments: list[str]) -> None:
    """Be a kernel until it is shut down, or call what is asked for."""
    own_package()
    if arguments[0] == CALLS:
        call(Path(arguments[1]), socket.socket(fileno=int(arguments[2])))
        return
    if log := os.environ.pop(OPENED, ""):
        write_down_what_is_opened(log)
    (ReportKernel if log else Kernel).launch_instance(arguments)


if __name__ == "__main__":  # started as a file, so that nothing is imported by a name before it is known whose it is
    without_debugger()
    if sys.argv[1] == FORKS:
        sys.argv[1:] = forked(socket.socket(fileno=int(sys.argv[2])), sys.argv[3:])
    if sys.argv[1:]:
        main(sys.argv[1:])
