"""What lies around a command and would take the place of the environment's own code: ignored, or refused by name."""

import io
import os
import sys
from pathlib import Path

from analysis.errors import InputError
from analysis.library.places import PACKAGE

CUSTOM = ("sitecustomize", "usercustomize")


def settle() -> None:
    """Look for modules where the environment has them, and no more in PYTHONPATH or in the working folder.

    Where input, output or messages are closed, nothing that is opened later takes their place.

    Raises:
        InputError: Code from elsewhere has run already, or checks are switched off.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a sign that its encoding lacks is spelled, and ends nothing
            stream.reconfigure(errors="backslashreplace")
    if sys.flags.optimize:
        raise InputError("Python leaves out checks (-O, PYTHONOPTIMIZE), and reports rely on them; start without")
    listed = os.environ.pop("PYTHONPATH", "").split(os.pathsep)
    outside = {Path(folder).resolve() for folder in ["", *listed]} - {PACKAGE.parent.resolve()}
    path = [Path(folder).resolve() for folder in sys.path]
    for name, file in _loaded().items():
        if _folder_of(file, path) in outside:
            raise InputError(f"the module {name} comes from {file}; start without PYTHONPATH, in another folder")
        if name in CUSTOM and not file.is_relative_to(Path(sys.base_prefix).resolve()):
            raise InputError(f"{file}: runs before every report; remove it, or set PYTHONNOUSERSITE=1")
    sys.path[:] = [folder for folder, place in zip(sys.path, path, strict=True) if place not in outside]


def _loaded() -> dict[str, Path]:
    """Return the files of the modules that are loaded, by name, without those within packages."""
    files = {name: getattr(module, "__file__", None) for name, module in [*sys.modules.items()] if "." not in name}
    return {name: Path(file).resolve() for name, file in files.items() if file}


def _folder_of(file: Path, path: list[Path]) -> Path | None:
    """Return the folder of the module path that holds a file, the innermost where one lies in another."""
    holding = [folder for folder in path if file.is_relative_to(folder)]
    return max(holding, key=lambda folder: len(folder.parts), default=None)
