"""The models that were measured, by the names that mean them, and which snapshot answers for the one asked for."""

import csv
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import nan
from pathlib import Path
from typing import Any

from analysis.errors import InputError, nearest
from analysis.library.loading.origins import Origin, Origins, read_origins
from analysis.library.places import DATA

FORMATS = ("fp4", "nvfp4", "mxfp4", "fp8", "bf16", "int4", "w4a8", "awq", "gptq")
"""Endings that say in which numbers the weights of a model are stored; any other ending is another model."""
_VERSION = r"(?:-v\d+)?"
_FORMAT = re.compile(rf"(?:[-_](?:{'|'.join(FORMATS)}){_VERSION})+$")


def same_model(name: str, other: str) -> bool:
    """Return whether two names are of one model: "nvidia/DeepSeek-R1-0528-FP4-v2" and "DeepSeek-R1-0528" are.

    What stands before the last slash names a publisher or a folder. "DeepSeek-R1-Distill-Qwen-7B" is another model
    than "DeepSeek-R1".
    """
    return _plain(name) == _plain(other)


@dataclass(frozen=True)
class Model:
    """A model as `models.csv` lists it."""

    key: str
    name: str  # its name in text, as its rows name it
    also: tuple[str, ...] = ()  # other names that mean it
    developer: str = ""
    snapshot: str = ""  # the benchmark snapshot that answers where a scenario names the model alone; empty: none does
    total_parameters: float = nan  # in billions; NaN where nobody says
    active_parameters: float = nan  # those that one token uses, in billions; NaN where nobody says
    source: str = ""  # of the numbers of parameters, a key of `sources.csv`

    def is_meant_by(self, word: str) -> bool:
        """Return whether a word is its key or one of its names."""
        return word == self.key or any(same_model(word, name) for name in (self.name, *self.also))


def models(records: Iterable[Mapping[str, Any]]) -> tuple[Model, ...]:
    """Return the models of a table's records, their cells by column."""
    return tuple(
        Model(
            key=record["model"],
            name=record["name"],
            also=tuple(filter(None, record["also"].split("; "))),
            developer=record["developer"],
            snapshot=record["snapshot"],
            total_parameters=float(record["total_parameters"] or "nan"),
            active_parameters=float(record["active_parameters"] or "nan"),
            source=record["parameters_source"],
        )
        for record in records
    )


def listed(folder: Path) -> tuple[Model, ...]:
    """Return the models that a data folder lists; none where it has no such table."""
    path = folder / "models.csv"
    if not path.is_file():
        return ()
    with path.open(encoding="utf-8-sig", newline="") as file:
        return models(csv.DictReader(file))


def model_of(word: str, among: Iterable[Model]) -> Model | None:
    """Return the first of several models that a word means; None where it means none of them."""
    return next((model for model in among if model.is_meant_by(word)), None)


def _plain(name: str) -> str:
    return _FORMAT.sub("", name.rstrip("/").rpartition("/")[2].lower())


WITHOUT_TTFT = ("maximum_ttft_median", "maximum_ttft_p99", "minimum_interactivity_p99")
"""Limits that only a run of its own can keep: a median over runs has no time to first token and no percentile."""


def snapshot_asked(values: Mapping[str, Any], place: Callable[[str], str], folder: Path = DATA) -> dict[str, Any]:
    """Return a scenario's values with the snapshot of the model that they name, and the day until which it knows.

    A snapshot or a cut-off day that the values state themselves stays.

    Raises:
        InputError: No such model, none of its rows are at hand, or the snapshot asked for is of another model.
    """
    word = values.get("model")
    if not isinstance(word, str) or not word:
        return dict(values)
    model = model_of(word, listed(folder))
    if model is None:
        known = [name for model in listed(folder) for name in (model.name, model.key, *model.also)]
        raise InputError(f"{place('model')}: unknown model {word!r}; {nearest(word, known)}")
    snapshot = values.get("snapshot", model.snapshot)
    if not snapshot:
        raise InputError(f"{place('model')}: data/models.csv names no snapshot of {model.name}; name one")
    beside = folder / "benchmarks" / f"{snapshot}.yaml"
    if not beside.is_file():
        return {**values, "snapshot": snapshot}
    origins = _origins(beside, beside.stat().st_mtime_ns)
    if not model.is_meant_by(origins.model):
        raise InputError(
            f"{place('model')}: the model is {model.name}, and the rows of {snapshot} are of {origins.model};"
            " allowed is one model"
        )
    return {"as_of": until(origins.origins), **values, "snapshot": snapshot, "model": model.name}


def until(origins: Iterable[Origin]) -> date:
    """Return the last day that rows of these origins may know of."""
    return max(origin.medians_until or origin.retrieved for origin in origins)


def unanswered(snapshot: str, asked: Mapping[str, Any], folder: Path = DATA) -> str:
    """Return why the rows of a snapshot cannot answer, a parameter first; empty where nothing speaks against it.

    Rows that are medians over runs have no day of their own, no time to first token and no percentiles.
    """
    beside = folder / "benchmarks" / f"{snapshot}.yaml"
    changed = beside.stat().st_mtime_ns if beside.is_file() else 0
    ends = [origin.medians_until for origin in _origins(beside, changed).origins]
    if not all(ends):
        return ""
    last = max(filter(None, ends))
    if asked["as_of"] < last:
        return (
            f"as_of: found {asked['as_of']}; the rows of {snapshot} are medians over runs until {last} without a"
            f" day of their own, so they cannot answer for an earlier day; allowed is {last} or later"
        )
    for limit in WITHOUT_TTFT:
        if asked[limit] is not None:
            return (
                f"{limit}: the rows of {snapshot} are medians over runs, without time to first token or percentiles;"
                " they cannot answer"
            )
    return ""


@lru_cache(maxsize=64)
def _origins(beside: Path, changed: int) -> Origins:
    """Read the origins of a snapshot once for all scenarios of a grid, and again where the file has changed."""
    return read_origins(beside)
