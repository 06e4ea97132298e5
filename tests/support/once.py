"""What takes long to make is made once for all tests: the workers of a run share what one of them has made."""

from collections.abc import Callable
from pathlib import Path

from analysis.library.writing import held, put

folder: Path | None = None
"""Keeps what was made for the length of a run; where there is none, each who asks has it made."""


def once(name: str, make: Callable[[], bytes]) -> bytes:
    """Return what is made under this name; who comes while another process makes it waits."""
    if folder is None:
        return make()
    file = folder / name
    with held(folder / f"{name}-held"):
        if not file.is_file():
            put(file, make())
    return file.read_bytes()
