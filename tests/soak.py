"""`python -m tests.soak`: real builds that are killed, starved and hindered; prints what was seen.

Each build is a process of its own, as a user starts it. What needs root on Linux is skipped elsewhere.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
REPORT = "01-published-comparison"
KILLS = 30
SLOWEST = 7.0  # s, about what a build takes
VARIANTS = ("vintage=2026-04", "vintage=2026-07")
Files = dict[str, bytes]


def build(output: Path, *options: str, **how: object) -> subprocess.Popen:
    """Start a build of one report into a folder."""
    command = [sys.executable, "-m", "analysis", "report", REPORT, "--html-only", "--output", str(output), *options]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **{"env": os.environ, **how}
    )


def finished(output: Path, *options: str, **how: object) -> tuple[int, str]:
    """Return exit code and words of a build that was let finish."""
    process = build(output, *options, **how)
    words, _ = process.communicate(timeout=300)
    return process.returncode, words


def found(output: Path) -> Files:
    """Return the files of a folder that a reader sees."""
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in sorted(output.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(output).parts)
    }


def killed(folder: Path, good: Mapping[str, Files]) -> str:
    """SIGKILL at random moments of builds that change the report."""
    output, moments, torn, compared = folder / "killed", random.Random(1), 0, 0
    finished(output, "-p", VARIANTS[0])
    for number in range(KILLS):
        process = build(output, "-p", VARIANTS[(number + 1) % 2])
        time.sleep(moments.uniform(0, SLOWEST))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        there = found(output)
        compared += sum(map(len, there.values()))
        for path in good[VARIANTS[0]]:
            known = [one.get(path) for one in good.values()]
            torn += there.get(path) not in known and path not in ROOT_FILES
    code, words = finished(output, "-p", VARIANTS[1])
    same = found(output) == good[VARIANTS[1]]
    time.sleep(3)
    return (
        f"{KILLS} kills: {torn} files torn or missing of {compared:,} bytes compared; next run: exit {code}, the same"
        f" bytes as an undisturbed one: {same}; processes left running: {_orphans()}; {words.splitlines()[-1]}"
    )


ROOT_FILES = ("index.html", "ro-crate-metadata.json")  # lists of what lies there, which differs while it grows


def at_once(folder: Path, good: Mapping[str, Files]) -> str:
    """Two builds into one folder at the same time."""
    output = folder / "twice"
    first, second = (build(output, "-p", VARIANTS[0]) for _ in range(2))
    words = [one.communicate(timeout=300)[0] for one in (first, second)]
    waited = sum("waiting for it" in one for one in words)
    same = found(output) == good[VARIANTS[0]]
    return f"exit {first.returncode} and {second.returncode}; {waited} waited; same bytes: {same}"


def disk_full(folder: Path, good: Mapping[str, Files]) -> str:
    """A file system of 200 kB, then of 40 MB."""
    output = folder / "small"
    with mounted(output, "-t", "tmpfs", "-o", "size=200k", "tmpfs"):
        code, words = finished(output, "-p", VARIANTS[0])
        left = [path for path in found(output) if path.endswith(".html")]
    told = [line for line in words.splitlines() if "No space left" in line]
    with mounted(output, "-t", "tmpfs", "-o", "size=40m", "tmpfs"):
        again, _ = finished(output, "-p", VARIANTS[0])
        same = found(output) == good[VARIANTS[0]]
    said = f"exit {code}, pages left: {left}; said: {told[:1]}; {_traceback(words)}"
    return f"{said}; with room: exit {again}, same bytes: {same}"


def read_only(folder: Path, good: Mapping[str, Files]) -> str:
    """A folder that nobody can write, with the last good report in it."""
    output = folder / "fixed"
    finished(output, "-p", VARIANTS[0])
    with mounted(output, "--bind", str(output)):
        subprocess.run(["mount", "-o", "remount,ro,bind", output], check=True)
        code, words = finished(output, "-p", VARIANTS[1])
        same = found(output) == good[VARIANTS[0]]
    return f"exit {code}: {words.strip()}; {_traceback(words)}; the last report stands: {same}"


def no_home(folder: Path, good: Mapping[str, Files]) -> str:
    """A home that is not there and cannot be made."""
    homeless = {name: value for name, value in os.environ.items() if not name.startswith("XDG")}
    said = []
    for home in ({"HOME": "/proc/none"}, {}):
        output = folder / f"homeless{len(said)}"
        environment = {name: value for name, value in homeless.items() if name != "HOME"} | home
        code, words = finished(output, "-p", VARIANTS[0], env=environment)
        same = found(output) == good[VARIANTS[0]]
        said.append(f"{home or 'unset'}: exit {code}, same bytes: {same}, {len(words.splitlines())} lines said")
    return "; ".join(said)


def no_network(folder: Path, good: Mapping[str, Files]) -> str:
    """A network of its own with nothing but the loopback interface."""
    output = folder / "alone"
    inner = f"ip link set lo up && exec {sys.executable} -m analysis report {REPORT} --html-only --output {output}"
    command = ["unshare", "--net", "sh", "-c", f"{inner} -p {VARIANTS[0]}"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return f"exit {run.returncode}, same bytes: {found(output) == good[VARIANTS[0]]}"


@contextmanager
def mounted(folder: Path, *options: str):
    """Mount something at a folder for a while."""
    folder.mkdir(exist_ok=True)
    subprocess.run(["mount", *options, folder], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


def _orphans() -> int:
    """How many processes of killed builds still run: kernels, and workers of multiprocessing."""
    listed = subprocess.run(["ps", "-eo", "ppid,args"], capture_output=True, text=True, check=True).stdout
    ours = [line.split() for line in listed.splitlines() if "ipykernel_launcher" in line or "multiprocessing" in line]
    return sum(parent == "1" for parent, *_ in ours)


def _traceback(words: str) -> str:
    return "a traceback was shown" if "Traceback" in words else "no traceback"


def main() -> None:
    """Run what is asked for by name, or all."""
    tests: tuple[Callable[[Path, Mapping[str, Files]], str], ...] = (
        killed, at_once, disk_full, read_only, no_home, no_network,
    )  # fmt: skip
    wanted = sys.argv[1:] or [test.__name__ for test in tests]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        good = {}
        for variant in VARIANTS:
            finished(folder / "good", "-p", variant)
            good[variant] = found(folder / "good")
        for test in tests:
            if test.__name__ not in wanted:
                continue
            needs_root = test in (disk_full, read_only, no_network)
            if needs_root and (not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("unshare")):
                print(f"{test.__name__}: skipped, it needs root on Linux")
                continue
            print(f"{test.__name__}: {test(folder, good)}", flush=True)


if __name__ == "__main__":
    main()
