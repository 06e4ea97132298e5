"""The pages beside the reports that need no kernel: what if, and scenarios side by side."""

import hashlib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from analysis.library.terms import DISCLAIMER
from analysis.machinery.press import files, fingerprints, made_from, used
from analysis.machinery.press.front import Order
from analysis.machinery.press.what_if_link import PAGE
from analysis.machinery.whatif import keep
from analysis.scenario import Scenario

COMPARISON = "comparison"


def outdated(asked: Sequence[Scenario], output: Path) -> dict[str, Callable[[], object]]:
    """Return what writes each page that is not there, or was made from other things, by its path in the folder.

    Each can go to another process.

    Args:
        asked: The scenarios of the reports.
        output: The folder of all reports.
    """
    pages: dict[str, Callable[[], object]] = {}
    if not keep.is_current(output, asked[0].snapshot):
        pages[PAGE] = partial(keep.write, output, asked[0].snapshot)
    if len(asked) > 1 and not files.current(output / COMPARISON, COMPARISON, _key(asked)):
        pages[f"{COMPARISON}/{COMPARISON}.html"] = partial(_compare, tuple(asked), output)
    return pages


def _key(asked: Sequence[Scenario]) -> str:
    parts = [fingerprints.hash_of(_used()), *(scenario.model_dump_json() for scenario in asked)]
    return hashlib.sha256("".join(parts).encode()).hexdigest()


def _compare(asked: Sequence[Scenario], output: Path) -> None:
    """Write the page that shows the scenarios side by side."""
    from analysis.machinery.press.outputs import notebook_of
    from analysis.machinery.press.publish import publish
    from analysis.machinery.press.side_by_side import answers, side_by_side

    front = {"title": "Scenarios side by side", "disclaimer": DISCLAIMER}
    notebook = notebook_of(front["title"], side_by_side(asked))
    words = (*(scenario.name for scenario in asked), *answers(asked)[1].values())
    provenance = (("Scenarios", ", ".join(scenario.name for scenario in asked)),)
    made = publish(COMPARISON, notebook, Order(front, provenance, names=words))
    files.replace(output / COMPARISON, COMPARISON, _key(asked), made | made_from.record(COMPARISON, used=_used()))


def _used() -> fingerprints.Sums:
    """Return the files that the page of the comparison is made from: all data, and the code behind it."""
    code = used.modules("import analysis.machinery.press.publish", "import analysis.machinery.press.side_by_side")
    data = [path for path in fingerprints.files() if path.startswith(fingerprints.DATA_PREFIX)]
    return fingerprints.sums([*data, *code])
