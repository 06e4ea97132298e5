"""Opening, running and saving a notebook in JupyterLab changes nothing of what git stores."""

import subprocess
from pathlib import Path
from typing import Any

import pytest
from jupyter_server.services.contents.largefilemanager import LargeFileManager

import environment
from analysis.library.places import ROOT
from analysis.machinery.commands.new import STARTER
from analysis.machinery.starter.stored import stored

NOTEBOOKS = [*sorted((ROOT / "notebooks").glob("*.ipynb")), STARTER]
each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def saved(path: Path, folder: Path, *, after_running: bool) -> bytes:
    """Return a notebook's file as JupyterLab leaves it, through the contents API of its server."""
    copy = folder / path.name
    copy.write_bytes(path.read_bytes())
    manager = LargeFileManager(root_dir=str(folder))
    model = manager.get(path.name, content=True, type="notebook")
    if after_running:
        _run(model["content"])
    manager.save({"type": "notebook", "format": "json", "content": model["content"]}, path.name)
    return copy.read_bytes()


def _run(notebook: Any) -> None:
    """Leave in a notebook what a kernel of another version, widgets and a reader's clicks leave there."""
    notebook["metadata"]["language_info"]["version"] = "3.13.1"
    notebook["metadata"]["kernelspec"] = {"display_name": "own", "language": "python", "name": "own"}
    notebook["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": {}}}
    output = {"output_type": "display_data", "data": {"text/plain": ["35x"]}, "metadata": {}}
    for count, cell in enumerate(notebook["cells"], start=1):
        cell["metadata"] |= {"scrolled": True, "editable": True, "execution": {"iopub.status.idle": "2026-11-30"}}
        if cell["cell_type"] == "code":
            cell["metadata"].setdefault("jupyter", {})["outputs_hidden"] = False
            cell |= {"execution_count": count, "outputs": [output]}


@each_notebook
def test_a_notebook_lies_there_as_it_is_stored(path: Path) -> None:
    assert stored(path.read_bytes()) == path.read_bytes()


@each_notebook
def test_to_open_and_save_changes_no_byte_of_the_file(path: Path, tmp_path: Path) -> None:
    assert saved(path, tmp_path, after_running=False) == path.read_bytes()


@each_notebook
def test_to_run_and_save_changes_no_byte_of_what_is_stored(path: Path, tmp_path: Path) -> None:
    run = saved(path, tmp_path, after_running=True)
    assert run != path.read_bytes()
    assert stored(run) == path.read_bytes()


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"cells": 1, "metadata": {}}', b"\xff", b'{"cells": [3]}'])
def test_what_is_no_notebook_is_stored_as_it_is(content: bytes) -> None:
    assert stored(content) == content


def test_git_stores_a_notebook_that_was_run_without_outputs_until_that_is_undone(tmp_path: Path) -> None:
    script = tmp_path / "analysis/machinery/starter/stored.py"
    script.parent.mkdir(parents=True)
    script.write_bytes((ROOT / script.relative_to(tmp_path)).read_bytes())
    (tmp_path / ".gitattributes").write_bytes((ROOT / ".gitattributes").read_bytes())
    path = NOTEBOOKS[0]

    def git(*arguments: str) -> bytes:
        return subprocess.run(["git", "-C", str(tmp_path), *arguments], capture_output=True, check=True).stdout

    git("init", "-q")
    assert environment.keep_stored(tmp_path).startswith("git stores notebooks without outputs")
    run = saved(path, tmp_path, after_running=True)
    git("add", "-A")
    assert git("show", f":{path.name}") == path.read_bytes()
    assert environment.keep_stored(tmp_path, undo=True) == "git stores notebooks as they lie there"
    git("rm", "-q", "-f", "--cached", path.name)  # git may have seen that the file is another now
    git("add", path.name)
    assert git("show", f":{path.name}") == run


def test_without_a_checkout_nothing_is_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert environment.keep_stored(tmp_path) == "no checkout of git: nothing was set for notebooks"
