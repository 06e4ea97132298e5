"""Vega, Vega-Lite and Vega-Embed as one script, kept so that it is put together once."""

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from analysis.library.writing import held, put

BUNDLE = """import sys, vl_convert
sys.stdout.buffer.write(vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;").encode())"""


def vega(folder: Path | None = None) -> str:
    """Return the script, which leaves `vegaEmbed` behind; a process of its own puts it together.

    Args:
        folder: That keeps it for the next who asks; made where it is not there.

    Raises:
        InputError: The folder cannot be written.
    """
    if folder is None:
        return _together().decode()
    path = folder / f"vega-{version('vl-convert-python')}.js"
    with held(folder):  # who asks meanwhile waits for it
        if not path.is_file():
            for older in folder.glob("vega-*.js"):
                older.unlink()
            put(path, _together())
        return path.read_text(encoding="utf-8")


def _together() -> bytes:
    return subprocess.run([sys.executable, "-Pc", BUNDLE], capture_output=True, check=True).stdout  # noqa: S603 - ours
