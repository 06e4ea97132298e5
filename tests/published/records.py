"""What is recorded, how it is made anew, and how a record that was approved differs from it."""

import difflib
from collections.abc import Callable
from functools import partial
from pathlib import Path

from analysis.machinery.press.jobs import notebooks
from analysis.scenario import read
from tests.conclusions.build import executed
from tests.published.drawing import drawing
from tests.published.figures import figures
from tests.published.notebook import notebook
from tests.published.pages import pages

FOLDER = Path(__file__).parent / "records"
SCENARIOS = Path(__file__).parent / "scenarios"
OTHERS = {
    "amd/01-published-comparison": None,
    "amd/03-what-makes-the-difference": 6,
    "buyer/06-procurement-brief": None,
    "owner/04-cost-of-ownership": None,
    "owner/05-investor-brief": None,
    "users/06-procurement-brief": None,
    "nobody/06-procurement-brief": 12,
}
"""Conditions under which notebooks show what they do not show of the published scenario, and in how many cells."""
COMMAND = "python -m tests.published"
SHOWN = 40  # lines of a difference


def records() -> dict[str, Callable[[], str]]:
    """Return what makes each record, by its name."""
    found = {f"published/{path.stem}": partial(_notebook, path) for path in notebooks()}
    for name, first in OTHERS.items():
        scenario, _, stem = name.partition("/")
        own = SCENARIOS / f"{scenario}.yaml"
        found[name] = partial(_notebook, *notebooks([stem]), str(own) if own.is_file() else scenario, first)
    found |= {f"figures/{name}": made for name, made in figures().items()}
    return found | {f"pages/{name}": made for name, made in pages().items()}


def difference(name: str, now: str, folder: Path = FOLDER) -> str:
    """Return how a record differs from what is shown now, line by line; nothing where it does not.

    Args:
        name: Of the record.
        now: What is shown.
        folder: Of the records.
    """
    path = folder / f"{name}.txt"
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    if now == before:
        return ""
    lines = list(difflib.unified_diff(before.splitlines(), now.splitlines(), "approved", "now", lineterm="", n=2))
    left_out = [f"... and {len(lines) - SHOWN} lines more"] if len(lines) > SHOWN else []
    told = f"{name} is shown differently; if it is meant to be, `{COMMAND} {name}` approves it:"
    return "\n".join([told, *lines[:SHOWN], *left_out])


def approve(name: str, now: str, folder: Path = FOLDER) -> Path:
    """Write what is shown now as the record of that name, and return its path."""
    path = folder / f"{name}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(now, encoding="utf-8", newline="\n")
    return path


def _notebook(path: Path, scenario: str = "published", first: int | None = None) -> str:
    return notebook(executed(path, read(scenario), drawing, first), derivations=scenario == "published")
