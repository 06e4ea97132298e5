"""A file with any content, and the command line run within this process, with what it says and what it leaves."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from analysis.__main__ import main
from tests.hostile.refusals import tree


@dataclass(frozen=True)
class Told:
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
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Told]:
    """Run a command in a folder of its own."""

    def command(*arguments: object) -> Told:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr("sys.argv", ["analysis", *map(str, arguments)])
        before = tree(tmp_path)
        try:
            code = main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        after = tree(tmp_path)
        changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
        said = capsys.readouterr()
        return Told(code, said.out, said.err, tuple(sorted(changed | (before.keys() ^ after.keys()))))

    return command
