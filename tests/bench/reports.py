"""How long reports take: cold, changed and unchanged, against plain papermill and nbconvert one after the other."""

import json
import shutil
import sys
import sysconfig
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.tree import Cost, cost

ROOT = Path(__file__).parents[2]
SCRIPTS = Path(sysconfig.get_path("scripts"))


def main(names: list[str]) -> None:
    """Print seconds and ratios of whole processes, measured in one run: HTML, and PDF of what has run."""
    chosen = [ROOT / "notebooks" / f"{name}.ipynb" for name in names] or sorted(
        (ROOT / "notebooks").glob("[0-9][0-9]-*.ipynb")
    )
    with TemporaryDirectory() as folder:
        notebooks = [Path(shutil.copy(path, folder)) for path in chosen]
        build = [sys.executable, "-m", "analysis", "report", *notebooks, "--output", Path(folder) / "output"]
        html = [*build, "--html-only"]
        plain = [_plain(path, Path(folder)) for path in notebooks]
        taken = {"HTML, from an empty folder": cost(html), "unchanged": cost(html)}
        _change_a_word(notebooks[0])
        taken |= {
            "a word of one changed": cost(html),
            "HTML and PDF of what has run": cost(build),
            "HTML again, each kernel started on its own": cost([*html, "--force", "--cold"]),
        }
    whole = Cost(
        sum(one.seconds for one in plain), sum(one.processor for one in plain), max(one.megabytes for one in plain)
    )
    print(f"{len(notebooks)} reports on {_cores()} cores, {date.today()}; of a processor: all that the machine did")
    print("| | seconds | of a processor | MB at most | rate of plain | by the processor |\n|---|---|---|---|---|---|")
    for way, own in {**taken, "papermill, then nbconvert (HTML)": whole}.items():
        rates = f"{whole.seconds / own.seconds:.1f}x | {whole.processor / own.processor:.1f}x"
        print(f"| {way} | {own.seconds:.1f} | {own.processor:.1f} | {own.megabytes:.0f} | {rates} |")


def _change_a_word(notebook: Path) -> None:
    """Add one to the end of the last cell of prose."""
    content = json.loads(notebook.read_text(encoding="utf-8"))
    prose = [cell for cell in content["cells"] if cell["cell_type"] == "markdown"]
    prose[-1]["source"] = f"{''.join(prose[-1]['source'])} Indeed."
    notebook.write_text(json.dumps(content), encoding="utf-8")


def _plain(notebook: Path, folder: Path) -> Cost:
    """Execute and convert one notebook to HTML (plain nbconvert has no PDF without LaTeX or a browser)."""
    executed = folder / f"{notebook.stem}-plain.ipynb"
    run = cost([SCRIPTS / "papermill", "--cwd", ROOT, notebook, executed])
    converted = cost([SCRIPTS / "jupyter", "nbconvert", "--to", "html", executed])
    highest = max(run.megabytes, converted.megabytes)
    return Cost(run.seconds + converted.seconds, run.processor + converted.processor, highest)


def _cores() -> int:
    import os

    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)


if __name__ == "__main__":
    main(sys.argv[1:])
