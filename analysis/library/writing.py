"""Writes files so that each is at every moment the old one or the new one, whole, and by one process at a time."""

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import mkdtemp

from analysis.errors import InputError

LOCK = ".lock"
WORKSPACE = ".building-"


@contextlib.contextmanager
def held(folder: Path, told: Callable[[str], None] = lambda message: None, *, advice: str = "") -> Iterator[None]:
    """Hold a folder, so that one process at a time writes there; wait where another one does.

    What a process that was killed left half done is removed. The system lets go of the lock of a process that ends,
    however it ends.

    Args:
        folder: The folder; made where it is not there.
        told: Called with a message before a wait.
        advice: What to do where the folder cannot be written, for the message.

    Raises:
        InputError: The folder cannot be written.
    """
    from filelock import FileLock, Timeout

    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / LOCK)
        try:
            lock.acquire(blocking=False)
        except Timeout:
            told(f"{folder}: another process is writing there; waiting for it")
            lock.acquire()
    except (OSError, NotImplementedError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError("; ".join(filter(None, (f"{folder}: cannot be written: {reason}", advice)))) from None
    try:
        for left in [*folder.glob(f"{WORKSPACE}*"), *folder.glob(f"*/{WORKSPACE}*")]:
            shutil.rmtree(left, ignore_errors=True)
        yield
    finally:
        lock.release()


def put(path: Path, content: bytes) -> None:
    """Write a file beside its place and put it there.

    Raises:
        OSError: It cannot be written; what was there stays.
    """
    put_all(path.parent, {path.name: content})


def put_all(folder: Path, contents: Mapping[str, bytes], *, durable: bool = False) -> None:
    """Write files beside their places, then put each in its place, in their order.

    Args:
        folder: The folder; made where it is not there.
        contents: The files, by path below the folder.
        durable: Whether they must outlast a loss of power, as what cannot be made again must; it takes some ms each.

    Raises:
        OSError: One cannot be written; what was there stays.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _workspace(folder) as fresh:
        for name, content in contents.items():
            (fresh / name).parent.mkdir(parents=True, exist_ok=True)
            (fresh / name).write_bytes(content)
            if durable:
                with (fresh / name).open("rb") as file:
                    os.fsync(file.fileno())
        for name in contents:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (fresh / name).replace(folder / name)


def put_folder(fresh: Path, folder: Path) -> None:
    """Put a folder in the place of another, which is deleted once that is done.

    Raises:
        OSError: It cannot be put there; the old one stays.
    """
    if not folder.exists():
        fresh.rename(folder)
        return
    with _workspace(folder.parent) as aside:
        folder.rename(aside / folder.name)
        try:
            fresh.rename(folder)
        except OSError:
            (aside / folder.name).rename(folder)
            raise


@contextlib.contextmanager
def _workspace(folder: Path) -> Iterator[Path]:
    workspace = Path(mkdtemp(prefix=WORKSPACE, dir=folder))
    try:
        yield workspace
    finally:
        shutil.rmtree(workspace, ignore_errors=True)
