"""What a report was made from: the words in which it says so, and the record, file by file, that lies beside it."""

import json
import platform
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from analysis.library.loading.shipped import changed
from analysis.library.places import PROJECT
from analysis.library.terms import SHOWN_HASH
from analysis.machinery.press.fingerprints import (
    DATA_PREFIX,
    code_hash,
    data_hash,
    demand_unchanged,
    described,
    files,
)

RECORD = "made-from.json"
SHOWN = ("numpy", "pandas", "scipy", "matplotlib", "seaborn", "papermill", "nbconvert", "pypandoc-binary", "typst")
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def record(
    name: str,
    scenario: str = "",
    parameters: Mapping[str, Any] | None = None,
    notebook: Mapping[str, bytes] | None = None,
    *,
    data: bool = True,
) -> dict[str, bytes]:
    """Return the record of a report as the file that lies beside it, by its path below the scenario's folder.

    Args:
        name: Name of the report.
        scenario: Name of its scenario, where it has one.
        parameters: Values of its parameters.
        notebook: The notebook's file by its path below the project, where there is one.
        data: Whether it is made from the data folder, too, rather than from code alone.

    Raises:
        WorkError: A file was changed since the first report began, so that nobody knows which one this report saw.
    """
    demand_unchanged()
    known = {path: one for path, one in files().items() if data or not path.startswith(DATA_PREFIX)}
    own = {path: described(content) for path, content in (notebook or {}).items()}
    made = {
        "scenario": scenario,
        "parameters": dict(parameters or {}),
        "versions": versions(),
        "files": {path: list(one) for path, one in sorted({**known, **own}.items())},
    }
    return {f"{name}/{RECORD}": (json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()}


@cache
def versions() -> dict[str, str]:
    """Return the versions of Python and of each package that the project asks for; empty for one that is not here."""
    asked = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["dependencies"]
    names = [match[0] for one in asked if (match := NAME.match(one))]
    return {"Python": platform.python_version(), **{name: _installed(name) for name in names}}


@cache
def made_with() -> tuple[tuple[str, str], ...]:
    """Return data, code and versions as a report names them, and the tables that are not those that were shipped."""
    tables = changed()
    return (
        ("Data", f"SHA-256 {data_hash()[:SHOWN_HASH]}"),
        *((("Data changed by the reader", ", ".join(tables)),) if tables else ()),
        ("Code", f"SHA-256 {code_hash()[:SHOWN_HASH]}"),
        ("Versions", ", ".join(f"{name} {versions()[name]}" for name in ("Python", *SHOWN))),
    )


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
