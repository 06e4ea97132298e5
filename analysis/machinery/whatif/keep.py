"""Keeps the what-if page in the output folder, made anew when code, data or libraries are others than before."""

import hashlib
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.library.writing import put
from analysis.machinery.press.fingerprints import code_hash, data_hash
from analysis.machinery.press.what_if_link import PAGE

if TYPE_CHECKING:
    from analysis.library.sources import Library
    from analysis.scenario import Scenario

HEAD = 4000
PACKAGES = ("altair", "sympy", "vl-convert-python")


def is_current(output: Path, snapshot: str) -> bool:
    """Return whether the page lies in a folder and was made from these benchmark rows, this code and these data."""
    path = output / PAGE
    stamp = f'name="made-from" content="{_made_from(snapshot)}"'
    return path.is_file() and stamp.encode() in path.read_bytes()[:HEAD]


def made(snapshot: str) -> bytes:
    """Return the page for the published scenario, or for what the rows answer where they do not answer that.

    Args:
        snapshot: Name of the benchmark rows.

    Raises:
        InputError: No such rows.
    """
    from analysis.library.sources import load
    from analysis.machinery.whatif.page import page

    library = load(snapshot=snapshot)
    return page(library, _opening(library), _made_from(snapshot)).encode()


def _opening(library: "Library") -> "Scenario":
    """Return the published scenario, or the point of the fastest row where the rows do not answer it."""
    from analysis.comparison.head_to_head import compare
    from analysis.errors import InputError
    from analysis.scenario import read_scenario

    published = read_scenario("published")
    try:
        compare(library, published)
    except InputError:
        rows = library.benchmark
        fastest = rows.loc[rows["interactivity_median"].idxmax()]
        changes = {
            "baseline": fastest["hardware"],
            "subject": fastest["hardware"],
            "input_tokens": int(fastest["input_tokens"]),
            "output_tokens": int(fastest["output_tokens"]),
            "as_of": rows["date"].max().date(),
            "minimum_interactivity": min(published.minimum_interactivity, float(fastest["interactivity_median"])),
        }
        return published.model_copy(update=changes)
    return published


def write(output: Path, snapshot: str) -> None:
    """Write the page into a folder that is there; errors as for `made`."""
    put(output / PAGE, made(snapshot))


def _made_from(snapshot: str) -> str:
    parts = [snapshot, code_hash(), data_hash(), *(version(name) for name in PACKAGES)]
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()
