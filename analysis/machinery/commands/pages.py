"""The pages beside the reports that need no kernel: what if, and scenarios side by side."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future
from functools import partial
from pathlib import Path
from typing import Any

from analysis.errors import in_words
from analysis.library.quantities import DISCLAIMER
from analysis.machinery.press import files, fingerprints, made_from, used
from analysis.machinery.press.answers import answered
from analysis.machinery.press.answers import side_by_side as answers_beside
from analysis.machinery.press.front import Order
from analysis.machinery.press.kept import FOLDER
from analysis.machinery.press.what_if_link import PAGE
from analysis.machinery.whatif import keep
from analysis.machinery.whatif.vega import vega
from analysis.scenario import Scenario

COMPARISON = "comparison"
Page = Callable[[], object]
"""What writes a page."""


class Pages:
    """The pages beside the reports of some scenarios, written while the reports are built and after."""

    def __init__(
        self,
        asked: Sequence[Scenario],
        output: Path,
        elsewhere: Callable[[Page], Any],
        executor: Executor,
        ahead: Executor,
    ) -> None:
        """Say what is asked for, and who writes: a function that calls one elsewhere, and where it is waited for.

        What takes a page longest and needs nothing is begun at once, ahead.
        """
        self._asked, self._output, self._elsewhere, self._executor = asked, output, elsewhere, executor
        self._waiting, self._written = outdated(asked[:1], output), dict[str, Future[Any]]()
        if PAGE in self._waiting:
            ahead.submit(vega, output / FOLDER)

    def begin(self) -> None:
        """Begin with those that need no report, where that is not done."""
        while self._waiting:
            name, page = self._waiting.popitem()
            self._written[name] = self._executor.submit(self._elsewhere, page)

    def failed(self, reports: Sequence[str], *, pairs: bool) -> list[str]:
        """Return what was said of those that failed, when all are written, the comparison of the reports, too."""
        self._waiting = {
            name: page
            for name, page in outdated(self._asked, self._output, reports, pairs=pairs).items()
            if name != PAGE
        }
        self.begin()
        return [f"{name}: {in_words(error)}" for name, page in self._written.items() if (error := page.exception())]


def outdated(
    asked: Sequence[Scenario], output: Path, reports: Sequence[str] = (), *, pairs: bool = True
) -> dict[str, Page]:
    """Return what writes each page that is not there, or was made from other things, by its path in the folder.

    Each can go to another process.
    """
    pages: dict[str, Page] = {}
    if not keep.is_current(output, asked[0].snapshot):
        pages[PAGE] = partial(keep.write, output, asked[0].snapshot)
    answers = answered(asked, reports, output) if len(asked) > 1 else {}
    compared = len(asked) > 1 and (pairs or answers)
    if compared and not files.current(output / COMPARISON, COMPARISON, _key(asked, answers, pairs)):
        pages[f"{COMPARISON}/{COMPARISON}.html"] = partial(_compare, tuple(asked), output, answers, pairs)
    return pages


def _key(asked: Sequence[Scenario], answers: Mapping[str, Any], pairs: bool) -> str:
    parts = [fingerprints.hash_of(_used()), *(scenario.model_dump_json() for scenario in asked)]
    return hashlib.sha256("".join([*parts, json.dumps(answers), str(pairs)]).encode()).hexdigest()


def _compare(asked: Sequence[Scenario], output: Path, answers: Mapping[str, Any], pairs: bool) -> None:
    """Write the page that shows the scenarios side by side: their answers by name, and the ratios of their pairs."""
    from analysis.machinery.press.outputs import notebook_of
    from analysis.machinery.press.publish import publish
    from analysis.machinery.press.side_by_side import answers as unanswered
    from analysis.machinery.press.side_by_side import side_by_side

    front = {"title": "Scenarios side by side", "disclaimer": DISCLAIMER}
    shown, reasons = answers_beside(asked, answers), {}
    if pairs:
        shown, reasons = [*shown, *side_by_side(asked)], unanswered(asked)[1]
    notebook = notebook_of(front["title"], shown)
    words = (*(scenario.name for scenario in asked), *reasons.values())
    provenance = (("Scenarios", ", ".join(scenario.name for scenario in asked)),)
    made = publish(COMPARISON, notebook, Order(front, provenance, names=words))
    key, record = _key(asked, answers, pairs), made_from.record(COMPARISON, used=_used())
    files.replace(output / COMPARISON, COMPARISON, key, made | record)


def _used() -> fingerprints.Sums:
    """Return the files that the page of the comparison is made from: all data, and the code behind it."""
    code = used.modules("import analysis.machinery.press.publish", "import analysis.machinery.press.side_by_side")
    data = [path for path in fingerprints.files() if path.startswith(fingerprints.DATA_PREFIX)]
    return fingerprints.sums([*data, *code])
