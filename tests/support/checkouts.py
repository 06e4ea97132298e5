"""This checkout, lacking something."""

import shutil
from pathlib import Path

from analysis.library.places import ROOT


def checkout_without_data(folder: Path) -> None:
    """Write into a folder what code needs to compute for somebody who sends the data along."""
    shutil.copytree(ROOT / "analysis", folder / "analysis", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
