"""How long a command takes, and how much memory it and all processes below it need at most."""

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

ROOT = Path(__file__).parents[2]
PROC = Path("/proc")
EVERY = 1.0  # s; looking costs the kernel time, more so the more memory there is to look at


@dataclass(frozen=True)
class Cost:
    """What a command took: seconds, seconds of processors, megabytes at the highest; 0 where the system is silent.

    Seconds of processors are those of the whole machine, on which nothing else may run: a process that nobody waits
    for, such as a forked kernel, adds its own to nobody's.
    """

    seconds: float
    processor: float
    megabytes: float


def cost(command: Sequence[object]) -> Cost:
    """Run a command in the project's folder and return what it took.

    Memory is the proportional set size of the whole tree, so that pages that forked processes share count once.
    """
    highest, over = [0.0], Event()
    started, busy = time.perf_counter(), _busy()
    process = subprocess.Popen([str(part) for part in command], cwd=ROOT, stdout=subprocess.DEVNULL)

    def watch() -> None:
        while not over.wait(EVERY):
            highest[0] = max(highest[0], sum(map(_megabytes, _tree(process.pid))))

    watcher = Thread(target=watch)
    watcher.start()
    code = process.wait()
    seconds, busy = time.perf_counter() - started, _busy() - busy
    over.set()
    watcher.join()
    if code:
        raise SystemExit(f"{' '.join(map(str, command))}: exit code {code}")
    return Cost(seconds, busy, highest[0])


def _tree(root: int) -> list[int]:
    parents = {}
    for folder in PROC.glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            continue
    found = [root]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found


def _busy() -> float:
    """Seconds that the machine's processors have worked since it began, for users or the system."""
    try:
        user, lower, system = (PROC / "stat").read_text().split(maxsplit=4)[1:4]
    except OSError:
        return 0.0
    return (int(user) + int(lower) + int(system)) / os.sysconf("SC_CLK_TCK")


def _megabytes(pid: int) -> float:
    try:
        text = (PROC / str(pid) / "smaps_rollup").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in text.splitlines() if line.startswith("Pss:")), 0.0)
