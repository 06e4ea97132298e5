"""Sets `.venv` up from requirements.lock, and anew where it is broken, moved, copied, half made or outdated.

`./run` asks `environment.py check` before every command, with the Python of `.venv`; where that fails, another Python
does `environment.py make`. Nothing is needed but Python itself.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent
MARK, LOCK, PATHS = "made-by-run.json", "made-by-run.lock", "cost-per-token.pth"
# A lock of another name than uv's own in an environment, ".lock", for which it would wait forever.
FORMER = "requirements.lock"
"""What marked an environment of version 0.1.0."""
_PYTHON = "$(command -v .venv/bin/python || command -v python3 || command -v python)"
CLEAN = f"{_PYTHON} -I -S analysis/machinery/starter/stored.py"
"""What git asks for a notebook's stored form, from the checkout's root; it takes the file as it is if that fails."""
REDIRECTS = ("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT")


class ForeignError(Exception):
    """What lies at `.venv` is left alone; the message says why."""


def flaw(root: Path = ROOT) -> str:
    """Return what is wrong with the environment whose Python runs this, in words; empty where nothing is."""
    venv = root / ".venv"
    try:
        mark = json.loads((venv / MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return "it was not finished"
    if not mark:
        return "it was not finished"
    if mark["folder"] != str(venv.resolve()):
        return f"it was made at {mark['folder']}"
    if mark["python"] != [*sys.version_info[:2]]:
        return "its Python is another"
    if mark["lock"] != _hash(root):
        return "requirements.lock is another"
    modules = _modules(venv)
    missing = [name for name in mark["packages"] if not (modules / name).is_dir()]
    if missing:
        return f"{missing[0].removesuffix('.dist-info')} is missing"
    return "" if _named(modules) == str(root) else "it does not lead to this folder"


def make(root: Path, fill: Callable[[Path, Path], None]) -> None:
    """Set the environment up unless it is sound; wait where another process is at it.

    Args:
        root: The project's folder.
        fill: Makes an environment in a folder and installs a lock file there.

    Raises:
        ForeignError: The folder `.venv` was not made here.
    """
    venv = (root / ".venv").absolute()
    _refuse_foreign(venv)
    venv.mkdir(exist_ok=True)
    with _held(venv / LOCK):
        _refuse_foreign(venv)
        wrong = _told(venv, root)
        if not wrong:
            return
        print(f"Setting up .venv from requirements.lock ({wrong}) ...", file=sys.stderr, flush=True)
        (venv / MARK).write_text("{}", encoding="utf-8")  # until all is there
        _emptied(venv)
        fill(venv, root / "requirements.lock")
        modules = _modules(venv)
        # Notebooks and kernels find the package wherever they are started.
        (modules / PATHS).write_text(f"{root}\n", encoding="utf-8")
        packages = sorted(path.name for path in modules.glob("*.dist-info"))
        mark = {"folder": str(venv), "python": sys.version_info[:2], "lock": _hash(root), "packages": packages}
        (venv / MARK).write_text(json.dumps(mark, indent=1), encoding="utf-8")


def install(venv: Path, lock: Path) -> None:
    """Make an environment in a folder, install a lock file there, by its hashes, and keep a script of packages."""
    from venv import EnvBuilder

    EnvBuilder(with_pip=True, symlinks=os.name != "nt").create(venv)
    around = {name: value for name, value in os.environ.items() if name not in REDIRECTS}
    python, uv = str(venv / "bin" / "python"), str(venv / "bin" / "uv")
    pip = [python, "-I", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv"]
    packages = [uv, "pip", "install", "--quiet", "--python", python, "--compile-bytecode", "--no-deps"]
    subprocess.run(pip, env=around, check=True)
    subprocess.run([*packages, "--require-hashes", "-r", str(lock)], env=around, check=True)
    script = lock.parent / "analysis" / "machinery" / "whatif" / "vega.py"
    subprocess.run([python, "-I", str(script), str(venv / "share" / "cost-per-token")], check=True)


def _refuse_foreign(venv: Path) -> None:
    if venv.is_symlink():
        raise ForeignError(f"{venv} is a link, and what it leads to was not made here; remove it")
    if not venv.exists():
        return
    if not venv.is_dir() or ({path.name for path in venv.iterdir()} - {LOCK} and not _made_here(venv)):
        raise ForeignError(f"{venv} was not made by ./run, which leaves it alone; move it, or use its own Python")


def _made_here(venv: Path) -> bool:
    return (venv / MARK).is_file() or ((venv / FORMER).is_file() and (venv / "pyvenv.cfg").is_file())


def _told(venv: Path, root: Path) -> str:
    """Return what the Python of the environment says is wrong with it."""
    if not (venv / MARK).is_file():
        return "once"
    command = [str(venv / "bin" / "python"), "-I", "-S", __file__, "check", str(root)]
    try:
        asked = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return "its Python is gone"
    return "" if asked.returncode == 0 else asked.stdout.strip() or "it does not run"


@contextmanager
def _held(path: Path) -> Iterator[None]:
    """Hold a lock file; the system lets go of it when this process ends, however it ends."""
    import fcntl

    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another ./run is setting up .venv; waiting for it ...", file=sys.stderr, flush=True)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _emptied(venv: Path) -> None:
    for path in [*venv.iterdir()]:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.name not in (MARK, LOCK):
            path.unlink()


def _modules(venv: Path) -> Path:
    major, minor = sys.version_info[:2]
    return venv / "lib" / f"python{major}.{minor}" / "site-packages"


def _named(modules: Path) -> str:
    try:
        return (modules / PATHS).read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def _hash(root: Path) -> str:
    return hashlib.sha256((root / "requirements.lock").read_bytes()).hexdigest()


def keep_stored(root: Path, *, undo: bool = False) -> str:
    """Set up, or undo, that git stores notebooks without what running them leaves behind; return what was done."""
    git = ["git", "-C", str(root), "config", "--local"]
    section = "filter.notebook"
    if undo:
        subprocess.run([*git, "--remove-section", section], capture_output=True, check=False)
        return "git stores notebooks as they lie there"
    try:
        asked = subprocess.run([*git, f"{section}.clean", CLEAN], capture_output=True, check=False)
    except FileNotFoundError:
        return "no git here: nothing was set for notebooks"
    if asked.returncode:
        return "no checkout of git: nothing was set for notebooks"
    return "git stores notebooks without outputs; `./run setup --undo` ends that"


def main(arguments: list[str]) -> int:
    """Check or make the environment and return the exit code."""
    if arguments[:1] == ["notebooks"]:
        print(keep_stored(ROOT, undo=arguments[1:] == ["--undo"]))
        return 0
    if arguments[:1] == ["check"]:
        wrong = flaw(Path(arguments[1]) if arguments[1:] else ROOT)
        print(wrong)
        return bool(wrong)
    try:
        make(ROOT, install)
    except (ForeignError, OSError) as error:
        print(f"run: {error}", file=sys.stderr)
        return 2
    except subprocess.CalledProcessError:
        print("run: .venv could not be set up; the next command tries again", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
