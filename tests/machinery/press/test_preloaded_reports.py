"""A kernel forked from a preloaded process gives what a cold one gives, and a cold one stands in where it cannot."""

import os
import socket
import threading
from functools import cache

import pytest
from jupyter_client.provisioning.local_provisioner import LocalPortCache
from nbformat import writes
from nbformat.v4 import new_code_cell, new_notebook

from analysis.machinery.press import preload, variables
from analysis.machinery.press.execute import NotebookError, execute
from analysis.machinery.press.kernels import load_ahead

pytestmark = pytest.mark.skipif(not variables.CAN_FORK, reason="kernels are not forked on this system")
WORK = """
import hashlib, io, os, random, sys
import matplotlib.pyplot as plt
import numpy as np
from analysis.exhibits.figure import canvas
from analysis.exhibits.statements import say
from analysis.library.sources import load
picture = io.BytesIO()
with canvas() as (figure, axes):
    axes.plot([1, 2], [3, amount])
    figure.savefig(picture, format="svg", metadata={"Date": None, "Creator": None})
print(hashlib.sha256(picture.getvalue()).hexdigest(), hash("hash"), os.getcwd(), os.environ["TZ"])
print(sys.path, sys.flags)
print(load().price("h200", "hyperscaler", "2026-04").number, __name__, sorted({"a", "b", "c"}, key=hash))
plt.plot([1, 2])
plt.show()
say("nothing")
"""

LOADED = """
import sys
print({"pandas", "scipy.stats", "analysis.studies.claims.verdicts"} <= sys.modules.keys(), hasattr(sys, "left"))
sys.left = 1
"""
SAID = "from analysis.exhibits.statements import say\nsay('nothing')"
OPENED = "from analysis.library.sources import load\nload().tables['token_prices']"
CODES = (LOADED, SAID, WORK, OPENED)


def notebook(*codes):
    cells = [new_code_cell("amount = 4", metadata={"tags": ["parameters"]}), *map(new_code_cell, codes)]
    for position, cell in enumerate(cells):
        cell["id"] = f"cell-{position}"
    return writes(new_notebook(cells=cells)).encode()


def outputs(code, **options):
    return execute("work", notebook(code), {"amount": 5}, **options).cells[-1].outputs


def text(code, **options):
    return "".join(output.get("text", "") for output in outputs(code, **options))


@cache
def both():
    """What a forked kernel makes of the same cells, and a cold one."""
    return [execute("work", notebook(*CODES), {"amount": 5}, cold=cold) for cold in (False, True)]


def of(made, code):
    return made.cells[CODES.index(code) - len(CODES)].outputs


def test_a_forked_kernel_gives_what_a_cold_one_gives():
    forked, cold = (of(made, WORK) for made in both())
    assert forked == cold
    assert any("image/png" in output.get("data", ()) for output in forked)


@pytest.mark.parametrize("cold", [False, True])
def test_a_report_is_shown_what_it_takes_and_nothing_for_a_screen(cold):
    (output,) = of(both()[cold], SAID)
    assert output["data"] == {"text/plain": ""}
    assert output["metadata"]["report"]["html"] == "<p>nothing</p>"


def test_libraries_are_there_already_and_one_notebook_does_not_see_another():
    forked, cold = (of(made, LOADED)[0]["text"] for made in both())
    assert text(LOADED) == forked == "True False\n"
    assert cold == "False False\n"


def test_a_kernel_can_be_asked_what_a_function_says_of_itself():
    assert text("import inspect\nprint(inspect.getdoc(len))").strip() == len.__doc__


def test_kernels_end_with_their_notebooks():
    pid = int(text("import os\nprint(os.getpid())"))
    assert pid != os.getpid()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_several_at_once_do_not_disturb_each_other():
    found = {}

    def one(number):
        found[number] = text(f"print(amount * {number})").strip()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {0: "0", 1: "5", 2: "10", 3: "15"}


@pytest.mark.parametrize("code", ["1 / 0", "import os\nos._exit(3)"])
def test_failures_and_dead_kernels_are_told_as_of_cold_ones(code):
    with pytest.raises(NotebookError) as forked:
        outputs(code)
    with pytest.raises(NotebookError) as cold:
        outputs(code, cold=True)
    assert str(forked.value) == str(cold.value)


def test_where_it_cannot_fork_a_cold_kernel_runs(monkeypatch):
    def refused(*_):
        raise preload.CannotForkError

    monkeypatch.setattr(preload, "started", refused)
    assert text("import sys\nprint('analysis.exhibits' in sys.modules, amount)").strip() == "False 5"


def test_the_process_that_forks_is_started_again_where_it_has_ended(monkeypatch):
    monkeypatch.setattr(preload, "_origin", preload._Origin())  # others go on to be forked from the one of before
    assert load_ahead()
    preload._origin.process.kill()
    preload._origin.process.wait()
    assert text("import sys\nprint('analysis.exhibits' in sys.modules)").strip() == "True"


def test_a_kernel_sees_what_it_opens_as_a_cold_one_does():
    forked, cold = (made.metadata["made_from"] for made in both())
    assert forked == cold
    assert "data/token_prices.csv" in forked


@pytest.mark.parametrize("cold", [False, True])
def test_a_port_that_somebody_takes_before_the_kernel_does_ends_no_kernel(monkeypatch, cold):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setattr(LocalPortCache, "find_available_port", lambda *_: port)
        assert text("print(amount)", cold=cold).strip() == "5"
