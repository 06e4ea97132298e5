"""Vega, Vega-Lite and Vega-Embed as one script, which takes a second to be put together, and is kept.

Run as a file, it puts the script into a folder: so does `./run`, into an environment that it sets up.
"""

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

NAME = f"vega-{version('vl-convert-python')}.js"
SHARED = Path(sys.prefix, "share", "cost-per-token")
"""Where an environment keeps it, if it was set up by `./run`."""


def vega(folder: Path | None = None) -> str:
    """Return the script, which leaves `vegaEmbed` behind; a process of its own puts it together.

    Args:
        folder: That keeps it for the next who asks, where the environment does not; made where it is not there.

    Raises:
        InputError: The folder cannot be written.
    """
    from analysis.library.writing import held, put

    if (SHARED / NAME).is_file():
        return (SHARED / NAME).read_text(encoding="utf-8")
    if folder is None:
        return _together().decode()
    path = folder / NAME
    with held(folder):  # who asks meanwhile waits for it
        if not path.is_file():
            for older in folder.glob("vega-*.js"):
                older.unlink()
            put(path, _together())
        return path.read_text(encoding="utf-8")


def _together() -> bytes:
    return subprocess.run([sys.executable, "-I", __file__], capture_output=True, check=True).stdout  # noqa: S603 - ours


def main(folder: str = "") -> None:
    """Put the script together, and put it into a folder; where none is named, write it."""
    import vl_convert

    script = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;").encode()
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        Path(folder, NAME).write_bytes(script)
    else:
        sys.stdout.buffer.write(script)


if __name__ == "__main__":
    main(*sys.argv[1:])
