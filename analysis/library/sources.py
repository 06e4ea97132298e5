"""The library: every table of `data/`, validated, and every value with its source, date and status."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NoReturn

import numpy as np
import pandas as pd

from analysis.errors import InputError, nearest
from analysis.library import choices, models
from analysis.library.loading import folder, snapshots
from analysis.library.loading.folder import FILES as FILES
from analysis.library.loading.folder import REFERRED, Content, Tables, check_references, content_of
from analysis.library.loading.origins import Origin, origin_of
from analysis.library.loading.quality import with_quality
from analysis.library.loading.schemas import STACK, series_name
from analysis.library.loading.snapshots import Snapshot
from analysis.library.loading.soundness import corrected, pooled, with_soundness
from analysis.library.loading.tables import line
from analysis.library.models import Model
from analysis.library.places import DATA as DATA
from analysis.library.quantities import TIERS as TIERS
from analysis.library.quantities import Quoted, quantity
from analysis.library.values import Source, Status, Value

SNAPSHOT = "inferencex-deepseek-r1-2026-05-05"
NEEDED = (*REFERRED, "evaluations", "overrides")  # the tables without which there is no library
POWER_BOUNDARY = "all-in provisioned power"
_Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Platform:
    """A product that serves tokens, by its short key in data and its name in text.

    Its color is empty where none is chosen; `analysis.exhibits.palette` gives it one.
    """

    key: str
    name: str
    vendor: str
    generation: str
    system: str
    gpus_per_system: int
    color: str = ""

    @property
    def family(self) -> str:
        """What all platforms of its vendor and generation are called together."""
        return f"{self.vendor} {self.generation}"


@dataclass(frozen=True, eq=False, repr=False)
class Library:
    """All tables of a data folder, each read once, when it is first asked for, and validated.

    Attributes:
        folder: The data folder.
        snapshot: The name of the benchmark snapshot in `benchmarks/`.
        benchmark: Its rows, one measured configuration each, corrected, with who published it and the columns of
            `analysis.library.loading.quality` and `analysis.library.loading.soundness`.
        measured_rows: The same as their source has them, with their origins.
        corrections: The overrides that were applied, each with the row that it changed.
        tables: The other tables, by name.
    """

    folder: Path
    snapshot: str
    benchmark: pd.DataFrame
    measured_rows: Snapshot
    corrections: pd.DataFrame
    tables: Mapping[str, pd.DataFrame]

    def __repr__(self) -> str:
        """Which rows it holds, on a line."""
        rows = f"{len(self.benchmark):,} rows of {self.model} for {len(self.with_rows)} platforms"
        return f"<Library: {rows}, {self.snapshot}>"

    @property
    def origins(self) -> tuple[Origin, ...]:
        """Where the rows come from, in their order."""
        return self.measured_rows.origins

    @property
    def model(self) -> str:
        """The model that was served."""
        return self.measured_rows.model

    def demand_whole(self) -> None:
        """Read the tables that nobody has asked for yet, before work starts that one of them would break off.

        Raises:
            InputError: One is not what it must be.
        """
        for name in self.tables:
            self.tables[name]

    def is_model(self, name: str) -> bool:
        """Return whether a name means the model that was served: its own, its key, or another that the data list."""
        return _means(self.models, name, self.model)

    def names_model(self, text: str) -> bool:
        """Return whether a text holds one of the names of the model that was served."""
        known = models.model_of(self.model, self.models)
        names = (self.model, *((known.name, *known.also) if known else ()))
        return any(name.lower() in text.lower() for name in names)

    @cached_property
    def models(self) -> tuple[Model, ...]:
        """The models that the data list."""
        return models.models(self.tables["models"].to_dict("records"))

    @cached_property
    def evaluations(self) -> pd.DataFrame:
        """The accuracy evaluations of the model, with their index in the table."""
        return _of_model(self.tables, self.model)

    @cached_property
    def accuracy(self) -> pd.DataFrame:
        """The accuracy of each stack of the model when its rows were measured, as `soundness.pooled` tells it."""
        near = self.benchmark.groupby(list(STACK))["date"].max()
        return pooled(self.evaluations, _sound(self.folder), near)

    def evaluated(self, stack: pd.Series, key: str = "accuracy") -> Value:
        """Return the share of right answers of a stack, in the unit 1; of evaluations that disagree the lowest.

        Args:
            stack: A row of `accuracy`.
            key: Key of the quantity that it is.
        """
        lines = " to ".join(dict.fromkeys(str(line(stack[end])) for end in ("begin", "end")))
        return Value(
            float(stack["accuracy"]), quantity(key), self.platform(stack["hardware"]).name, Status.MEASURED,
            {"task": stack["task"].upper()}, (self.sources[stack["source"]],), stack["last"].strftime("%Y-%m-%d"),
            f"data/{FILES['evaluations']}, line {lines}", f"of {series_name(stack)}{_one_of(stack)}",
        )  # fmt: skip

    @cached_property
    def platforms(self) -> dict[str, Platform]:
        """The platforms by their keys."""
        table = self.tables["platforms"].rename(columns={"platform": "key"}).drop(columns="source")
        return {row["key"]: Platform(**row | {"name": Quoted(row["name"])}) for row in table.to_dict("records")}

    @cached_property
    def with_rows(self) -> dict[str, Platform]:
        """Those of them that were measured at all, in their order."""
        measured = set(self.benchmark["hardware"])
        return {key: platform for key, platform in self.platforms.items() if key in measured}

    @cached_property
    def sources(self) -> dict[str, Source]:
        """The sources by their ids."""
        table = self.tables["sources"].assign(published=lambda rows: rows["published"].dt.strftime("%Y-%m-%d"))
        columns = ["id", "title", "publisher", "url", "published"]
        return {row["id"]: Source(**row) for row in table[columns].to_dict("records")}

    @cached_property
    def changed(self) -> tuple[str, ...]:
        """The tables that are not as shipped, by their paths below the data folder."""
        return folder.changed(self.folder)

    @cached_property
    def vintages(self) -> list[str]:
        """The vintages of the assumptions, oldest first."""
        return sorted(self.tables["assumptions"]["vintage"].unique())

    def platform(self, key: str) -> Platform:
        """Return the platform of a key.

        Raises:
            InputError: No such platform.
        """
        if key not in self.platforms:
            raise InputError(f"unknown platform {key!r}; {nearest(key, self.platforms)}")
        return self.platforms[key]

    def price(self, hardware: str, tier: str, vintage: str) -> Value:
        """Return the price of a GPU-hour, in USD/GPU/h, where there must be one; see `known_price`.

        Raises:
            InputError: The vintage has none; the message names those that have.
        """
        known = self.known_price(hardware, tier, vintage)
        return known or self._demanded(f"price ({TIERS[tier]})", hardware, f"price_{tier}", vintage)

    def known_price(self, hardware: str, tier: str, vintage: str) -> Value | None:
        """Return the price of a GPU-hour, in USD/GPU/h; None where the vintage has none.

        Args:
            hardware: Key of a platform.
            tier: "hyperscaler", "neocloud" (both cost of ownership) or "rental_3yr".
            vintage: Vintage of the assumptions.

        Raises:
            InputError: No such platform, tier or vintage.
        """
        if tier not in TIERS:
            raise InputError(f"unknown price tier {tier!r}; {nearest(tier, TIERS)}")
        kinds = {"price": TIERS[tier], "assumptions": vintage}
        return self._assumption(hardware, f"price_{tier}", vintage, "price_per_gpu_hour", kinds)

    def power(self, hardware: str, vintage: str) -> Value:
        """Return the all-in provisioned power per GPU, in kW/GPU, where there must be one; see `known_power`.

        Raises:
            InputError: The vintage has none; the message names those that have.
        """
        return self.known_power(hardware, vintage) or self._demanded("power", hardware, "provisioned_power", vintage)

    def known_power(self, hardware: str, vintage: str) -> Value | None:
        """Return the all-in provisioned power per GPU, in kW/GPU; None where the vintage has none.

        Raises:
            InputError: No such platform or vintage.
        """
        kinds = {"power": POWER_BOUNDARY, "assumptions": vintage}
        return self._assumption(hardware, "provisioned_power", vintage, "power_per_gpu", kinds)

    def peak_flops(self, hardware: str, rate: str) -> Value:
        """Return the specified peak arithmetic rate, in PFLOP/s/GPU.

        Args:
            hardware: Key of a platform.
            rate: Precision and sparsity, such as "fp8_dense" or "fp4_sparse".

        Raises:
            InputError: The specification does not state this rate.
        """
        precision, _, sparsity = rate.partition("_")
        kinds = {"precision": precision.upper(), "sparsity": sparsity}
        peak = _value(
            self, "hardware", (("hardware", hardware), ("parameter", rate)), "peak_flops", (*kinds.items(),)
        )
        if peak is None:
            raise InputError(f"data/{FILES['hardware']}: no row with hardware {hardware!r}, parameter {rate!r}")
        return peak

    def has_rate(self, hardware: str, rate: str) -> bool:
        """Return whether the specification states this peak rate."""
        table = self.tables["hardware"]
        return bool(((table["hardware"] == hardware) & (table["parameter"] == rate)).any())

    def measured(self, row: pd.Series, column: str, key: str, kinds: Mapping[str, str]) -> Value:
        """Return one measured figure of a benchmark row.

        Args:
            row: A row of `benchmark`.
            column: The column to read.
            key: Key of the quantity that it holds.
            kinds: What it counts.
        """
        origin = origin_of(self.origins, row.name)
        return Value(
            float(row[column]), quantity(key), self.platform(row["hardware"]).name, origin.status, dict(kinds),
            (origin.source(row["run_id"]),), row["date"].strftime("%Y-%m-%d"), self.measured_rows.place(row.name),
        )  # fmt: skip

    def stated(
        self, table: str, row: pd.Series, key: str, subject: str, *, column: str = "value", **kinds: str
    ) -> Value:
        """Return a figure of a table's row, with the row's status, source, day and note.

        Args:
            table: Name of the table.
            row: A row of it.
            key: Key of the quantity that the figure is of.
            subject: What it is a property of.
            column: The column that holds it.
            **kinds: What it counts.
        """
        return Value(
            float(row[column]), quantity(key), subject, Status(row["status"]), kinds, self.sources_of(row),
            row["as_of"].strftime("%Y-%m-%d"), self.place_of(table, row), row["note"],
        )  # fmt: skip

    @staticmethod
    def place_of(table: str, row: pd.Series) -> str:
        """Return where a table's row stands: its file, relative to the project, and its line."""
        return f"data/{FILES[table]}, line {line(row.name)}"

    def sources_of(self, row: pd.Series) -> tuple[Source, ...]:
        """Return the source of a table's row; none where it names none."""
        return (self.sources[row["source"]],) if row["source"] else ()

    @property
    def snapshot_path(self) -> str:
        """The benchmark file, relative to the project."""
        return f"data/benchmarks/{self.snapshot}.csv"

    def _assumption(
        self, hardware: str, parameter: str, vintage: str, key: str, kinds: Mapping[str, str]
    ) -> Value | None:
        if vintage not in self.vintages:
            raise InputError(f"unknown vintage {vintage!r}; {nearest(vintage, self.vintages)}")
        words = {"vintage": vintage, "hardware": hardware, "parameter": parameter}
        return _value(self, "assumptions", (*words.items(),), key, (*kinds.items(),))

    def _demanded(self, what: str, hardware: str, parameter: str, vintage: str) -> NoReturn:
        rows = self.tables["assumptions"]
        own = rows[rows["hardware"] == hardware]
        there = ", ".join(sorted(own.loc[own["parameter"] == parameter, "vintage"]))
        beside = [words for tier, words in TIERS.items() if self.known_price(hardware, tier, vintage)]
        raise InputError(
            f"data/{FILES['assumptions']}: {self.platform(hardware).name} has no {what} in the vintage {vintage}; "
            f"known in {there or 'none'}; prices of {vintage}: {', '.join(beside) or 'none'}"
        )


def load(folder: Path | str = DATA, snapshot: str = SNAPSHOT) -> Library:
    """Return the library of a data folder; files that have not changed are not read and checked again.

    Args:
        folder: The data folder; a word that is none is a snapshot of the project's own folder.
        snapshot: Name of a benchmark snapshot, a file `benchmarks/NAME.csv`.

    Raises:
        InputError: The snapshot is not as it was written, or a table that every library needs is not what it must
            be; another table is checked when it is first asked for.
    """
    if isinstance(folder, str):
        folder, snapshot = (Path(folder), snapshot) if Path(folder).is_dir() else (DATA, folder)
    needed = [folder / name for name in (*map(FILES.__getitem__, NEEDED), choices.FILE)]
    content = content_of(folder, [*needed, *snapshots.snapshot_files(folder / "benchmarks", snapshot)])
    loaded = _loaded(content, snapshot)
    return replace(loaded, folder=folder, benchmark=loaded.benchmark.copy(deep=False), tables=Tables(folder))


@lru_cache(maxsize=64)
def _loaded(content: Content, snapshot: str) -> Library:
    folder = content.folder
    measured, tables = snapshots.read_snapshot(folder / "benchmarks", snapshot), Tables(folder)
    check_references(folder / "benchmarks" / f"{snapshot}.csv", measured.rows, tables)
    rows, corrections = corrected(measured.rows.assign(publisher=measured.publishers), tables["overrides"])
    rows = with_soundness(with_quality(rows), _of_model(tables, measured.model), _sound(folder))
    return Library(folder, snapshot, rows, measured, corrections, tables)


@lru_cache(maxsize=1000)  # prices and powers are asked for again and again
def _value(library: Library, table: str, words: _Pairs, key: str, kinds: _Pairs) -> Value | None:
    platform = library.platform(dict(words)["hardware"])
    rows = library.tables[table]
    meant = np.logical_and.reduce([(rows[column] == word).to_numpy() for column, word in words])
    if not meant.any():
        return None
    return library.stated(table, rows.iloc[int(meant.argmax())], key, platform.name, **dict(kinds))


def _sound(folder: Path) -> float:
    return choices.choice("accuracy", "sound stack", folder).number


def _one_of(stack: pd.Series) -> str:
    if not stack["mixed"]:
        return ""
    return f", the lowest of {stack['evaluations']} evaluations; the highest has {100 * stack['highest']:.3g}%"


def _of_model(tables: Mapping[str, pd.DataFrame], name: str) -> pd.DataFrame:
    evaluations = tables["evaluations"]
    listed = models.models(tables["models"].to_dict("records"))
    keys = [key for key in evaluations["model"].unique() if _means(listed, key, name)]
    return evaluations[evaluations["model"].isin(keys)]


def _means(listed: tuple[Model, ...], name: str, model: str) -> bool:
    """Return whether a name means a model: the same name, or another that is listed for it."""
    known = models.model_of(model, listed)
    return known.is_meant_by(name) if known else models.same_model(name, model)
