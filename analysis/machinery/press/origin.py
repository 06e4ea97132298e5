"""What is started to have kernels: it loads what notebooks load and forks a kernel whenever it is asked for one.

It forks a process that calls a function, too, with all of that at hand; or it becomes a kernel itself, with nothing
loaded before.
"""

import gc
import inspect
import json
import os
import pickle
import signal
import socket
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib import import_module
from importlib.machinery import PathFinder
from pathlib import Path
from pkgutil import resolve_name
from select import select
from typing import NoReturn

PACKAGE = Path(__file__).parents[2]
OPENED = "COST_PER_TOKEN_OPENED"
"""Names the file in which a kernel writes down what it opens."""
FORKS = "--forks"
"""The argument before the number of the socket on which a process is asked for kernels."""
BEGINNING = ("IPython.core.completerlib", "IPython.extensions.storemagic", "tornado.platform.asyncio")
"""What is imported by a kernel that begins, beside what `kernel` imports."""
CALLS = "--calls"
"""The argument before the folder of a function that is called in place of a kernel."""
CALLED, RETURNED = "called", "returned"
"""In that folder: the function, and what it died of with what it returned."""
NOTEBOOK = ".ipynb"
LONGEST = 1 << 20  # bytes of what is asked
EVERY_SECONDS = 1.0  # it looks whether who asks is still there
MANY = 50_000  # objects after which a kernel looks for garbage: looking after 700 takes a twentieth of its time


def own_package(package: Path = PACKAGE) -> None:
    """Make the name `analysis` mean this package, whatever else of that name lies on the module path.

    Its folder stands last there, and first only where another of that name would be found before it.
    """
    folder = str(package.parent)
    sys.path[:] = [*(other for other in sys.path if other != folder), folder]
    spec = PathFinder.find_spec(package.name)
    if spec is None or spec.origin is None or not Path(spec.origin).is_relative_to(package):
        sys.path.insert(0, folder)


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
        also: Names of functions that load more, `module:name` each, and paths of notebooks whose modules are loaded
            before a kernel is forked; where there is none, those of all.

    Yields:
        Whenever a kernel may be forked meanwhile, with what is loaded by then.
    """
    from analysis.machinery.press import fingerprints, kernel

    fingerprints.files()  # as they are before any is loaded
    kernel.without_debugger()
    kernel.without_examples()
    with _undocumented():
        import pandas as pd

        from analysis.errors import InputError
        from analysis.exhibits.figure import canvas, drawn
        from analysis.library.loading.snapshots import snapshot_names
        from analysis.library.places import DATA, NOTEBOOKS
        from analysis.library.sources import load
        from analysis.studies.claims.ledgers import ledger, names

    listed = sorted(NOTEBOOKS.glob("*.ipynb"))
    first = [Path(path) for path in also if path.endswith(NOTEBOOK)]
    _import(BEGINNING)
    for path in first or listed:
        _import(_modules(path))
    load().demand_whole()
    with canvas() as (figure, axes):
        axes.plot([1, 2], [1, 2], label="−")
        axes.legend()
    drawn(figure, "", "", "", pd.DataFrame())
    for name in also:
        if not name.endswith(NOTEBOOK):
            resolve_name(name)()
    for snapshot in snapshot_names(DATA / "benchmarks"):
        yield
        with suppress(InputError):
            load(snapshot=snapshot)
    for path in listed:
        yield
        _import(_modules(path))
    for name in names(load()):
        yield
        with suppress(InputError):
            ledger(load(), name)


def _modules(notebook: Path) -> Iterator[str]:
    """Yield the names of this package's modules that a notebook imports, and some that are no modules."""
    from analysis.machinery.press.used import imported

    cells = json.loads(notebook.read_bytes())["cells"]
    for cell in cells:
        yield from imported("".join(cell["source"])) if cell["cell_type"] == "code" else ()


def _import(modules: Iterable[str]) -> None:
    with _undocumented():
        for name in modules:
            with suppress(ImportError):  # what a module holds is none
                import_module(name)


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
    from analysis.machinery.press.variables import take

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
        take({**asked["environment"], "JPY_PARENT_PID": str(os.getppid())})
        os.write(ends[0], str(os.getpid()).encode())
        return [*asked["arguments"], *map(str, ends[1:])]


def begin(requests: socket.socket, environment: Mapping[str, str], also: Iterable[str]) -> NoReturn:
    """Become, in a fork of who asks for kernels, the process that forks them; nothing of the other goes on in it."""
    try:
        os.setsid()
        os.dup2(os.open(os.devnull, os.O_RDONLY), sys.stdin.fileno())
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        own_package()
        from analysis.machinery.press.variables import take

        take(environment)
        if arguments := forked(requests, also):
            sys.argv = [__file__, *arguments]
            main(arguments)
            sys.stdout.flush()
    except Exception:
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(0)


def call(folder: Path, requests: socket.socket) -> None:
    """Call the function that a folder holds, and put there what it died of, empty where it did not, and returned.

    It is given where it can ask for kernels.
    """
    from ipykernel.parentpoller import ParentPollerUnix

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
    if arguments[0] == CALLS:
        call(Path(arguments[1]), socket.socket(fileno=int(arguments[2])))
        return
    from analysis.machinery.press.kernel import launch

    launch(arguments, os.environ.pop(OPENED, ""))


if __name__ == "__main__":  # started as a file, so that nothing is imported by a name before it is known whose it is
    own_package()
    if sys.argv[1] == FORKS:
        sys.argv[1:] = forked(socket.socket(fileno=int(sys.argv[2])), sys.argv[3:])
    if sys.argv[1:]:
        main(sys.argv[1:])
