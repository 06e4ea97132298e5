"""Keeps the what-if page in the output folder, made anew when code, data or libraries are others than before."""

import hashlib
from importlib.metadata import version
from pathlib import Path

from analysis.library.writing import put
from analysis.machinery.press.fingerprints import code_hash, data_hash
from analysis.machinery.press.what_if_link import PAGE

HEAD = 4000
PACKAGES = ("altair", "sympy", "vl-convert-python")


def is_current(output: Path, snapshot: str) -> bool:
    """Return whether the page lies in a folder and was made from these benchmark rows, this code and these data."""
    path = output / PAGE
    stamp = f'name="made-from" content="{_made_from(snapshot)}"'
    return path.is_file() and stamp.encode() in path.read_bytes()[:HEAD]


def made(snapshot: str) -> bytes:
    """Return the page for the published scenario.

    Args:
        snapshot: Name of the benchmark rows.

    Raises:
        InputError: No such rows, or they do not answer the published scenario.
    """
    from analysis.library.sources import load
    from analysis.machinery.whatif.page import page
    from analysis.scenario import read_scenario

    return page(load(snapshot=snapshot), read_scenario("published"), _made_from(snapshot)).encode()


def write(output: Path, snapshot: str) -> None:
    """Write the page into a folder that is there; errors as for `made`."""
    put(output / PAGE, made(snapshot))


def _made_from(snapshot: str) -> str:
    parts = [snapshot, code_hash(), data_hash(), *(version(name) for name in PACKAGES)]
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()
