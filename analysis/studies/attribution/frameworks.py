"""What the rows say of each serving framework: the engines, and what coordinates several of them."""

from dataclasses import dataclass

import pandas as pd

from analysis.library.loading.schemas import FRAMEWORKS
from analysis.library.sources import Library
from analysis.library.values import Value, counted
from analysis.scenario import Parameters
from analysis.studies.attribution.stacks import Stacks
from analysis.studies.attribution.steps import ENGINES

COORDINATORS = {"dynamo": "Dynamo", "mori": "MoRI"}


@dataclass(frozen=True)
class Framework:
    """What the rows say of an engine or a coordinator."""

    name: str
    rows: Value  # measured until the cut-off day, of all workloads
    platforms: tuple[str, ...]  # names of the platforms that it was measured on
    precisions: tuple[str, ...]  # that it was measured with
    speculative_decoding: bool  # whether it was measured with it
    disaggregated: str  # "always", "never" or "with and without", in its rows
    fastest: Value  # on how many platforms it is in the best stack at an interactivity


def frameworks(library: Library, conditions: Parameters, stacks: Stacks, interactivity: float) -> list[Framework]:
    """Return what the rows say of each framework that the benchmark knows, those without a row included."""
    rows = library.benchmark[library.benchmark["date"] <= pd.Timestamp(conditions.as_of)]
    best = {platform.key: _best(stacks, platform.key, interactivity) for platform in stacks.platforms}
    members: dict[str, set[str]] = {}
    for framework in (*FRAMEWORKS, *rows["framework"].unique()):
        prefix = framework.partition("-")[0]
        names = [ENGINES.get(framework, framework), *([COORDINATORS[prefix]] if prefix in COORDINATORS else [])]
        for name in names:
            members.setdefault(name, set()).add(framework)
    return [
        _framework(library, name, rows[rows["framework"].isin(own)], sum(fastest in own for fastest in best.values()))
        for name, own in members.items()
    ]


def apart(library: Library, conditions: Parameters) -> bool:
    """Return whether some platform has aggregated rows under Dynamo or disaggregated rows without a coordinator.

    Where there are none, what a coordinator does and what disaggregation does cannot be told apart.
    """
    rows = library.benchmark[library.benchmark["date"] <= pd.Timestamp(conditions.as_of)]
    coordinated = rows["framework"].str.partition("-")[0].isin(COORDINATORS)
    return bool((coordinated != rows["disaggregated"]).any())


def _best(stacks: Stacks, hardware: str, interactivity: float) -> str:
    curve = stacks.curve(hardware)
    return "" if curve is None else str(curve.series_at(interactivity)).partition(" ")[0]


def _framework(library: Library, name: str, rows: pd.DataFrame, fastest: int) -> Framework:
    split = set(rows["disaggregated"])
    measured = set(rows["hardware"])
    return Framework(
        name,
        counted(len(rows), f"rows of {name}"),
        tuple(platform.name for key, platform in library.platforms.items() if key in measured),
        tuple(sorted(rows["precision"].str.upper().unique(), reverse=True)),
        bool((rows["speculative_decoding"] != "none").any()),
        {frozenset({True}): "always", frozenset({False}): "never", frozenset(): "no row"}.get(
            frozenset(split), "with and without"
        ),
        counted(fastest, f"platforms on which {name} is fastest"),
    )
