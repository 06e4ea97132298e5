"""The models that were measured, by the names that mean them, and whether two names mean one model."""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import nan
from pathlib import Path
from typing import Any

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
    """A model as `models.csv` lists it.

    Attributes:
        name: Its name in text, as its rows name it.
        also: Other names that mean it.
        snapshot: The benchmark snapshot that answers where a scenario names the model alone; empty: none does.
        total_parameters: In billions; NaN where nobody says.
        active_parameters: Those that one token uses, in billions; NaN where nobody says.
        source: Of the numbers of parameters, a key of `sources.csv`.
    """

    key: str
    name: str
    also: tuple[str, ...] = ()
    developer: str = ""
    snapshot: str = ""
    total_parameters: float = nan
    active_parameters: float = nan
    source: str = ""

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
