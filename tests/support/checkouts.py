"""This checkout, lacking something."""

import shutil
from pathlib import Path

from analysis.library.places import PACKAGE, ROOT

ALONE = f"""import sys, types
package = sys.modules["analysis"] = types.ModuleType("analysis")
package.__path__ = [{str(PACKAGE)!r}]
"""
"""Before code of another process: loads modules of the package without what it loads of itself, which is much."""


def checkout_without_data(folder: Path) -> None:
    """Write into a folder what code needs to compute for somebody who sends the data along."""
    shutil.copytree(ROOT / "analysis", folder / "analysis", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
