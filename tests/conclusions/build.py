"""Runs the notebooks of the published scenario and returns what they conclude."""

from collections.abc import Callable, Sequence
from pathlib import Path

from analysis.machinery.press.jobs import notebooks
from analysis.machinery.press.outputs import Notebook
from analysis.machinery.press.reading import read as read_notebook
from tests.support.ran import ran


def published(run: Callable[[str], Notebook] = ran, paths: Sequence[Path] = ()) -> dict[str, str]:
    """The words of each conclusion, by its name; a finding's begins with its notebook.

    Args:
        run: What returns the executed notebook of a report.
        paths: The notebooks; all of them if none are given.
    """
    found: dict[str, str] = {}
    for path in paths or notebooks():
        for one in read_notebook(run(path.stem)).conclusions:
            name = one.id if "/" in one.id else f"{path.stem}#{one.id}"
            assert name not in found, name
            found[name] = one.words
    return found
