"""What the pages beside the reports show, and the page and the paper of a small report, as text."""

import re
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis.machinery.drift.compare import drift
from analysis.machinery.drift.forms import as_text
from analysis.machinery.drift.page import page as drift_page
from analysis.machinery.drift.sides import sides
from analysis.machinery.press.document import Front, Provenance
from analysis.machinery.press.html import Link, html
from analysis.machinery.press.index import Listed, index
from analysis.machinery.press.inline import notebook_of
from analysis.machinery.press.outputs import findings
from analysis.machinery.press.pdf import pdf, text
from analysis.machinery.press.side_by_side import side_by_side
from analysis.scenario import read
from tests.published.markup import lines
from tests.published.notebook import notebook
from tests.published.small import small
from tests.published.sweeps import swept
from tests.published.what_if import what_if
from tests.support.receipts import FINDING, VERDICT, entry, folder

COMPARED = ("published", "amd", "low-latency")
FRONT = Front(
    "A comparison", "Of two platforms", "An institute", ("A. Author", "B. Writer"), "2026-04-15", "all", "Public",
    disclaimer="For information only.", attribution=("Data by somebody.",),
)  # fmt: skip
MADE_FROM = Provenance((("Scenario", "published"), ("Rebuild", "./run report")))
LINKS = (Link("PDF", "one.pdf"), Link("All reports", "../index.html"))
TYPES = re.compile(r'<span class="(annotation|signature)\b.*')
COST = {"formula": "cost_per_million_tokens"}
BEFORE = [entry("n1", 4.2, **COST), entry("n2", 7.0, "count, rows"), entry("n3", 0.0, "margin, nobody", **COST)]
AFTER = [entry("n4", 5.25, **COST), entry("n5", 9.0, "count, rows"), entry("n6", 1.5, "margin, nobody", **COST)]
CONCLUDED = [
    VERDICT | {"words": "contradicted"},
    FINDING | {"words": "It costs less.", "sentence": "It costs 12.5% less."},
]


def pages() -> dict[str, Callable[[], str]]:
    """Return what makes the record of each page, by its name."""
    return {
        "comparison": _comparison,
        "drift": _drift,
        "index": _index,
        "report": _report,
        "sweep-owners": lambda: swept("owners"),
        "sweep-pairs": lambda: swept("pairs"),
        "what-if": what_if,
    }


def _comparison() -> str:
    return notebook(notebook_of("Side by side", side_by_side([read(name) for name in COMPARED])))


def _drift() -> str:
    with TemporaryDirectory() as place:
        before = folder(Path(place) / "before", numbers=BEFORE)
        after = folder(Path(place) / "after", numbers=AFTER, conclusions=CONCLUDED, vintage="2026-07")
        found = drift(*sides(str(before), str(after)))
        return _joined([*lines(drift_page(found)), "", as_text(found)]).replace(place, "")


def _index() -> str:
    said = tuple(findings(small()))
    return _joined(
        lines(
            index(
                (
                    Listed(
                        "One", "Below", "published", "published/one.html", said, (Link("PDF", "published/one.pdf"),)
                    ),
                    Listed("Two", "", "", "two.html"),
                )
            )
        )
    )


def _report() -> str:
    """The page, then the words of the paper."""
    page = html(small(), FRONT, MADE_FROM, LINKS)
    return _joined([*lines(page), "", text(pdf(small(), FRONT, MADE_FROM))])


def _joined(found: list[str]) -> str:
    return "\n".join(found).rstrip() + "\n"
