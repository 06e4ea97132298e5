"""A wheel, installed in an environment of its own, does from an empty folder what a checkout does."""

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import NamedTuple

import pytest

import analysis
from analysis.library.places import PACKAGE, ROOT
from analysis.machinery.press import fingerprints
from analysis.machinery.press.what_if_link import PAGE
from tests.support import whatif


class Installed(NamedTuple):
    """An environment that holds the wheel, and a folder to stand in."""

    scripts: Path
    folder: Path

    def run(self, program, *arguments, code=0):
        around = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        command = [self.scripts / program, *map(str, arguments)]
        made = subprocess.run(command, cwd=self.folder, env=around, capture_output=True, text=True, check=False)
        assert made.returncode == code, made.stderr
        return made


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    built = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", built], cwd=ROOT, check=True)
    (wheel,) = built.iterdir()
    environment = tmp_path_factory.mktemp("environment") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    scripts = Path(sysconfig.get_path("scripts", "venv", {"base": str(environment)}))
    modules = Path(sysconfig.get_path("purelib", "venv", {"base": str(environment)}))
    # What the wheel asks for comes from this environment, so that no network is needed.
    (modules / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    install = [sys.executable, "-m", "pip", "--python", scripts / "python", "install", "--quiet", "--no-deps"]
    subprocess.run([*install, "--no-index", "--disable-pip-version-check", wheel], check=True)
    return Installed(scripts, tmp_path_factory.mktemp("empty"))


VERIFIED = """import sys, analysis
from analysis.__main__ import main
print(analysis.__version__, analysis.__file__, flush=True)
sys.argv = ["cost-per-token", "verify"]
main()"""


def test_the_package_is_the_installed_one_says_its_version_and_its_verdicts_are_those_of_the_checkout(installed, run):
    said, _, verdicts = installed.run("python", "-c", VERIFIED).stdout.partition("\n")
    version, file = said.split()
    assert version == analysis.__version__
    assert f"version: {version}" in (ROOT / "CITATION.cff").read_text(encoding="utf-8").splitlines()
    assert Path(file).is_relative_to(installed.scripts.parent)
    assert verdicts == run("verify").out


def test_the_package_holds_every_file_of_the_checkout(installed):
    (package,) = installed.scripts.parent.rglob("site-packages/analysis")
    there = {path.relative_to(package) for path in package.rglob("*") if path.suffix != ".pyc" and path.is_file()}
    here = {path.relative_to(PACKAGE) for path in PACKAGE.rglob("*") if path.suffix != ".pyc" and path.is_file()}
    assert {path for path in there if path.parts[0] != "_project"} == here


def test_a_report_is_made_from_the_same_files_and_lies_where_one_stands(installed):
    output = installed.folder / "output"
    output.mkdir()
    (output / PAGE).write_text(whatif.html(), encoding="utf-8")
    installed.run("cost-per-token", "report", "01-published-comparison", "--html-only")
    assert (output / PAGE).read_text(encoding="utf-8") == whatif.html()  # it would make the same one
    folder = output / "published"
    record = json.loads((folder / "01-published-comparison" / "made-from.json").read_text(encoding="utf-8"))
    files = {path: tuple(found) for path, found in record["files"].items()}
    notebook = "notebooks/01-published-comparison.ipynb"
    assert files.pop(notebook) == fingerprints.described((ROOT / notebook).read_bytes())
    folders = {path for path in files if path.endswith("/")}
    assert {path for path in folders if path.startswith("data/")} == folders
    used = {path: found for path, found in files.items() if path not in folders}
    assert {"requirements.lock", "data/assumptions.csv", "analysis/comparison/head_to_head.py"} <= used.keys()
    assert used == {path: found for path, found in fingerprints.files().items() if path in used}
    assert "cost-per-token report 01-published-comparison" in (folder / "01-published-comparison.html").read_text()
    assert "is what they were made from" in installed.run("cost-per-token", "check").stdout


def test_a_new_notebook_lies_where_one_stands(installed):
    assert installed.run("cost-per-token", "new", "my-question").stdout == "01-my-question.ipynb\n"
    assert (installed.folder / "01-my-question.ipynb").is_file()


def test_measurements_are_not_written_into_the_package(installed):
    said = installed.run("cost-per-token", "import", "rows.csv", code=2).stderr
    assert "copy it to a folder of your own" in said
    assert "COST_PER_TOKEN_DATA" in said
