"""Whatever stops a run: the last good report stays, nothing partial counts as good, and the next run succeeds."""

import errno
import os
import pickle
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from analysis.library import writing
from analysis.library.places import ROOT
from analysis.machinery.press import files
from analysis.machinery.press.build import build, completed
from analysis.machinery.press.work import Work
from tests.machinery.press.test_build import GOOD, job

KILLS = 25
OLD = {
    "one.html": b"old" * 200_000,
    "one.pdf": b"old" * 100_000,
    "one/data/a.csv": b"old\n",
    "one/data/b.csv": b"b\n",
}
NEW = {"one.html": b"new" * 200_000, "one.pdf": b"new" * 100_000, "one/data/a.csv": b"new\n", "one/c.json": b"{}"}
WRITER = """
import os
import pickle
import sys
from pathlib import Path
from analysis.machinery.press import files
folder = Path(sys.argv[1])
NEW, OLD = pickle.loads(Path(sys.argv[2]).read_bytes())
for _ in sys.stdin:  # each time another process, which need not load all that is loaded here
    if process := os.fork():
        print(process, flush=True)
        os.waitpid(process, 0)
        print("ended", flush=True)
        continue
    while True:
        for key, contents in (("new", NEW), ("old", OLD)):
            files.replace(folder, "one", key, contents)
"""


def found(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }


def test_a_writer_killed_at_any_moment_leaves_whole_files_and_no_false_receipt(tmp_path):
    moments = random.Random(1)
    files.replace(tmp_path / "s", "one", "old", OLD)
    contents, pipe = tmp_path / "contents", subprocess.PIPE
    contents.write_bytes(pickle.dumps((NEW, OLD)))
    command = [sys.executable, "-c", WRITER, str(tmp_path / "s"), str(contents)]
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as writer:
        for _ in range(KILLS):
            print("again", file=writer.stdin, flush=True)
            process = int(writer.stdout.readline())
            time.sleep(moments.uniform(0, 0.02))
            os.kill(process, signal.SIGKILL)
            assert writer.stdout.readline() == "ended\n"
            there = found(tmp_path / "s")
            for path, content in there.items():
                assert path == "one/receipt.json" or content in (OLD.get(path), NEW.get(path))
            assert {"one.html", "one.pdf", "one/data/a.csv"} <= there.keys()
            for key, contents in (("old", OLD), ("new", NEW)):
                if files.current(tmp_path / "s", "one", key):
                    assert contents.items() <= there.items()
    with writing.held(tmp_path):
        pass
    assert not list(tmp_path.rglob(f"{writing.WORKSPACE}*"))
    files.replace(tmp_path / "s", "one", "new", NEW)
    assert {path: one for path, one in found(tmp_path / "s").items() if path != "one/receipt.json"} == NEW


@pytest.fixture
def full(monkeypatch):
    """A disk that is full after the first files of a report."""
    written = []
    write = Path.write_bytes

    def limited(path, content):
        written.append(path)
        if len(written) > 2:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        return write(path, content)

    def fill():
        monkeypatch.setattr(Path, "write_bytes", limited)

    yield fill
    monkeypatch.undo()


def test_a_full_disk_fails_the_report_and_keeps_the_last_one(tmp_path, full):
    files.replace(tmp_path / "scenario", "one", "old", OLD)
    before = found(tmp_path)
    full()
    with ThreadPoolExecutor(1) as executor:
        (outcome,) = build([job("one", GOOD)], tmp_path, executor, work=lambda _: dict(NEW))
    assert outcome.state == "failed"
    assert "No space left on device" in outcome.message
    assert found(tmp_path) == before
    assert not list(tmp_path.rglob(f"{writing.WORKSPACE}*"))


def test_what_nobody_foresaw_fails_one_report_and_is_told(tmp_path):
    def odd(one):
        if one.notebook == "odd":
            raise ZeroDivisionError("odd")
        return dict(NEW)

    with ThreadPoolExecutor(2) as executor:
        outcomes = build([job("odd", GOOD), job("one", GOOD)], tmp_path, executor, work=odd)
    assert [one.state for one in outcomes] == ["failed", "built"]
    assert outcomes[0].message == "scenario/odd: ZeroDivisionError: odd"


@pytest.mark.parametrize(
    ("code", "said"),
    [("import os\nos.kill(os.getpid(), 9)", "Kernel died"), ("import time\ntime.sleep(60)", "timed out")],
    ids=["a kernel that dies", "a kernel that hangs"],
)
@pytest.mark.parametrize("cold", [False, True])
def test_a_kernel_that_ends_badly_fails_its_report_alone(tmp_path, code, said, cold):
    files.replace(tmp_path / "scenario", "bad", "old", OLD | {"bad.html": b"last good page"})
    with ThreadPoolExecutor(2) as executor:
        outcomes = build([job("bad", code)], tmp_path, executor, work=Work(cold=cold, timeout=2))
    assert outcomes[0].state == "failed"
    assert said in outcomes[0].message
    assert "scenario/bad" in outcomes[0].message
    assert "\n" not in outcomes[0].message
    assert (tmp_path / "scenario/bad.html").read_bytes() == b"last good page"


def test_no_more_tasks_wait_than_were_allowed():
    asked = []

    def tasks():
        for number in range(20):
            asked.append(number)
            yield number

    with ThreadPoolExecutor(1) as executor:
        for done, (number, future) in enumerate(completed(executor, str, tasks(), 3), start=1):
            assert future.result() == str(number)
            assert len(asked) <= done + 3
    assert len(asked) == 20


def test_what_is_called_in_a_fork_ends_with_the_process_that_asked_for_it(tmp_path):
    code = """
import os, signal, sys, time
from functools import partial
from pathlib import Path
from threading import Thread
from analysis.machinery.press.kernels import aside
program = f"import os, time; open({sys.argv[1]!r}, 'w').write(str(os.getpid())); time.sleep(600)"
Thread(target=aside, args=[partial(exec, program)], daemon=True).start()
while not (Path(sys.argv[1]).is_file() and Path(sys.argv[1]).read_text()):
    time.sleep(0.05)
os.kill(os.getpid(), signal.SIGKILL)
"""
    told = tmp_path / "number"
    subprocess.run([sys.executable, "-c", code, str(told)], cwd=ROOT, check=False)
    patience = time.monotonic() + 20
    while there(int(told.read_text())):
        assert time.monotonic() < patience
        time.sleep(0.05)


def there(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
