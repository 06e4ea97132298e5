"""A kernel forked from a preloaded process gives what a cold one gives, and a cold one stands in where it cannot."""

import multiprocessing
import os
import threading

import pytest
from nbformat import writes
from nbformat.v4 import new_code_cell, new_notebook

from analysis.machinery.press import preload
from analysis.machinery.press.execute import NotebookError, execute

pytestmark = pytest.mark.skipif(
    "forkserver" not in multiprocessing.get_all_start_methods(), reason="no fork server on this system"
)
WORK = """
import hashlib, io, os, random, sys
import numpy as np
from analysis.exhibits import canvas
from analysis.exhibits.statements import say
from analysis.library.sources import load
picture = io.BytesIO()
with canvas() as (figure, axes):
    axes.plot([1, 2], [3, amount])
    figure.savefig(picture, format="svg", metadata={"Date": None, "Creator": None})
print(hashlib.sha256(picture.getvalue()).hexdigest(), hash("hash"), os.getcwd(), os.environ["TZ"], sys.path)
print(load().price("h200", "hyperscaler", "2026-04").number, __name__, sorted({"a", "b", "c"}, key=hash))
say("nothing")
"""


def notebook(code):
    cells = [new_code_cell("amount = 4", metadata={"tags": ["parameters"]}), new_code_cell(code)]
    for position, cell in enumerate(cells):
        cell["id"] = f"cell-{position}"
    return writes(new_notebook(cells=cells)).encode()


def outputs(code, **options):
    return execute("work", notebook(code), {"amount": 5}, **options).cells[-1].outputs


def text(code, **options):
    return "".join(output.get("text", "") for output in outputs(code, **options))


def test_a_preloaded_kernel_gives_what_a_cold_one_gives():
    assert outputs(WORK, preload=True) == outputs(WORK)


def test_libraries_are_there_already_and_one_notebook_does_not_see_another():
    code = "import sys\nprint('analysis.exhibits' in sys.modules, hasattr(sys, 'left'))\nsys.left = 1"
    assert text(code, preload=True).strip() == "True False"
    assert text(code, preload=True).strip() == "True False"
    assert text(code).strip() == "False False"


def test_kernels_end_with_their_notebooks():
    pid = int(text("import os\nprint(os.getpid())", preload=True))
    assert pid != os.getpid()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_several_at_once_do_not_disturb_each_other():
    found = {}

    def one(number):
        found[number] = text(f"print(amount * {number})", preload=True).strip()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {0: "0", 1: "5", 2: "10", 3: "15"}


@pytest.mark.parametrize("code", ["1 / 0", "import os\nos._exit(3)"])
def test_failures_and_dead_kernels_are_told_as_of_cold_ones(code):
    with pytest.raises(NotebookError) as forked:
        outputs(code, preload=True)
    with pytest.raises(NotebookError) as cold:
        outputs(code)
    assert str(forked.value) == str(cold.value)


@pytest.mark.parametrize("error", preload.CANNOT_FORK)
def test_where_it_cannot_fork_a_cold_kernel_runs(monkeypatch, error):
    def refused(*_):
        raise error("no")

    monkeypatch.setattr(preload, "started", refused)
    assert text("import sys\nprint('analysis.exhibits' in sys.modules, amount)", preload=True).strip() == "False 5"


def test_where_there_is_no_fork_server_a_cold_kernel_runs(monkeypatch):
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    assert text("import sys\nprint('analysis.exhibits' in sys.modules)", preload=True).strip() == "False"


def test_every_module_that_is_preloaded_exists():
    import importlib.util

    assert [name for name in preload.MODULES if importlib.util.find_spec(name) is None] == []
