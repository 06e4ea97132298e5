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
SEEN = r"""
import json, os, sys, tempfile
from pathlib import Path
import numpy as np
of_numpy = np._core._multiarray_umath.__cpu_features__
seen = [sorted(os.environ), hash("hash"), sorted({"a", "b", "c"}, key=hash), os.getcwd(), __name__, sys.path]
seen += [sys.argv[0], of_numpy]
log = Path(tempfile.gettempdir(), "log")
parent = Path(f"/proc/{os.getppid()}/cmdline").read_text().split("\0")
_ = log.write_text(log.read_text() + json.dumps([parent, seen]) + "\n")
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


@pytest.mark.parametrize(
    "told", [{"PYTHONWARNINGS": "always"}, {"PYTHONDEVMODE": "1"}, {"MANY": "1" * 100_000, "MORE": "1" * 100_000}]
)
def test_it_goes_on_as_it_began_where_kernels_would_work_in_another_way_or_the_system_cannot(told):
    code = TWICE.replace("begun = dict(os.environ)", "begun = variables.BEGAN_ANEW")
    around = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **told}
    made = subprocess.run([sys.executable, "-c", code], env=around, capture_output=True, check=True)
    begun, restored, *_ = json.loads(made.stdout)
    assert not begun
    assert restored.items() >= told.items()


def test_streams_that_are_closed_are_none_that_a_file_can_take_the_place_of(tmp_path):
    log = tmp_path / "log"
    code = f"""
import sys
from pathlib import Path
from analysis.machinery.commands.surroundings import settle
from analysis.machinery.press import variables
settle()
variables.begin_anew(Path({str(ROOT)!r}))
Path({str(log)!r}).write_text(f"{{variables.BEGAN_ANEW}} {{sys.stdin.name}} {{sys.stdout.name}} {{sys.stderr.name}}")
"""
    command = ["sh", "-c", 'exec "$0" -c "$1" <&- >&- 2>&-', sys.executable, code]
    subprocess.run(command, env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}, check=True)
    assert log.read_text(encoding="utf-8") == "True <stdin> <stdout> <stderr>"


def test_its_kernels_are_forks_of_it_and_give_what_those_give_that_are_started_on_their_own(tmp_path):
    path, log = tmp_path / "seen.ipynb", tmp_path / "log"
    path.write_text(writes(new_notebook(cells=[new_code_cell(SEEN, id="cell-01")])), encoding="utf-8")
    log.touch()
    command = [sys.executable, "-P", "-s", "-m", "analysis", "report", path, "--html-only", "--output", tmp_path]
    around = os.environ | OWN | {"PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)}
    for more in ([], ["--force", "--cold"]):
        subprocess.run([*command, *more], env=around, capture_output=True, check=True)
    (parent, forked), (_, cold) = map(json.loads, log.read_text(encoding="utf-8").splitlines())
    assert parent[3:6] == ["-m", "analysis", "report"]
    assert forked == cold
