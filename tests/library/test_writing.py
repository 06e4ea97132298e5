"""Files are written whole or not at all, by one process at a time, and nothing half done stays."""

import signal
import subprocess
import sys
from pathlib import Path
from threading import Timer

import pytest
from filelock import FileLock

from analysis.errors import InputError
from analysis.library.places import ROOT
from analysis.library.writing import held, put, put_all, put_folder


def test_a_second_process_waits_for_the_first_and_says_so(tmp_path):
    code = (
        "import sys, time; from pathlib import Path; from analysis.library.writing import held\n"
        "with held(Path(sys.argv[1])):\n    print('held', flush=True); sys.stdin.readline()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as first:
        first.stdout.readline()
        said = []

        def told(message):
            said.append(message)
            first.stdin.write(b"\n")
            first.stdin.flush()

        with held(tmp_path, told):
            assert first.wait(30) == 0
    assert said == [f"{tmp_path}: another process is writing there; waiting for it"]


def test_a_process_that_was_killed_holds_nothing(tmp_path):
    code = (
        "import os, sys; from pathlib import Path; from analysis.library.writing import held\n"
        "with held(Path(sys.argv[1])):\n    os.kill(os.getpid(), 9)"
    )
    killed = subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    with held(tmp_path, pytest.fail):
        pass


def test_a_wait_for_another_process_is_told_and_ends_when_that_one_lets_go(tmp_path):
    other, said = FileLock(tmp_path / ".lock", thread_local=False), []
    other.acquire()
    late = Timer(5, other.release)
    late.start()

    def told(message):
        said.append(message)
        other.release()

    try:
        with held(tmp_path, told):
            assert said == [f"{tmp_path}: another process is writing there; waiting for it"]
    finally:
        late.cancel()
    with held(tmp_path, told):
        assert len(said) == 1


def test_what_a_killed_process_left_half_done_is_removed_and_all_else_stays(tmp_path):
    for path in (".building-a/x", "published/.building-b/x", "published/one/x", "a/b/.building-c/x"):
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).touch()
    with held(tmp_path / "new" / "folder"), held(tmp_path):
        there = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("x")}
        assert there == {"published/one/x", "a/b/.building-c/x"}


def test_a_folder_that_cannot_be_made_is_refused(tmp_path):
    (tmp_path / "file").touch()
    with (
        pytest.raises(InputError, match=r"file: cannot be written: File exists; take another$"),
        held(tmp_path / "file", advice="take another"),
    ):
        pass


def test_a_file_is_put_in_place_whole_and_nothing_stays_beside_it(tmp_path):
    put(tmp_path / "a.html", b"first")
    put(tmp_path / "a.html", b"second")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.html", b"second")]


def test_files_are_put_in_their_places_in_their_order_and_none_before_all_are_written(tmp_path, monkeypatch):
    order, replace = [], Path.replace

    def noted(path, target):
        order.append((target.name, sorted(one.name for one in path.parent.iterdir())))
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", noted)
    put_all(tmp_path, {"b": b"1", "a": b"2", "c": b"3"})
    assert order == [("b", ["a", "b", "c"]), ("a", ["a", "c"]), ("c", ["c"])]


def test_what_cannot_be_written_leaves_what_was_there(tmp_path):
    put(tmp_path / "a", b"old")
    with pytest.raises(TypeError):
        put_all(tmp_path, {"a": b"new", "b": None})
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a", b"old")]


def test_a_folder_takes_the_place_of_another_or_leaves_it(tmp_path):
    for content in (b"old", b"new"):
        put(tmp_path / "fresh/a", content)
        put_folder(tmp_path / "fresh", tmp_path / "folder")
    assert (tmp_path / "folder/a").read_bytes() == b"new"
    with pytest.raises(FileNotFoundError):
        put_folder(tmp_path / "none", tmp_path / "folder")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]
    assert (tmp_path / "folder/a").read_bytes() == b"new"


def test_no_other_module_of_the_package_replaces_files_or_locks_them():
    for path in (ROOT / "analysis").rglob("*.py"):
        if path.name != "writing.py":
            text = path.read_text(encoding="utf-8")
            assert not any(word in text for word in ("fcntl", "filelock", "mkdtemp", "NamedTemporaryFile")), path
