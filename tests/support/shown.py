"""What is shown, as tests read it: the rows of a table with unrounded numbers, and the words of anything."""

import csv
import io

from analysis.exhibits.statements import Shown
from tests.published.records import plain


def rows(shown: Shown | None) -> list[list[str]]:
    """Return a table's rows as its CSV file has them, without the heads."""
    assert shown is not None
    return list(csv.reader(io.StringIO(shown.report["csv"])))[1:]


def heads(shown: Shown | None) -> list[str]:
    """Return the heads of a table's columns."""
    assert shown is not None
    return next(csv.reader(io.StringIO(shown.report["csv"])))


def words(*things: Shown | None) -> str:
    """Return the text of paragraphs and tables with their notes, a paragraph or a row a line."""
    fragments = [part for shown in things if shown for part in (shown.html, shown.report.get("note", ""))]
    return "\n".join(line for fragment in fragments for line in plain(fragment))
