"""Keeps the what-if page in the output folder, made anew when code, data or libraries are others than before."""

import hashlib
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.library.writing import put
from analysis.machinery.press import fingerprints, used
from analysis.machinery.press.kept import FOLDER
from analysis.machinery.press.what_if_link import PAGE
from analysis.machinery.whatif.vega import vega

if TYPE_CHECKING:
    from analysis.library.sources import Library
    from analysis.scenario import Parameters

HEAD = 4000
PACKAGES = ("altair", "sympy", "vl-convert-python")


def is_current(output: Path, snapshot: str) -> bool:
    """Return whether the page lies in a folder and was made from these benchmark rows, this code and these data."""
    path = output / PAGE
    stamp = f'name="made-from" content="{_made_from(snapshot)}"'
    return path.is_file() and stamp.encode() in path.read_bytes()[:HEAD]


def made(snapshot: str, folder: Path | None = None) -> bytes:
    """Return the page for the published scenario, or for what the rows answer where they do not answer that.

    Args:
        snapshot: The rows.
        folder: That keeps what other pages need as well.

    Raises:
        InputError: No such rows.
    """
    from analysis.library.sources import load

    library = load(snapshot=snapshot)
    script = vega(folder)  # before more is loaded: what puts it together takes as much memory as this process then
    from analysis.machinery.whatif.page import page

    named = {model.snapshot for model in library.models if model.snapshot and not library.is_model(model.name)}
    others = [load(snapshot=name) for name in sorted(named)]
    return page(library, _opening(library), script, _made_from(snapshot), others=others).encode()


def _opening(library: "Library") -> "Parameters":
    """Return the published scenario, or what the rows answer where they do not answer that."""
    from analysis.comparison.head_to_head import compare
    from analysis.errors import InputError
    from analysis.machinery.whatif.settings import answered
    from analysis.scenario import read_scenario

    published = read_scenario("published").model_copy(update={"snapshot": library.snapshot})
    try:
        compare(library, published)
    except InputError:
        return answered(library, published)
    return published


def write(output: Path, snapshot: str) -> None:
    """Write the page into a folder that is there; errors as for `made`."""
    put(output / PAGE, made(snapshot, output / FOLDER))


def _made_from(snapshot: str) -> str:
    code = fingerprints.hash_of(fingerprints.sums(used.modules(f"import {__name__}")))
    parts = [snapshot, code, fingerprints.data_hash(), *(version(name) for name in PACKAGES)]
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()
