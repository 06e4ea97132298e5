"""What a report was made from: the words in which it says so, and the record, file by file, that lies beside it."""

import json
import platform
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from analysis.library.loading import folder
from analysis.library.places import PROJECT
from analysis.library.quantities import SHOWN_HASH
from analysis.machinery.press.fingerprints import CODE_PREFIX, DATA_PREFIX, Sums, described, files, hash_of

RECORD = "made-from.json"
NOTEBOOK_PREFIX = "notebooks/"
SHOWN = ("numpy", "pandas", "scipy", "matplotlib", "seaborn", "papermill", "nbconvert", "pypandoc-binary", "typst")
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def record(
    name: str,
    scenario: str = "",
    parameters: Mapping[str, Any] | None = None,
    used: Sums | None = None,
    notebook: bytes | None = None,
) -> dict[str, bytes]:
    """Return the record of a report as the file that lies beside it, by its path below the scenario's folder.

    Args:
        name: Name of the report.
        scenario: Name of its scenario, where it has one.
        parameters: Values of its parameters.
        used: The files that it was made from; all of data, code and lock where not given.
        notebook: The notebook's file, where there is one.
    """
    known = files() if used is None else used
    own = {} if notebook is None else {f"{NOTEBOOK_PREFIX}{name}.ipynb": described(notebook)}
    made = {
        "scenario": scenario,
        "parameters": dict(parameters or {}),
        "versions": versions(),
        "files": {path: list(one) for path, one in sorted({**known, **own}.items())},
    }
    return {f"{name}/{RECORD}": (json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()}


def recorded(content: bytes) -> Sums:
    """Return the project's files that a record lists, without the notebook; none where it cannot be read."""
    try:
        files = json.loads(content)["files"]
        return {name: (sum_, size) for name, (sum_, size) in files.items() if not name.startswith(NOTEBOOK_PREFIX)}
    except (ValueError, TypeError, KeyError, AttributeError):
        return {}


@cache
def versions() -> dict[str, str]:
    """Return the versions of Python and of each package that the project asks for; empty for one that is not here."""
    asked = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["dependencies"]
    names = [match[0] for one in asked if (match := NAME.match(one))]
    return {"Python": platform.python_version(), **{name: _installed(name) for name in names}}


def made_with(used: Sums | None = None) -> tuple[tuple[str, str], ...]:
    """Return data, code and versions as a report names them, and the tables that are not those that were shipped.

    Args:
        used: The files that it was made from; all of data, code and lock where not given.
    """
    tables = [table for table in _changed() if used is None or f"{DATA_PREFIX}{table}" in used]
    sums = files() if used is None else used
    return (
        ("Data", f"SHA-256 {hash_of(sums, DATA_PREFIX)[:SHOWN_HASH]}"),
        *((("Data changed by the reader", ", ".join(tables)),) if tables else ()),
        ("Code", f"SHA-256 {hash_of(sums, CODE_PREFIX)[:SHOWN_HASH]}"),
        ("Versions", ", ".join(f"{name} {versions()[name]}" for name in ("Python", *SHOWN))),
    )


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


@cache
def _changed() -> tuple[str, ...]:
    return folder.changed()
