"""Tests that forks share are told as those of one process are: what passed, failed, was skipped, warned, or died."""

from pathlib import Path

import pytest

from analysis.machinery.press.variables import CAN_FORK
from tests.support import once
from tests.support.forks import Forks

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="nothing is forked on this system")
TESTS = """
import os, warnings
import pytest

@pytest.fixture(scope="session")
def left():
    yield
    {teardown}

def test_passes(left, tmp_path): (tmp_path / "file").touch()
def test_fails(): print("what was printed"); assert 1 == 2
@pytest.mark.skip
def test_is_skipped(): pass
def test_warns(): warnings.warn("beware")
{more}
def test_after(): pass
"""


def told(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *files: str) -> list[str]:
    """Return what pytest says of files whose tests two forks share."""
    monkeypatch.setattr(once, "folder", None)
    for number, content in enumerate(files):
        (folder / f"{folder.name}_{number}_test.py").write_text(content)
    options = [f"--rootdir={folder}", f"--basetemp={folder / 'temporary'}", "--import-mode=importlib", "-q"]
    without = ["--assert=plain", "-p", "no:cacheprovider", "-p", "no:nbval"]
    pytest.main([*options, *without, str(folder)], plugins=[Forks(lambda name: name.partition("::")[0], 2)])
    return capsys.readouterr().out.splitlines()


def test_each_is_told_once_whichever_fork_ran_it_and_one_that_its_process_dies_of_has_failed(
    tmp_path, monkeypatch, capsys
):
    dies = "def test_dies(): os.kill(os.getpid(), 9)"
    files = [TESTS.format(more=more, teardown="") for more in ("", dies, "")]
    lines = told(tmp_path, monkeypatch, capsys, *files)
    assert lines[-1].startswith("4 failed, 9 passed, 3 skipped, 3 warnings in ")
    assert lines.count("what was printed") == 3
    assert lines.count("the process that ran this test died of it") == 1


def test_what_fails_after_the_last_test_is_told(tmp_path, monkeypatch, capsys):
    lines = told(tmp_path, monkeypatch, capsys, TESTS.format(more="", teardown="raise ValueError('left behind')"))
    assert any("ValueError: left behind" in line for line in lines)
