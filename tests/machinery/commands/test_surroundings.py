"""Code that lies where one stands, or that PYTHONPATH names, is not run; where it has run already, it is named."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.library.places import ROOT

COMMAND = "import sys; from analysis.machinery.commands.surroundings import settle; settle(); print(sys.path)"


def ran(folder, *, listed=(), flags=(), code=COMMAND, **variables):
    """What came of settling in a process of its own."""
    around = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    around |= {"PYTHONPATH": os.pathsep.join(map(str, [*listed, ROOT])), **variables}
    return subprocess.run(
        [sys.executable, *flags, "-c", code], cwd=folder, env=around, capture_output=True, text=True, check=False
    )


def module(folder, name):
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.py").write_text("")
    return folder


@pytest.mark.parametrize("name", ["typer", "httpx", "sitecustomize", "usercustomize"])
def test_a_module_in_pythonpath_that_took_the_place_of_another_is_named(tmp_path, name):
    own = module(tmp_path / "own", name)
    made = ran(tmp_path, listed=[own], code=f"import {name}\n{COMMAND}")
    assert made.returncode == 1
    assert f"the module {name} comes from {own / name}.py; start without PYTHONPATH" in made.stderr


def test_a_module_where_one_stands_that_took_the_place_of_another_is_named(tmp_path):
    module(tmp_path, "httpx")
    made = ran(tmp_path, code=f"import httpx\n{COMMAND}")
    assert f"the module httpx comes from {tmp_path / 'httpx'}.py" in made.stderr


def test_what_lies_there_and_did_not_run_is_not_looked_at_any_more(tmp_path):
    own = module(module(tmp_path / "own", "httpx"), "analysis")
    (tmp_path / "analysis").mkdir()
    made = ran(tmp_path, listed=[tmp_path / "nowhere", "", ROOT, own], code=f"{COMMAND}; import httpx; print(httpx)")
    assert made.returncode == 0, made.stderr
    assert str(own) not in made.stdout
    assert "''" not in made.stdout
    assert str(tmp_path) not in made.stdout


@pytest.mark.parametrize("flags", [["-O"], ["-OO"]])
def test_checks_that_are_left_out_are_refused(tmp_path, flags):
    assert "leaves out checks" in ran(tmp_path, flags=flags).stderr
    assert "leaves out checks" in ran(tmp_path, PYTHONOPTIMIZE="2").stderr


def test_an_environment_below_the_folder_where_one_stands_is_the_environment(tmp_path):
    above = Path(sys.prefix).resolve().parents[1]
    assert ran(above).returncode == 0


def test_code_that_an_environment_runs_before_everything_is_refused(tmp_path):
    own = module(tmp_path / "site", "sitecustomize")
    code = (
        f"import sys; sys.modules.pop('sitecustomize', None); sys.path.insert(0, {str(own)!r}); import sitecustomize"
    )
    made = ran(tmp_path, code=f"{code}\n{COMMAND}")
    assert f"{own / 'sitecustomize'}.py: runs before every report" in made.stderr
