"""Puts a finished report in its place, whole or not at all, and knows whether it is still what it was."""

import contextlib
import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

RECEIPT = "receipt.json"


def receipt(folder: Path, name: str) -> dict[str, Any] | None:
    """Return what was written for a report: its key and a hash of each file; None where there is no such record."""
    try:
        found = json.loads((folder / name / RECEIPT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and isinstance(found.get("files"), dict) else None


def current(folder: Path, name: str, key: str) -> bool:
    """Return whether the report was made from what the key stands for, and its files are still what they were."""
    found = receipt(folder, name)
    if found is None or found.get("key") != key:
        return False
    return all(_hash_of_file(folder / path) == sum_ for path, sum_ in found["files"].items())


def replace(folder: Path, name: str, key: str, contents: Mapping[str, bytes]) -> None:
    """Write a report's files beside the old ones, then put them in their place.

    Args:
        folder: The scenario's folder.
        name: Name of the report.
        key: What the report is made from.
        contents: Files by path below the folder: `NAME.html`, `NAME.pdf`, and what lies in `NAME/`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    sums = {path: hashlib.sha256(content).hexdigest() for path, content in contents.items()}
    record = json.dumps({"key": key, "files": sums}, indent=1).encode()
    with _workspace(folder) as fresh:
        for file, content in {**contents, f"{name}/{RECEIPT}": record}.items():
            (fresh / file).parent.mkdir(parents=True, exist_ok=True)
            (fresh / file).write_bytes(content)
        old = fresh / "old"
        if (folder / name).exists():
            (folder / name).rename(old)
        for path in sorted(fresh.iterdir()):
            if path != old:
                path.replace(folder / path.name)
        for path in folder.glob(f"{name}.*"):
            if path.name not in contents:
                path.unlink()


def put(path: Path, content: bytes) -> None:
    """Write a file beside its place and put it there."""
    with _workspace(path.parent) as fresh:
        (fresh / path.name).write_bytes(content)
        (fresh / path.name).replace(path)


@contextlib.contextmanager
def _workspace(folder: Path) -> Iterator[Path]:
    fresh = Path(mkdtemp(prefix=".building-", dir=folder))
    try:
        yield fresh
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _hash_of_file(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
