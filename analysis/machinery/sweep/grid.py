"""Reads a grid file: which scenarios are computed, and how their ratios are judged."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from analysis.errors import InputError, nearest
from analysis.frontier.curves import Floats
from analysis.library.loading import file
from analysis.library.loading.fields import Line, checked, excerpt
from analysis.library.loading.plain_yaml import read as read_yaml
from analysis.library.sources import DATA, SNAPSHOT, Library, load
from analysis.machinery.sweep.axes import NEWEST
from analysis.machinery.sweep.design import Columns, Design, Method, Product, Sampled
from analysis.machinery.sweep.levels import GridLevels, usual_levels
from analysis.machinery.sweep.verdict import Asked, VerdictRule, verdict_rule
from analysis.scenario import NAME, SnapshotName

FOLDER = DATA / "grids"
MOST = 1_000_000_000
ScenarioRows = Annotated[list[dict[str, Any]], Field(min_length=1)]


class GridSample(BaseModel):
    """A space-filling sample."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    method: Method = "sobol"
    count: Annotated[int, Field(ge=1, le=MOST)]
    seed: Annotated[int, Field(ge=0, le=2**32)] = 0
    vary: dict[str, Any]


class GridFile(BaseModel):
    """A grid file: exactly one of product, list and sample."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    description: Line = ""
    snapshot: SnapshotName = SNAPSHOT
    product: dict[str, Any] | None = None
    list: ScenarioRows | None = None
    sample: GridSample | None = None
    fixed: dict[str, Any] = {}
    verdict: Asked = Asked()

    @property
    def varied(self) -> dict[str, Any]:
        """The parameters that vary with their levels, in the order of the file."""
        if self.list is not None:
            return {name: level for row in self.list for name, level in row.items()}
        return self.sample.vary if self.sample else self.product or {}


@dataclass(frozen=True, eq=False)
class Grid:
    """What a grid file asks."""

    name: str
    asked: Mapping[str, Any]
    design: Design
    named: tuple[str, ...]
    verdict: VerdictRule
    library: Library


def read_grid(name: str, folder: Path = FOLDER) -> Grid:
    """Return what a grid file asks.

    Args:
        name: Name of a file `NAME.yaml` in the folder, or the path of a YAML file.
        folder: Where the named grids are.

    Raises:
        InputError: No such file, or something in it is not allowed; the message names the place.
    """
    path = Path(name) if name.endswith((".yaml", ".yml")) else folder / f"{name}.yaml"
    if not file.is_file(path):
        grids = [path.stem for path in file.files(folder, "*.yaml")]
        raise InputError(f"no grid {excerpt(name)}; {nearest(name, grids)}")
    if not re.fullmatch(NAME, path.stem):
        raise InputError(f"{path}: allowed in the name of a grid are lower-case letters, digits and '-'")
    grid_file = checked(GridFile, read_yaml(path), str(path))
    library = load(snapshot=grid_file.snapshot)
    library.demand_whole()
    design = _design(library, grid_file, str(path))
    count = design.__len__()  # `len` cannot count beyond what an index holds
    if not 0 < count <= MOST:
        raise InputError(f"{path}: found {count:,} scenarios, allowed are 1 to {MOST:,}")
    asked = grid_file.model_dump(mode="json", exclude_defaults=True)
    named = (*grid_file.varied, *grid_file.fixed)
    return Grid(path.stem, asked, design, named, verdict_rule(library, grid_file.verdict, str(path)), library)


def _design(library: Library, grid_file: GridFile, place: str) -> Design:
    kinds = [kind for kind in ("product", "list", "sample") if getattr(grid_file, kind) is not None]
    if len(kinds) != 1:
        raise InputError(
            f"{place}: found {' and '.join(kinds) or 'none'}, allowed is one of product, list and sample"
        )
    start = usual_levels(library, place)
    if "model" in {*grid_file.varied, *grid_file.fixed}:  # rows of other models may be medians without a day
        start = replace(start, words={**start.words, "as_of": (NEWEST,)})
    if twice := grid_file.varied.keys() & grid_file.fixed.keys():
        raise InputError(f"{place}: {min(twice)} is varied and fixed; allowed is one")
    fixed = start.taking(grid_file.fixed, single=True)
    if grid_file.list is not None:
        return _listed(grid_file.list, fixed)
    if grid_file.sample is not None:
        return _sampled(grid_file.sample, fixed)
    levels = fixed.taking(grid_file.varied)
    same = [name for name in [*levels.words, *levels.numbers] if name not in grid_file.varied]
    return Product(levels.words, levels.numbers, (*same, *grid_file.varied))


def _listed(rows: Sequence[dict[str, Any]], fixed: GridLevels) -> Columns:
    """Return scenarios one by one, each with the parameters that it names and the fixed levels of the others."""
    own = [
        replace(fixed, place=f"{fixed.place}: list, scenario {number}").taking(row, single=True)
        for number, row in enumerate(rows, start=1)
    ]
    words = {name: tuple(dict.fromkeys(levels.words[name][0] for levels in own)) for name in fixed.words}
    chosen = {
        name: np.array([options.index(levels.words[name][0]) for levels in own], dtype=np.int16)
        for name, options in words.items()
    }
    numbers: dict[str, Floats | float] = {name: float(level[0]) for name, level in fixed.numbers.items()}
    for name in {name for row in rows for name in row} & fixed.numbers.keys():
        numbers[name] = np.array([levels.numbers[name][0] for levels in own])
    return Columns(0, len(own), words, chosen, numbers)


def _sampled(sample: GridSample, fixed: GridLevels) -> Sampled:
    """Return points that fill a space: the words of choices and ranges of amounts, the other levels being fixed."""
    vary, count = sample.vary, sample.count
    fixed.check(vary)
    if sample.method == "sobol" and count & (count - 1):  # the balance of its points needs a power of 2
        low = 1 << (count.bit_length() - 1)
        raise InputError(
            f"{fixed.place}: sample: count: found {count:,}, allowed with sobol is a power of 2, "
            f"such as {low:,} or {2 * low:,}"
        )
    spans = {}
    for name in vary.keys() & fixed.numbers.keys():
        if not isinstance(vary[name], dict) or "count" in vary[name]:
            raise InputError(
                f"{fixed.place}: {name}: found {excerpt(vary[name])}, allowed is a range without a count"
            )
        spans[name] = fixed.span(name, vary[name])
    chosen = fixed.taking({name: level for name, level in vary.items() if name in fixed.words})
    same = {name: float(level[0]) for name, level in fixed.numbers.items() if name not in spans}
    ordered = {name: spans[name] for name in vary if name in spans}
    return Sampled(chosen.words, ordered, same, count, sample.method, sample.seed)
