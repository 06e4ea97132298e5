"""A command that forks what runs notebooks loads its libraries under the variables that notebooks see."""

import json
import os
import subprocess
import sys

import pytest
from nbformat import writes
from nbformat.v4 import new_code_cell, new_notebook

from analysis.library.places import ROOT, VARIABLE
from analysis.machinery.press.variables import AROUND, CAN_FORK, ENVIRONMENT

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="kernels are not forked on this system")
TWICE = f"""
import json, os, sys
from pathlib import Path
from analysis.machinery.press import variables
os.environ.pop("PYTHONPATH", "")
variables.begin_anew(Path({str(ROOT)!r}))
begun = dict(os.environ)
variables.restore()
print(json.dumps([begun, dict(os.environ), sys.flags.hash_randomization, sys.stdout.encoding]))
"""
SEEN = """
import os, sys, tempfile
from pathlib import Path
import numpy as np
print(sorted(os.environ), hash("hash"), sorted({"a", "b", "c"}, key=hash), os.getcwd(), __name__, sys.path)
log = Path(tempfile.gettempdir(), "parents")
log.write_text(log.read_text() + Path(f"/proc/{os.getppid()}/cmdline").read_text() + "\\n")
"""
OWN = {"TZ": "Asia/Kathmandu", "OMP_NUM_THREADS": "3", "NPY_DISABLE_CPU_FEATURES": "AVX2", "PYTHONHASHSEED": "7"}


def test_it_sees_while_it_loads_what_notebooks_see_and_its_programs_see_what_it_was_given():
    given = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PYTHONIOENCODING": "latin-1", **OWN}
    made = subprocess.run(
        [sys.executable, "-c", TWICE], env=given | {"PYTHONPATH": str(ROOT)}, capture_output=True, check=True
    )
    begun, restored, randomized, encoding = json.loads(made.stdout)
    assert restored == given
    assert begun.keys() == {"PATH", "PYTHONIOENCODING", VARIABLE, AROUND, *ENVIRONMENT}
    assert ENVIRONMENT.items() <= begun.items()
    assert (randomized, encoding) == (0, "iso8859-1")


def test_its_kernels_are_forks_of_it_and_give_what_those_give_that_are_started_on_their_own(tmp_path):
    path = tmp_path / "seen.ipynb"
    cell = new_code_cell(SEEN, id="cell-01")
    path.write_text(writes(new_notebook(cells=[cell])), encoding="utf-8")
    (tmp_path / "parents").touch()
    pages = []
    for more in ([], ["--cold"]):
        command = [sys.executable, "-P", "-s", "-m", "analysis", "report", path, "--html-only", "--force", *more]
        subprocess.run(
            [*command, "--output", tmp_path / "output"],
            env=os.environ | OWN | {"PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)},
            capture_output=True,
            check=True,
        )
        pages += [next((tmp_path / "output").rglob("seen.html")).read_bytes()]
    forked, cold = (tmp_path / "parents").read_text(encoding="utf-8").splitlines()
    assert forked.split("\0")[4:6] == cold.split("\0")[4:6] == ["analysis", "report"]
    assert pages[0] == pages[1]
    assert b"OMP_NUM_THREADS" not in pages[0]
    assert b"MATPLOTLIBRC" in pages[0]
