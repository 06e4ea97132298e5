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
PROXIES = ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
SETTINGS = {
    ".ipython/profile_default/startup/00-own.py": "import pandas\npandas.set_option('display.precision', 1)\n",
    ".ipython/profile_default/ipython_kernel_config.py": "c.InteractiveShellApp.exec_lines = ['raise SystemExit']\n",
    ".local/share/jupyter/kernels/python3/kernel.json": '{"argv": ["false"], "display_name": "own"}',
    ".local/share/jupyter/nbconvert/templates/basic/index.html.j2": "own",
    ".local/share/pandoc/init.lua": "error('own')\n",
    ".local/share/pandoc/abbreviations": "tokens\n",
    ".jupyter/jupyter_nbconvert_config.py": "raise SystemExit('own')\n",
    ".config/matplotlib/matplotlibrc": "font.size: 30\nlines.linewidth: 9\naxes.facecolor: red\n",
    "matplotlibrc": "font.size: 30\n",
    "analysis/__init__.py": "raise SystemExit('own')\n",
    "pandas.py": "raise SystemExit('own')\n",
    "start.py": "raise SystemExit('own')\n",
}
"""What a reader may have in a home, and in the folder where they stand."""


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
            "cold kernels": {"options": ["--cold"]},
            "columns of the terminal": {"environment": {"COLUMNS": "40", "TERM": "dumb"}},
            "another clone": {"clone": clones[1]},
            "a reader's own settings": {"environment": _settings(folder / "home"), "cwd": folder / "home"},
            "date of sources": {"environment": {"SOURCE_DATE_EPOCH": "0"}},
            "folder for what is temporary": {"environment": {"TMPDIR": str(_made(folder / "a #1 place"))}},
            "proxies": {"environment": dict.fromkeys(PROXIES, "http://127.0.0.1:9")},
            "no home": {"environment": {"HOME": "/proc/none"}},
        }
        for name, circumstance in circumstances.items():
            clone = Path(str(circumstance.pop("clone", clones[0])))
            _compare(name, first, _built(clone, folder / name.replace(" ", "-"), **circumstance))
        _compare("another working directory", first, _built(clones[0], folder / "cwd", cwd=folder))
        for python in pythons:
            _compare_numbers(python, first, folder, clones[0])


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _settings(home: Path) -> dict[str, str]:
    """Write a reader's settings and return the environment that leads to them."""
    for name, text in SETTINGS.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, encoding="utf-8")
    places = dict.fromkeys(("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "JUPYTER_CONFIG_DIR"), "")
    return {**places, "HOME": str(home), "MATPLOTLIBRC": str(home), "PYTHONSTARTUP": str(home / "start.py")}


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
    command = [python, "-P", "-m", "analysis", "report", *REPORTS, "--output", str(output), *options]
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
