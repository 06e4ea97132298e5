"""A file with any content, and the command line with what it leaves."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import Told
from tests.hostile.refusals import tree


@dataclass(frozen=True)
class Left:
    """What a command said, and the paths that it made or changed."""

    code: int
    out: str
    err: str
    changed: tuple[str, ...]


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str, str | bytes], str]:
    """Write a file and return its path."""

    def write(name: str, content: str | bytes) -> str:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write


@pytest.fixture
def run(run: Callable[..., Told], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Left]:
    """Run a command in a folder of its own."""

    def command(*arguments: object) -> Left:
        monkeypatch.chdir(tmp_path)
        before = tree(tmp_path)
        told = run(*arguments)
        after = tree(tmp_path)
        changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
        return Left(*told, tuple(sorted(changed | (before.keys() ^ after.keys()))))

    return command
