"""Where the project's files are: beside the package in a checkout, within it once it is installed; and whose data."""

import os
import tomllib
from pathlib import Path

from analysis.errors import InputError

PACKAGE = Path(__file__).parents[1]
_WITHIN = PACKAGE / "_project"  # pyproject.toml puts them there when a wheel is built
INSTALLED = _WITHIN.is_dir()
ROOT = _WITHIN if INSTALLED else PACKAGE.parent
COMMAND = "cost-per-token" if INSTALLED else "./run"  # what a reader types to run a command
PROJECT, LOCK, NOTEBOOKS = ROOT / "pyproject.toml", ROOT / "requirements.lock", ROOT / "notebooks"
VERSION: str = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["version"]

VARIABLE = "COST_PER_TOKEN_DATA"  # names a data folder in place of the project's own
DATA = Path(os.environ.get(VARIABLE) or ROOT / "data").resolve()


def demand_data(folder: Path = DATA) -> None:
    """Refuse a data folder that is not there or holds nothing.

    Raises:
        InputError: The message names the folder, and the variable where it named it.
    """
    place = f"{VARIABLE}: {folder}" if folder == DATA and os.environ.get(VARIABLE) else str(folder)
    if not folder.is_dir():
        raise InputError(f"{place}: no such folder; allowed is a data folder, such as a copy of the project's `data`")
    if not any(folder.glob("*.csv")):
        raise InputError(f"{place}: found no table; allowed is a data folder, such as a copy of the project's `data`")


def demand_own(folder: Path) -> None:
    """Refuse to write into a folder that belongs to an installed package: it goes with the next installation.

    Raises:
        InputError: The message says what to do instead.
    """
    if INSTALLED and folder.resolve().is_relative_to(PACKAGE.resolve()):
        raise InputError(
            f"{folder}: belongs to the installed package, and goes with its next version; copy it to a folder of your"
            f" own and name that with {VARIABLE}"
        )
