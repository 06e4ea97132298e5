"""What a format of measurements is, how it is told and read, and what results of load generators have alike."""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from pydantic import AliasGenerator, AliasPath, BaseModel, ConfigDict, Field

from analysis.library.loading.fields import Positive
from analysis.library.measurements.deployment import Deployment
from analysis.library.measurements.document import Document
from analysis.library.measurements.rows import Measurements
from analysis.library.measurements.run import Run, Timing


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


Count = Annotated[int, Field(ge=1, lt=2**62)]
Number = Annotated[int, Field(ge=0, lt=2**62)]
TIMES, PARTS = ("ttft", "tpot", "latency"), ("median", "mean", "p99")
SECONDS = dict.fromkeys(TIMES, 1.0)
MILLISECONDS = dict.fromkeys(TIMES, 1000.0)
_OF_RUN = [part.name for part in fields(Run) if part.name not in ("place", "deployment", "notes", *TIMES)]


class Result(BaseModel):
    """One run as a tool writes it: its durations here, and in a subclass what else of `Run` it tells."""

    model_config = ConfigDict(strict=True)

    ttft_median: Positive | None = None
    ttft_mean: Positive | None = None
    ttft_p99: Positive | None = None
    tpot_median: Positive
    tpot_mean: Positive | None = None
    tpot_p99: Positive | None = None
    latency_median: Positive | None = None
    latency_mean: Positive | None = None

    def run(self, place: str, deployment: Deployment, per_second: Mapping[str, float] = SECONDS, **told: Any) -> Run:
        """Return the run that was measured."""
        figures = {name: getattr(self, name) for name in _OF_RUN if name in type(self).model_fields}
        timings = {name: Timing(*(self._seconds(name, part, per_second[name]) for part in PARTS)) for name in TIMES}
        return Run(place=place, deployment=deployment, **(figures | timings | told))

    def _seconds(self, name: str, part: str, per_second: float) -> float | None:
        duration = getattr(self, f"{name}_{part}", None)
        return None if duration is None else duration / per_second


def timed(key: Callable[[str, str], str | AliasPath]) -> ConfigDict:
    """Return the settings of a result whose tool keeps durations elsewhere.

    Args:
        key: Where, by the duration and the part of it: "median", "mean" or "p99".
    """

    def place(field: str) -> str | AliasPath:
        name, _, part = field.rpartition("_")
        return key(name, part) if name in TIMES and part in PARTS else field

    return ConfigDict(strict=True, alias_generator=AliasGenerator(validation_alias=place))


def at(*path: str, **default: Any) -> Any:
    """Return a field that a tool keeps at a path of keys."""
    return Field(validation_alias=AliasPath(*path), **default)
