"""The pages beside the reports that need no kernel: what the package is, what if, and scenarios side by side."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from analysis.jobs import DISCLAIMER, names
from analysis.report import files, made_from
from analysis.report.build import code_hash, data_hash
from analysis.scenario import Scenario
from analysis.whatif import keep

COMPARISON, INTERFACE = "comparison", "interface"


def outdated(asked: Sequence[Scenario], output: Path) -> Iterator[Callable[[], object]]:
    """Yield what writes each page that is not there, or was made from other things; each can go to another process.

    Args:
        asked: The scenarios of the reports.
        output: The folder of all reports.
    """
    if not files.current(output / INTERFACE, INTERFACE, code_hash()):
        yield partial(_document, output)
    if not keep.is_current(output, asked[0].snapshot):
        yield partial(keep.write, output, asked[0].snapshot)
    if len(asked) > 1 and not files.current(output / COMPARISON, COMPARISON, _key(asked)):
        yield partial(_compare, tuple(asked), output)


def _key(asked: Sequence[Scenario]) -> str:
    parts = [data_hash(), code_hash(), *(one.model_dump_json() for one in asked)]
    return hashlib.sha256("".join(parts).encode()).hexdigest()


def _document(output: Path) -> None:
    """Write the page of the package's public names."""
    import analysis
    from analysis.report.interface import interface

    summary = {"title": "The Python interface", "subtitle": "Public names of the package", "findings": []}
    made = {f"{INTERFACE}.html": interface(analysis), f"{INTERFACE}/summary.json": json.dumps(summary)}
    content = {path: text.encode() for path, text in made.items()} | made_from.record(INTERFACE, data=False)
    files.replace(output / INTERFACE, INTERFACE, code_hash(), content)


def _compare(asked: Sequence[Scenario], output: Path) -> None:
    """Write the page that shows the scenarios side by side."""
    from analysis.report import publish
    from analysis.report.inline import notebook_of
    from analysis.side_by_side import answers, side_by_side

    front = {"title": "Scenarios side by side", "disclaimer": DISCLAIMER}
    notebook = notebook_of(front["title"], side_by_side(asked))
    words = (*names(), *(one.name for one in asked), *answers(asked)[1].values())
    provenance = (("Scenarios", ", ".join(one.name for one in asked)),)
    made = publish.files(COMPARISON, notebook, front, provenance, ("html",), words)
    files.replace(output / COMPARISON, COMPARISON, _key(asked), made | made_from.record(COMPARISON))
