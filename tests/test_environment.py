"""`./run` finds its own folder, sets `.venv` up once, mends what is broken, and leaves alone what it did not make.

Environments are made without packages here, and a stand-in for the package says how it was called.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import environment
from analysis.library.places import ROOT
from environment import FORMER, LOCK, MARK, ForeignError, make

STAND_IN = "import os, sys; print(os.getcwd(), sys.argv[1:], __file__, sys.flags.optimize, sep='|')"
MAKE = """
import pathlib, sys, time, venv, environment
def fill(folder, lock):
    print("begun", flush=True)
    time.sleep({pause})
    venv.EnvBuilder().create(folder)
environment.make(pathlib.Path(sys.argv[1]), fill)
"""


def bare(folder, lock):
    """An environment of one package, which holds nothing."""
    import venv

    venv.EnvBuilder().create(folder)
    (environment._modules(folder) / "one-1.0.dist-info").mkdir()


def never(folder, lock):
    raise AssertionError("set up again")


def checkout(folder):
    (folder / "analysis").mkdir(parents=True)
    (folder / "analysis" / "__init__.py").touch()
    (folder / "analysis" / "__main__.py").write_text(STAND_IN)
    (folder / "requirements.lock").write_text("one==1.0\n")
    for name in ("run", "environment.py"):
        shutil.copy(ROOT / name, folder)
    return folder.resolve()


@pytest.fixture
def root(tmp_path):
    """A checkout whose environment is set up."""
    folder = checkout(tmp_path / "a checkout")
    make(folder, bare)
    return folder


def ran(program, *arguments, cwd, **variables):
    around = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(
        [program, *arguments], cwd=cwd, env={**around, **variables}, capture_output=True, text=True, check=False
    )


def called(made, root, *, code=0):
    """Where it stood, with what arguments, by the checkout's own package."""
    assert made.returncode == code, made.stderr
    folder, arguments, file, optimized = made.stdout.strip().split("|")
    assert (file, optimized) == (str(root / "analysis" / "__main__.py"), "0")
    return Path(folder), arguments


def test_one_stays_where_one_stands(root, tmp_path):
    made = ran(root / "run", "verify", "--ledger", "own.yaml", cwd=tmp_path)
    assert called(made, root) == (tmp_path, "['verify', '--ledger', 'own.yaml']")


def test_a_chain_of_links_leads_to_the_checkout_and_not_to_what_lies_beside_a_link(root, tmp_path):
    (tmp_path / "bin" / ".venv").mkdir(parents=True)
    (tmp_path / "bin" / ".venv" / "precious.txt").touch()
    (tmp_path / "bin" / "cost").symlink_to("../links/second")
    (tmp_path / "links").mkdir()
    (tmp_path / "links" / "second").symlink_to(root / "run")
    assert called(ran(tmp_path / "bin" / "cost", "x", cwd=tmp_path), root) == (tmp_path, "['x']")
    assert [path.name for path in (tmp_path / "bin" / ".venv").iterdir()] == ["precious.txt"]


def test_cdpath_leads_nowhere(root, tmp_path):
    other = checkout(tmp_path / "elsewhere" / root.name)
    made = ran("bash", f"{root.name}/run", "x", cwd=root.parent, CDPATH=str(other.parent))
    assert called(made, root) == (root.parent, "['x']")
    assert not (other / ".venv").exists()


def test_what_is_set_for_other_pythons_and_what_lies_where_one_stands_is_not_run(root, tmp_path):
    other = checkout(tmp_path / "other")
    (other / "sitecustomize.py").write_text("raise SystemExit('intruder')")
    variables = {"PYTHONPATH": str(other), "PYTHONOPTIMIZE": "2", "PYTHONSTARTUP": str(other / "sitecustomize.py")}
    assert called(ran(root / "run", "x", cwd=other, **variables), root) == (other, "['x']")


def test_help_needs_no_environment(tmp_path):
    folder = checkout(tmp_path / "new")
    made = ran(folder / "run", cwd=tmp_path)
    assert made.returncode == 0
    assert "Usage: ./run" in made.stdout
    assert not (folder / ".venv").exists()


def outdated(root):
    (root / "requirements.lock").write_text("two==1.0\n")


def unfinished(root):
    (root / ".venv" / MARK).write_text("{}")


def without_python(root):
    (root / ".venv" / "bin" / "python").unlink()
    (root / ".venv" / "bin" / "python").symlink_to("/no/longer/there")


def of_another_python(root):
    mark = json.loads((root / ".venv" / MARK).read_text())
    (root / ".venv" / MARK).write_text(json.dumps(mark | {"python": [3, 10]}))


def without_a_package(root):
    (environment._modules(root / ".venv") / "one-1.0.dist-info").rmdir()


def that_leads_elsewhere(root):
    (environment._modules(root / ".venv") / environment.PATHS).write_text("/elsewhere\n")


BROKEN = {
    outdated: "requirements.lock is another",
    unfinished: "it was not finished",
    without_python: "its Python is gone",
    of_another_python: "its Python is another",
    without_a_package: "one-1.0 is missing",
    that_leads_elsewhere: "it does not lead to this folder",
}


@pytest.mark.parametrize(("breaking", "said"), BROKEN.items(), ids=lambda one: getattr(one, "__name__", ""))
def test_an_environment_that_cannot_be_relied_on_is_made_again(root, capsys, breaking, said):
    make(root, never)
    breaking(root)
    (root / ".venv" / "left").touch()
    make(root, bare)
    assert f"Setting up .venv from requirements.lock ({said})" in capsys.readouterr().err
    assert not (root / ".venv" / "left").exists()
    make(root, never)


@pytest.mark.parametrize("away", [shutil.move, lambda one, other: shutil.copytree(one, other, symlinks=True)])
def test_one_that_was_moved_or_copied_with_its_checkout_is_made_again(root, tmp_path, capsys, away):
    away(root, tmp_path / "two")
    make(tmp_path / "two", bare)
    assert f"(it was made at {root / '.venv'})" in capsys.readouterr().err
    made = ran(tmp_path / "two" / "run", "x", cwd=tmp_path)
    called(made, tmp_path / "two")


def test_one_of_the_first_version_is_made_again(root):
    (root / ".venv" / MARK).unlink()
    (root / ".venv" / FORMER).touch()
    make(root, bare)
    make(root, never)


def test_a_set_up_that_fails_is_tried_again(root):
    def broken(folder, lock):
        raise OSError("no space left")

    outdated(root)
    with pytest.raises(OSError, match="no space"):
        make(root, broken)
    make(root, bare)
    make(root, never)


def folder_of_a_reader(venv, tmp_path):
    venv.mkdir()
    (venv / "precious.txt").touch()


def environment_of_a_reader(venv, tmp_path):
    bare(venv, None)


def link(venv, tmp_path):
    make(checkout(tmp_path / "first"), bare)
    venv.symlink_to(tmp_path / "first" / ".venv")


def file(venv, tmp_path):
    venv.touch()


@pytest.mark.parametrize("made", [folder_of_a_reader, environment_of_a_reader, link, file])
def test_what_it_did_not_make_is_left_as_it_is(tmp_path, made):
    root = checkout(tmp_path / "own")
    made(root / ".venv", tmp_path)
    before = sorted((root / ".venv").rglob("*"))
    with pytest.raises(ForeignError, match="not made"):
        make(root, never)
    assert sorted((root / ".venv").rglob("*")) == before
    told = ran(root / "run", "x", cwd=tmp_path)
    assert told.returncode == 2
    assert told.stderr.startswith(f"run: {root / '.venv'} ")


def test_of_two_at_once_one_waits(tmp_path):
    root = checkout(tmp_path / "own")
    command = [sys.executable, "-c", MAKE.format(pause=1), root]
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "cwd": ROOT}
    first = subprocess.Popen(command, **options)
    assert first.stdout.readline() == "begun\n"
    second = subprocess.run([*command], capture_output=True, text=True, cwd=ROOT, check=True)
    assert first.wait() == 0
    assert (second.stdout, "waiting for it" in second.stderr) == ("", True)
    first.communicate()


def test_a_process_that_was_killed_amid_leaves_what_the_next_one_mends(tmp_path):
    root = checkout(tmp_path / "own")
    command = [sys.executable, "-c", MAKE.format(pause=60), root]
    first = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert first.stdout.readline() == "begun\n"
    first.kill()
    first.communicate()
    assert (root / ".venv" / LOCK).exists()
    make(root, bare)
    make(root, never)
