"""Whose code a kernel runs: this package's, wherever the name leads on the module path, and no start-up file's."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.machinery.press import origin
from analysis.machinery.press.kernel import Kernel
from analysis.machinery.press.origin import PACKAGE, own_package


@pytest.fixture
def path(monkeypatch):
    """A module path that can be changed."""
    found = list(sys.path)
    monkeypatch.setattr(sys, "path", found)
    return found


def package(folder, name="analysis"):
    (folder / name).mkdir(parents=True)
    (folder / name / "__init__.py").write_text("")
    return folder / name


def test_another_package_of_that_name_comes_after_this_one(path, tmp_path):
    path.insert(0, str(package(tmp_path).parent))
    own_package()
    assert path[:2] == [str(PACKAGE.parent), str(tmp_path)]


@pytest.mark.parametrize("there", [False, True])
def test_a_folder_of_that_name_and_none_at_all_lead_to_this_package(path, tmp_path, there):
    if there:
        (tmp_path / "analysis").mkdir()
    path[:] = [str(tmp_path)]
    own_package()
    assert path == [str(tmp_path), str(PACKAGE.parent)]


def test_a_path_that_leads_to_it_already_stays_as_it_is(path, tmp_path):
    path[:] = [str(tmp_path), str(PACKAGE.parent)]
    own_package()
    assert path == [str(tmp_path), str(PACKAGE.parent)]


def test_no_file_of_a_profile_and_no_configuration_is_read_and_no_history_written(monkeypatch, tmp_path):
    startup = tmp_path / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00.py").write_text("raise SystemExit('start-up file')")
    (tmp_path / "profile_default" / "ipython_kernel_config.py").write_text("raise SystemExit('configuration')")
    command = """
import sys
from pathlib import Path
from analysis.machinery.press.kernel import Kernel
Kernel.instance().initialize([])
print("quiet", *Path(sys.argv[1]).rglob("*.sqlite"), file=sys.__stdout__)"""
    around = {**os.environ, "IPYTHONDIR": str(tmp_path), "PYTHONPATH": str(PACKAGE.parent)}
    run = [sys.executable, "-c", command, str(tmp_path)]
    made = subprocess.run(run, env=around, capture_output=True, text=True, check=False)
    assert made.stdout.splitlines()[-1:] == ["quiet"], made.stderr
    assert "start-up file" not in made.stderr
    assert "configuration" not in made.stderr


def test_it_is_started_with_what_the_manager_says(monkeypatch, path):
    asked = []
    monkeypatch.setattr(Kernel, "launch_instance", asked.append)
    origin.main(["-f", "connection.json"])
    assert asked == [["-f", "connection.json"]]
    assert Path(origin.__file__).is_relative_to(PACKAGE)
