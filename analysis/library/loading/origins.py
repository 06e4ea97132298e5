"""Where the rows of a benchmark snapshot come from: who measured them, who published them, on what terms."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from analysis.library.loading import file, plain_yaml
from analysis.library.loading.fields import Address, Day, PlainLine, Text, checked
from analysis.library.values import Source, Status

UNKNOWN = "no such file; it must say where the rows come from; `analysis import` writes it"


class Origin(BaseModel):
    """One source of rows."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    id: Text  # its key; of a source that `sources.csv` lists, the id there
    title: Text  # its name in text
    publisher: Text  # who published it
    url: Address = ""  # where it was read; empty where it is not public
    license: PlainLine = ""  # SPDX identifier of its license; empty where none was stated
    attribution: PlainLine = ""  # the sentence that its license asks for; empty where it asks for none
    # Address of a row's public run, with `{run_id}` in it; empty where there is none.
    run_url: Annotated[Address, Field(pattern=r"^$|\{run_id\}")] = ""
    retrieved: Day  # the day on which the rows were read
    rows: Annotated[int, Field(ge=1, le=1_000_000_000)]  # how many rows of the snapshot it gave
    # Of rows that are medians over the history of runs: the last day of those runs. Such a row has no day, no run and
    # no time to first token of its own, and counts as measured on this day. None: each row is a run.
    medians_until: Day | None = None
    supplied: bool = False  # whether the platform's own vendor supplied the rows, without a public run

    @property
    def status(self) -> Status:
        """How far its rows can be trusted."""
        if self.medians_until:
            return Status.MEDIAN
        return Status.SUPPLIED if self.supplied else Status.MEASURED

    def source(self, run_id: int) -> Source:
        """Return the origin as the source of a value, its public run named where the row has one."""
        day = self.retrieved.isoformat()
        if not (run_id and self.run_url):
            return Source(self.id, self.title, self.publisher, self.url, day)
        address = self.run_url.replace("{run_id}", str(run_id))
        return Source(self.id, self.title, self.publisher, self.url, day, f"run {run_id}", address)


class Origins(BaseModel):
    """What a snapshot measures, which snapshots its rows stand after, and the origins of its own in their order."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    model: Text
    includes: list[Text] = []
    origins: Annotated[list[Origin], Field(min_length=1)]


def origin_of(origins: Sequence[Origin], index: int) -> Origin:
    """Return the origin of the row with this index: the first origin gave the first rows, and so on."""
    ends = accumulate(origin.rows for origin in origins)
    return next(origin for origin, end in zip(origins, ends, strict=True) if index < end)


def named(**entries: Any) -> Origin:
    """Return an origin from its entries, as `Origin` explains them.

    Raises:
        InputError: An entry is not what it must be.
    """
    return checked(Origin, entries, "origin of the rows")


def read_origins(path: Path) -> Origins:
    """Return the origins of a snapshot from the file beside it.

    Raises:
        InputError: The file is missing, or an entry is missing, unknown or not what it must be.
    """
    return _read(file.content_of(path, most=plain_yaml.LARGEST, missing=UNKNOWN), str(path))


@lru_cache(maxsize=256)  # a search of all snapshots for a model asks for each of them again and again
def _read(content: bytes, place: str) -> Origins:
    return checked(Origins, plain_yaml.parse(content, place), place)


def origins_file(origins: Origins) -> bytes:
    """Return the content of the file that `read` reads."""
    return plain_yaml.written(origins.model_dump(exclude_defaults=True))
