"""Keeps the what-if page in the output folder, made anew when code, data or libraries are others than before."""

import hashlib
from importlib.metadata import version
from pathlib import Path

from analysis.report.build import code_hash, data_hash
from analysis.report.files import put
from analysis.whatif.address import PAGE

HEAD = 4000
PACKAGES = ("altair", "sympy", "vl-convert-python")


def is_current(output: Path, snapshot: str) -> bool:
    """Return whether the page lies in a folder and was made from these benchmark rows, this code and these data."""
    path = output / PAGE
    stamp = f'name="made-from" content="{_made_from(snapshot)}"'
    return path.is_file() and stamp in path.read_text(encoding="utf-8")[:HEAD]


def write(output: Path, snapshot: str, *, force: bool = False) -> Path:
    """Write the page for the published scenario into a folder, unless it is there already, and return its path.

    Args:
        output: The folder.
        snapshot: Name of the benchmark rows.
        force: Whether to write it although it was made from the same code and data.
    """
    path = output / PAGE
    if not force and is_current(output, snapshot):
        return path
    from analysis.scenario import read
    from analysis.sources import load
    from analysis.whatif.page import page

    content = page(load(snapshot=snapshot), read("published"), _made_from(snapshot))
    output.mkdir(parents=True, exist_ok=True)
    put(path, content.encode())
    return path


def _made_from(snapshot: str) -> str:
    parts = [snapshot, code_hash(), data_hash(), *(version(name) for name in PACKAGES)]
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()
