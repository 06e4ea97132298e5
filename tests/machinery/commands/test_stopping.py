"""A command that is stopped ends with all that it has started."""

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest
from nbformat import writes
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis.machinery.press.what_if_link import PAGE
from tests.support import whatif

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals as here are not Windows'")
SLEEP = "import time\nfrom pathlib import Path\nPath({mark!r}).touch()\ntime.sleep(600)"
PATIENCE = 60


def until(holds, seconds=PATIENCE):
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def running(processes):
    return [one for one in processes if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]


def as_at_a_terminal():
    """Let signals mean what they do by default, however the tests themselves were started."""
    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, signal.SIG_DFL)


@pytest.mark.parametrize(
    ("number", "options", "code"),
    [
        (signal.SIGINT, (), 130),
        (signal.SIGTERM, ("--cold",), 143),
        (signal.SIGHUP, (), 129),
        (signal.SIGKILL, (), -9),
        (signal.SIGKILL, ("--cold",), -9),
    ],
)
def test_one_signal_ends_a_build_and_its_kernels(tmp_path, number, options, code):
    mark = tmp_path / "asleep"
    cells = [
        new_markdown_cell("# Sleep"),
        new_code_cell("horizon = 1", metadata={"tags": ["parameters"]}),
        new_code_cell(SLEEP.format(mark=str(mark))),
    ]
    (tmp_path / "sleep.ipynb").write_text(writes(new_notebook(cells=cells)))
    if number != signal.SIGINT:  # there it ends the process that writes the page, too
        (tmp_path / "output").mkdir()
        (tmp_path / "output" / PAGE).write_text(whatif.html(), encoding="utf-8")
    command = [sys.executable, "-P", "-m", "analysis", "report", "sleep.ipynb", "--html-only", *options]
    build = subprocess.Popen(
        command, cwd=tmp_path, start_new_session=True, stderr=subprocess.PIPE, text=True, preexec_fn=as_at_a_terminal
    )
    until(mark.exists)
    started = psutil.Process(build.pid).children(recursive=True)
    assert started
    if number == signal.SIGINT:  # as a terminal sends it, to all of them
        os.killpg(build.pid, number)
    else:
        build.send_signal(number)
    assert build.wait(PATIENCE) == code
    until(lambda: not running(started))
    if code > 0:
        assert build.stderr.read().splitlines()[-1] == "stopped"
    build.stderr.close()
