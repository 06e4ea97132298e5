"""Puts a finished report in its place, whole file by whole file, and knows whether it is still what it was."""

import hashlib
import json
from collections.abc import Mapping
from itertools import takewhile
from pathlib import Path
from typing import Any

from analysis.library.writing import put_all
from analysis.machinery.press import fingerprints
from analysis.machinery.press.made_from import RECORD, recorded

RECEIPT = "receipt.json"


def receipt(folder: Path, name: str) -> dict[str, Any] | None:
    """Return what was written for a report: its key and a hash of each file; None where there is no such record."""
    try:
        found = json.loads((folder / name / RECEIPT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and isinstance(found.get("files"), dict) else None


def current(folder: Path, name: str, key: str) -> bool:
    """Return whether the report was made from what the key stands for, and all files are still what they were.

    Its own files, and those of the project that its record says it was made from.
    """
    found = receipt(folder, name)
    if found is None or found.get("key") != key:
        return False
    now = fingerprints.files()
    if any(now.get(path) != sum_ for path, sum_ in _recorded(folder / name / RECORD).items()):
        return False
    return all(_hash_of_file(folder / path) == sum_ for path, sum_ in found["files"].items())


def replace(folder: Path, name: str, key: str, contents: Mapping[str, bytes]) -> None:
    """Write a report's files beside the old ones, then put each in its place.

    At every moment each file is the old one or the new one, whole. The receipt comes last: until then the report
    counts as one to be built.

    Raises:
        WorkError: A file that it was made from was changed meanwhile.
    """
    sums = {path: hashlib.sha256(content).hexdigest() for path, content in contents.items()}
    record = json.dumps({"key": key, "files": sums}, indent=1).encode()
    listed = f"{name}/{RECEIPT}"
    fingerprints.demand_unchanged(recorded(contents.get(f"{name}/{RECORD}", b"")))
    before = receipt(folder, name)
    put_all(folder, contents)
    # What else lies there is the reader's. While the old receipt is there, it still says what was the report's.
    for path in sorted(set(before["files"] if before else ()) - {*contents, listed}):
        old = folder / path
        if path.startswith((f"{name}.", f"{name}/")) and ".." not in old.parts:
            old.unlink(missing_ok=True)
            for emptied in takewhile(lambda parent: parent != folder, old.parents):
                if not any(emptied.iterdir()):
                    emptied.rmdir()
    put_all(folder, {listed: record})


def _recorded(path: Path) -> fingerprints.Sums:
    return recorded(path.read_bytes()) if path.is_file() else {}


def _hash_of_file(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
