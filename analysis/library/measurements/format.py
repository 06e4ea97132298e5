"""What a format of measurements is: how it is told by content, what makes it, and how it is read."""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from analysis.library.measurements.document import Document
from analysis.library.measurements.rows import Measurements
from analysis.library.measurements.run import Run


class Runs(NamedTuple):
    """The runs of a document, and how many entries were left out, by the reason."""

    runs: tuple[Run, ...]
    left_out: Mapping[str, int] = {}


@dataclass(frozen=True, kw_only=True)
class Format:
    """A format of measurements."""

    name: str  # what a file of it is, with its article
    command: str  # what makes one
    # Keys of its JSON objects that tell it, each a set of which all are there; none where it is text.
    keys: tuple[Set[str], ...] = ()
    begins: Callable[[str], bool] = lambda text: False  # whether a text is of this format
    runs: Callable[[Document], Runs] | None = None  # reads the runs of a document
    # Reads whole rows instead, of formats that describe their deployments; it gets the known platforms.
    rows: Callable[[Document, tuple[str, ...]], Measurements] | None = None
    publisher: str = ""  # who publishes what is in such a file, where it is not the reader's own
    refused: str = ""  # why such a file cannot be rows, and what to do instead

    def tells(self, document: Document) -> bool:
        """Return whether a document is of this format."""
        if document.entries:
            objects = [entry for _, entry in document.entries if isinstance(entry, dict)]
            return any(keys <= entry.keys() for entry in objects for keys in self.keys)
        return self.begins(document.text)


def each(run: Callable[[Any, str, Path], Run]) -> Callable[[Document], Runs]:
    """Return a reader of documents whose entries are a run each."""
    return lambda document: Runs(tuple(run(entry, place, document.path) for place, entry in document.entries))
