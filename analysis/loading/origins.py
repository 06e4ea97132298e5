"""Where the rows of a benchmark snapshot come from: who measured them, who published them, on what terms."""

import datetime
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field

from analysis.errors import InputError
from analysis.loading.outside import checked
from analysis.loading.plain_yaml import parse
from analysis.values import Source

Line = Annotated[str, Field(max_length=300, pattern=r"^[^\x00-\x1f\x7f]*$")]
Words = Annotated[Line, Field(min_length=1)]


class Origin(BaseModel):
    """One source of rows.

    Attributes:
        id: Its key; of a source that `sources.csv` lists, the id there.
        title: What it is called.
        publisher: Who stands for it.
        url: Where it was read; empty where it is not public.
        license: SPDX identifier of its license; empty where none was stated.
        attribution: The sentence that its license asks for; empty where it asks for none.
        run_url: Address of a row's public run, with `{run_id}` in it; empty where there is none.
        retrieved: The day on which the rows were read.
        rows: How many rows of the snapshot it gave.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    id: Words
    title: Words
    publisher: Words
    url: Line = ""
    license: Line = ""
    attribution: Line = ""
    run_url: Annotated[Line, Field(pattern=r"^$|\{run_id\}")] = ""
    retrieved: datetime.date
    rows: Annotated[int, Field(ge=1)]

    def source(self, run_id: int) -> Source:
        """Return the origin as the source of a value, its public run named where the row has one."""
        day = self.retrieved.isoformat()
        if not (run_id and self.run_url):
            return Source(self.id, self.title, self.publisher, self.url, day)
        address = self.run_url.replace("{run_id}", str(run_id))
        return Source(self.id, self.title, self.publisher, self.url, day, f"run {run_id}", address)


class Origins(BaseModel):
    """What a snapshot measures, and its origins in the order of its rows."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    model: Words
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


def read(path: Path) -> Origins:
    """Return the origins of a snapshot from the file beside it.

    Raises:
        InputError: The file is missing, or an entry is missing, unknown or not what it must be.
    """
    try:
        content = path.read_bytes()
    except OSError:
        raise InputError(
            f"{path}: no such file; it must say where the rows come from; `analysis import` writes it"
        ) from None
    return checked(Origins, parse(content, str(path)), str(path))


def written(origins: Origins) -> bytes:
    """Return the file that `read` reads."""
    return yaml.safe_dump(
        origins.model_dump(exclude_defaults=True), sort_keys=False, allow_unicode=True, width=1000
    ).encode()
