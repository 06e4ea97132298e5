"""How long reports take: cold and unchanged, against plain papermill and nbconvert run one after the other."""

import shutil
import subprocess
import sys
import sysconfig
import time
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]
SCRIPTS = Path(sysconfig.get_path("scripts"))


def main(names: list[str]) -> None:
    """Print seconds and ratios of whole processes, measured in one run."""
    notebooks = [ROOT / "notebooks" / f"{name}.ipynb" for name in names] or sorted(
        (ROOT / "notebooks").glob("[0-9][0-9]-*.ipynb")
    )
    with TemporaryDirectory() as folder:
        output = Path(folder) / "output"
        build = [sys.executable, "-m", "analysis", "report", *(path.stem for path in notebooks), "--output", output]
        cold = _seconds(build)
        unchanged = _seconds(build)
        shutil.rmtree(output)
        plain = sum(_plain(path, Path(folder)) for path in notebooks)
    print(f"{len(notebooks)} reports, HTML and PDF, on {_cores()} cores")
    for what, seconds in (("cold build", cold), ("unchanged build", unchanged), ("papermill, then nbconvert", plain)):
        print(f"  {what:<28}{seconds:7.2f} s  {plain / seconds:6.1f}x the rate of papermill, then nbconvert")


def _plain(notebook: Path, folder: Path) -> float:
    """Execute and convert one notebook to HTML (plain nbconvert has no PDF without LaTeX or a browser)."""
    executed = folder / notebook.name
    return _seconds([SCRIPTS / "papermill", "--cwd", ROOT, notebook, executed]) + _seconds(
        [SCRIPTS / "jupyter", "nbconvert", "--to", "html", executed]
    )


def _seconds(command: list[object]) -> float:
    started = time.perf_counter()
    subprocess.run([str(part) for part in command], cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - started


def _cores() -> int:
    import os

    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)


if __name__ == "__main__":
    main(sys.argv[1:])
