"""`python -m tests.support.everywhere`: a build under other circumstances, byte by byte, and its numbers under other
Pythons.

Each build is a process of its own with HTML and PDF. `python -m tests.support.everywhere PYTHON...` also builds with
these interpreters, each in an environment made from requirements.lock, and compares the numbers.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis.library.places import ROOT

REPORTS = ("01-published-comparison", "05-investor-brief")
HIDDEN = "."


def main(pythons: Sequence[str]) -> None:
    """Build, compare and print."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        clones = [_clone(folder / name) for name in ("one", "the other")]
        first = _built(clones[0], folder / "first")
        size = sum(map(len, first.values()))
        print(f"{len(first)} files, {size:,} bytes, of {len(REPORTS)} reports and the pages beside them")
        circumstances: dict[str, dict[str, object]] = {
            "time zone": {"environment": {"TZ": "Pacific/Kiritimati"}},
            "locale": {"environment": {"LC_ALL": "C", "LANG": "tr_TR.ISO-8859-9"}},
            "umask": {"umask": 0o077},
            "PYTHONHASHSEED": {"environment": {"PYTHONHASHSEED": "12345"}},
            "one worker": {"options": ["--workers", "1"]},
            "three workers": {"options": ["--workers", "3"]},
            "forked kernels": {"options": ["--preload"]},
            "columns of the terminal": {"environment": {"COLUMNS": "40", "TERM": "dumb"}},
            "another clone": {"clone": clones[1]},
        }
        for name, circumstance in circumstances.items():
            clone = Path(str(circumstance.pop("clone", clones[0])))
            _compare(name, first, _built(clone, folder / name.replace(" ", "-"), **circumstance))
        _compare("another working directory", first, _built(clones[0], folder / "cwd", cwd=folder))
        for python in pythons:
            _compare_numbers(python, first, folder, clones[0])


def _clone(folder: Path) -> Path:
    """A fresh clone that uses the packages of this environment."""
    subprocess.run(["git", "clone", "--quiet", ROOT, folder], check=True)
    return folder


def _built(
    clone: Path,
    output: Path,
    *,
    environment: Mapping[str, str] | None = None,
    options: Sequence[str] = (),
    umask: int = -1,
    cwd: Path | None = None,
    python: str = sys.executable,
) -> dict[str, bytes]:
    command = [python, "-m", "analysis", "report", *REPORTS, "--output", str(output), *options]
    around = {**os.environ, "PYTHONPATH": str(clone), **(environment or {})}
    run = subprocess.run(
        command, cwd=cwd or clone, env=around, umask=umask, capture_output=True, text=True, check=False
    )
    if run.returncode:
        raise SystemExit(f"{' '.join(command)}: exit code {run.returncode}\n{run.stderr}")
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in sorted(output.rglob("*"))
        if path.is_file() and not path.name.startswith(HIDDEN)
    }


def _compare(name: str, first: Mapping[str, bytes], found: Mapping[str, bytes]) -> None:
    other = [path for path in sorted(first.keys() | found.keys()) if first.get(path) != found.get(path)]
    digest = hashlib.sha256(b"".join(found[path] for path in sorted(found))).hexdigest()[:12]
    print(f"{name}: {'the same bytes' if not other else f'differs in {other}'} ({digest})", flush=True)


def _compare_numbers(python: str, first: Mapping[str, bytes], folder: Path, clone: Path) -> None:
    """Build with another Python, from the lock, and compare every number of the registers."""
    made = folder / Path(python).name / "environment"
    shutil.rmtree(made, ignore_errors=True)
    subprocess.run([python, "-m", "venv", made], check=True)
    here = made / "bin" / "python"
    subprocess.run([here, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv"], check=True)
    install = ["pip", "install", "--quiet", "--no-deps", "--require-hashes", "-r", clone / "requirements.lock"]
    subprocess.run([made / "bin" / "uv", *install], check=True, env={**os.environ, "VIRTUAL_ENV": str(made)})
    found = _built(clone, folder / f"output-{Path(python).name}", python=str(here))
    registers = [path for path in first if path.endswith("numbers.json")]
    numbers = [[(one["name"], one["value"]) for one in json.loads(first[path])] for path in registers]
    others = [[(one["name"], one["value"]) for one in json.loads(found[path])] for path in registers]
    version = subprocess.run([here, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    same = sum(first[path] == found.get(path) for path in first)
    print(
        f"{version}: {sum(map(len, numbers))} numbers, {'the same' if numbers == others else 'others'};"
        f" {same} of {len(first)} files the same bytes",
        flush=True,
    )


if __name__ == "__main__":
    main(sys.argv[1:])
