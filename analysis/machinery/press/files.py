"""Puts a finished report in its place, whole file by whole file, and knows whether it is still what it was."""

import contextlib
import hashlib
import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from tempfile import mkdtemp
from typing import Any

from analysis.errors import InputError

RECEIPT, LOCK = "receipt.json", ".lock"
WORKSPACE = ".building-"


@contextlib.contextmanager
def held(output: Path, told: Callable[[str], None] = lambda message: None) -> Iterator[None]:
    """Hold an output folder, so that one process at a time writes there; wait where another one does.

    What a process that was killed left half done is removed. The system lets go of the lock of a process that ends,
    however it ends.

    Args:
        output: The folder; made where it is not there.
        told: Called with a message before a wait.

    Raises:
        InputError: The folder cannot be written.
    """
    from filelock import FileLock, Timeout

    try:
        output.mkdir(parents=True, exist_ok=True)
        lock = FileLock(output / LOCK)
        try:
            lock.acquire(blocking=False)
        except Timeout:
            told(f"{output}: another process is writing there; waiting for it")
            lock.acquire()
    except (OSError, NotImplementedError) as error:
        said = getattr(error, "strerror", None) or error
        raise InputError(f"{output}: cannot be written: {said}; name another folder with --output") from None
    try:
        for left in [*output.glob(f"{WORKSPACE}*"), *output.glob(f"*/{WORKSPACE}*")]:
            shutil.rmtree(left, ignore_errors=True)
        yield
    finally:
        lock.release()


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
    """Write a report's files beside the old ones, then put each in its place.

    At every moment each file is the old one or the new one, whole. The receipt comes last: until then the report
    counts as one to be built.

    Args:
        folder: The scenario's folder.
        name: Name of the report.
        key: What the report is made from.
        contents: Files by path below the folder: `NAME.html`, `NAME.pdf`, and what lies in `NAME/`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    sums = {path: hashlib.sha256(content).hexdigest() for path, content in contents.items()}
    record = json.dumps({"key": key, "files": sums}, indent=1).encode()
    files = {PurePosixPath(path): content for path, content in {**contents, f"{name}/{RECEIPT}": record}.items()}
    with _workspace(folder) as fresh:
        for file, content in files.items():
            (fresh / file).parent.mkdir(parents=True, exist_ok=True)
            (fresh / file).write_bytes(content)
        for file in files:
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (fresh / file).replace(folder / file)
    for path in [*folder.glob(f"{name}.*"), *(folder / name).rglob("*")]:
        if path.is_file() and PurePosixPath(path.relative_to(folder).as_posix()) not in files:
            path.unlink()
    for path in sorted((folder / name).rglob("*"), reverse=True):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()


def put(path: Path, content: bytes) -> None:
    """Write a file beside its place and put it there."""
    with _workspace(path.parent) as fresh:
        (fresh / path.name).write_bytes(content)
        (fresh / path.name).replace(path)


@contextlib.contextmanager
def _workspace(folder: Path) -> Iterator[Path]:
    fresh = Path(mkdtemp(prefix=WORKSPACE, dir=folder))
    try:
        yield fresh
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _hash_of_file(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
