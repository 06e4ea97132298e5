"""What the page of a small sweep shows, as text."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from matplotlib.figure import Figure

from analysis.machinery.press.inline import notebook_of
from analysis.machinery.sweep.figures import figures
from analysis.machinery.sweep.grid import read
from analysis.machinery.sweep.place import Place
from analysis.machinery.sweep.summary import Summary
from analysis.machinery.sweep.sweep import Sweep, sweep
from tests.published.drawing import drawing
from tests.published.notebook import notebook

GRIDS = Path(__file__).parent / "grids"


def swept(name: str) -> str:
    """Return what the page of a grid shows once all its scenarios are computed."""
    whole = Sweep(read(str(GRIDS / f"{name}.yaml")))
    with TemporaryDirectory() as folder, ThreadPoolExecutor(1) as executor, pytest.MonkeyPatch.context() as patched:
        patched.setattr(Figure, "savefig", lambda self, file, **_: file.write(drawing(self).encode()))
        place = Place(Path(folder) / "scenarios", whole.key)
        sweep(whole, place, executor, ahead=1)
        summary = Summary(whole.grid, place.folder, figures(whole.grid.library, whole.grid.design.words))
        return notebook(notebook_of(summary.title, summary.shown()))
