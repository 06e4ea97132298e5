"""What the rows say of each serving framework, and what software alone has gained on unchanged hardware."""

from dataclasses import dataclass

import pandas as pd

from analysis import formulas
from analysis.library.choices import choice
from analysis.library.loading.schemas import FRAMEWORKS
from analysis.library.quantities import quantity
from analysis.library.sources import FILES, Library
from analysis.library.values import Status, Value, calculate, counted
from analysis.scenario import Parameters
from analysis.studies.attribution.stacks import Stacks
from analysis.studies.attribution.steps import ENGINES
from analysis.studies.ownership.operating_costs import OWNERSHIP, operating_cost

TABLE = "software_gains"
SOURCE = "inferencex-rows"
MODEL = "DeepSeek-R1-0528"  # the model whose repeated runs the table holds
STACK = ["hardware", "framework"]


@dataclass(frozen=True)
class Software:
    """What repeated runs of a platform and framework say."""

    hardware: str
    framework: str
    configurations: Value  # how many were run more than once
    first: str
    last: str
    throughput: Value  # median gain in throughput at equal concurrency
    interactivity: Value  # median gain in interactivity
    unexplained: Value  # how many gained far more throughput than interactivity
    # Mean speed over the life of the hardware as a multiple of the first, from the gain in interactivity.
    lifetime: Value
    # Whether a last run is so much later than the first that software can have gained between them; runs within a few
    # days of each other measure the same thing twice.
    is_later: bool


def software_gains(library: Library) -> pd.DataFrame:
    """Return the repeated runs with their gains.

    Returns:
        The table's columns, and days (between the runs), throughput_gain and interactivity_gain (last over first),
        unexplained (the first gain over the second), and accounting: whether that is more than the analysis allows.

    At equal concurrency and lengths, and on as many GPUs, throughput moves with the latency of a request, and so with
    interactivity and the time to first token. Throughput that rises without interactivity says that something else
    changed, such as the number of GPUs that it is divided by.
    """
    table = library.tables[TABLE]
    throughput = table["last_throughput"] / table["first_throughput"]
    interactivity = table["last_interactivity"] / table["first_interactivity"]
    allowed = choice("ratio", "change of accounting", library.folder).number
    return table.assign(
        days=(table["last_date"] - table["first_date"]).dt.days,
        throughput_gain=throughput,
        interactivity_gain=interactivity,
        unexplained=throughput / interactivity,
        accounting=throughput / interactivity > allowed,
    )


def by_framework(library: Library) -> list[Software]:
    """Return what the repeated runs say, for each platform and framework that has any."""
    order = {key: place for place, key in enumerate(library.platforms)}
    groups = software_gains(library).groupby(STACK)
    gained = [_software(library, hardware, framework, runs) for (hardware, framework), runs in groups]
    return sorted(gained, key=lambda software: (order[software.hardware], software.framework))


def _software(library: Library, hardware: str, framework: str, runs: pd.DataFrame) -> Software:
    name = f"{library.platform(hardware).name}, {framework}"
    interactivity = _median(library, name, runs, "interactivity_gain")
    observed = Value(
        float((runs["last_date"].max() - runs["first_date"].min()).days), quantity("observed_time"), name,
        Status.MEASURED, place=f"data/{FILES[TABLE]}", sources=interactivity.sources,
    )  # fmt: skip
    life = operating_cost(library, "useful_life", OWNERSHIP, name).value
    ramp = calculate(formulas.ramp_share, observed_time=observed, economic_life=life)
    return Software(
        hardware,
        framework,
        counted(len(runs), f"configurations of {name}"),
        f"{runs['first_date'].min():%Y-%m-%d}",
        f"{runs['last_date'].max():%Y-%m-%d}",
        _median(library, name, runs, "throughput_gain"),
        interactivity,
        counted(int(runs["accounting"].sum()), f"configurations of {name} whose accounting changed"),
        calculate(formulas.lifetime_gain, speed_gain=interactivity, ramp_share=ramp),
        bool(runs["days"].max() > choice("age", "repeated run", library.folder).number),
    )


def _median(library: Library, name: str, runs: pd.DataFrame, column: str) -> Value:
    what = column.removesuffix("_gain")
    return Value(
        float(runs[column].median()), quantity("speed_gain"), name, Status.DERIVED, {"gain": what},
        (library.sources[SOURCE],), f"{runs['last_date'].max():%Y-%m-%d}", f"data/{FILES[TABLE]}",
        f"median of {len(runs)} configurations, last over first measured {what}",
    )  # fmt: skip


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
