"""What an executed notebook shows, as the words and tables that a reader sees, beside those that were approved."""

import difflib
import html
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from analysis.machinery.press.jobs import notebooks
from analysis.machinery.press.outputs import Notebook
from analysis.scenario import read_scenario
from tests.support.ran import ran

FOLDER = Path(__file__).parent / "records"
COMMAND = "python -m tests.published"
RECORDS = (
    *(f"published/{path.stem}" for path in notebooks()),
    "amd/01-published-comparison",
    "amd/03-what-makes-the-difference",
    "buyer/06-procurement-brief",
)
SHOWN = 40  # lines of a difference
MOST = 40  # rows of a table; of a longer one the rest is counted
_PICTURE = re.compile(r"<svg\b.*?</svg>|<img\b[^>]*>", re.DOTALL)
_ROW = re.compile(r"</(?:p|li|tr|caption|figcaption|h\d|div)>")
_CELL = re.compile(r"</t[hd]>")
_BREAK = re.compile(r"\n\s*\n|\n(?=[-#|] )")
_QUOTE = re.compile(r"^> ?", re.MULTILINE)
_TAG = re.compile(r"<[^>]*>")


def words(name: str, run: Callable[..., Notebook] = ran) -> str:
    """Return what a notebook shows under a scenario, a paragraph or a row of a table a line.

    Args:
        name: Scenario and notebook, as in `RECORDS`.
        run: What returns the executed notebook of a report under a scenario.
    """
    scenario, _, stem = name.partition("/")
    return "\n".join(_lines(run(stem, read_scenario(scenario)))).lstrip("\n") + "\n"


def difference(name: str, now: str, folder: Path = FOLDER) -> str:
    """Return how a record differs from what is shown now, line by line; nothing where it does not."""
    path = folder / f"{name}.txt"
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    if now == before:
        return ""
    lines = list(difflib.unified_diff(before.splitlines(), now.splitlines(), "approved", "now", lineterm="", n=1))
    left_out = [f"... and {len(lines) - SHOWN} lines more"] if len(lines) > SHOWN else []
    told = f"{name} is shown differently; if it is meant to be, `{COMMAND} {name}` approves it:"
    return "\n".join([told, *lines[:SHOWN], *left_out])


def approve(name: str, now: str, folder: Path = FOLDER) -> Path:
    """Write what is shown now as the record of that name, and return its path."""
    path = folder / f"{name}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(now, encoding="utf-8", newline="\n")
    return path


def _lines(notebook: Any) -> Iterator[str]:
    for cell in notebook.cells:
        if cell["cell_type"] == "markdown":
            yield from _prose(cell["source"])
        for output in cell.get("outputs", ()):
            report = output["metadata"]["report"]
            shown = plain(report.get("html") or report["caption"])  # a picture has none, and words below it
            yield from shown[:MOST]
            if len(shown) > MOST:
                yield f"... and {len(shown) - MOST} lines more"
            if note := report.get("note"):
                yield from plain(note)


def _prose(markdown: str) -> Iterator[str]:
    """Yield the headings, paragraphs and points of Markdown, each on a line of its own."""
    for part in _BREAK.split(markdown):
        line = " ".join(_QUOTE.sub("", part).split())
        if line:
            yield f"\n{line}" if line.startswith("#") else line


def plain(fragment: str) -> list[str]:
    """Return HTML as text: a line for each paragraph and row, the cells of a row between bars."""
    text = _CELL.sub(" | ", _ROW.sub("\n", _PICTURE.sub("", fragment)))
    lines = (" ".join(html.unescape(_TAG.sub("", line)).split()).rstrip(" |") for line in text.split("\n"))
    return [line for line in lines if line]
