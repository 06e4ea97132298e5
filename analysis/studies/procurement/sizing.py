"""Which measured configuration carries a load with the fewest GPUs, how many, and how accurate its stack was."""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis import formulas
from analysis.frontier.curves import Floats
from analysis.library.loading.quality import CONSERVATION, IDENTITY_TOLERANCE, gpus, tokens_of_a_request
from analysis.library.loading.schemas import STACK
from analysis.library.quantities import quantity
from analysis.library.sources import FILES, Library, Platform
from analysis.library.values import ROUNDING, Status, Value, made
from analysis.scenario import Parameters
from analysis.studies.procurement.fleet import Fleet, bought
from analysis.studies.procurement.load import Load
from analysis.studies.procurement.packing import purchase_of, unit
from analysis.studies.procurement.service import point


def lowest_accuracy(library: Library, hardware: str, **stack: str) -> Value | None:
    """Return the lowest GSM8K accuracy of a platform's stacks; None where none of them was evaluated."""
    row = _lowest(library, hardware, **stack)
    return None if row is None else library.evaluated(row)


def falling_short(
    library: Library, fleets: Iterable[Fleet], margin: float, confidence: float
) -> list[tuple[Fleet, Fleet]]:
    """Return the fleets whose stack answers fewer questions than the best one's by more than a margin, with that one.

    All of Newcombe's interval of the difference must lie beyond the margin.
    """
    from analysis.comparison.proportions import Answers, newcombe_interval

    rows = {fleet: _lowest(library, fleet.platform.key, **fleet.stack) for fleet in fleets}
    answers = {
        fleet: Answers(int(row["correct"]), int(row["questions"])) for fleet, row in rows.items() if row is not None
    }
    if not answers:
        return []
    best = max(answers, key=lambda fleet: answers[fleet].correct / answers[fleet].questions)
    highest = answers[best]
    return [
        (fleet, best)
        for fleet, given in answers.items()
        if fleet is not best and newcombe_interval(given, highest, confidence)[1] < -margin
    ]


@lru_cache(maxsize=1000)
def _lowest(library: Library, hardware: str, **stack: str) -> pd.Series | None:
    rows = library.accuracy
    wanted = {"hardware": hardware, **stack}
    rows = rows[np.logical_and.reduce([rows[column].to_numpy() == word for column, word in wanted.items()])]
    return None if rows.empty else rows.loc[rows["accuracy"].idxmin()]


UNACCOUNTED = "requests in flight not accounted for"
NO_SUM = "prefill and decode do not add up"


def fleet(library: Library, conditions: Parameters, rows: pd.DataFrame, load: Load) -> Fleet:
    """Return the fleet with the fewest GPUs to buy; of equal ones that with the most room, then throughput.

    Each row is a configuration that was measured at its number of requests in flight; none is interpolated. At
    lengths that nobody measured, its throughput and waits are modeled.
    """
    platform = library.platform(rows["hardware"].iloc[0])
    sizes = sized(rows, platform, conditions, load)
    best = int(np.lexsort((-rows["throughput_per_gpu"], -sizes.room, sizes.gpus))[0])
    each = int(gpus(rows).iloc[best])
    return _fleet(library, conditions, platform, library.benchmark.loc[rows.index[best]], each, load)


class Sizes(NamedTuple):
    """What each of several rows would take, in their order."""

    gpus: Floats  # GPUs to buy
    room: Floats  # deployments that those have room for, over those needed


def sized(rows: pd.DataFrame, platform: Platform, conditions: Parameters, load: Load) -> Sizes:
    """Return what each row of a platform would take for a load."""
    each = gpus(rows)
    needed = formulas.deployments_for_load(
        load.peak.number, rows["throughput_per_gpu"], each, load.peak_utilization.number
    )
    if load.requests is not None:
        by_requests = formulas.deployments_for_requests(
            load.requests.number, rows["concurrency"], load.peak_utilization.number
        )
        needed = np.maximum(needed, by_requests)
    units = unit(each, platform.gpus_per_system, conditions.purchase, conditions.sites)
    count = units.count(np.ceil(needed * (1 - ROUNDING)) + conditions.spares * conditions.sites)
    return Sizes(np.asarray(count * units.gpus), np.asarray(count * units.deployments / needed))


def _fleet(
    library: Library, conditions: Parameters, platform: Platform, row: pd.Series, each: int, load: Load
) -> Fleet:
    name = platform.name
    measured = point(library, conditions, row)
    deployment = replace(
        library.measured(row, "decode_gpus", "gpus", {}),
        number=float(each),
        note="GPUs that the deployment occupied, from its GPU columns and parallelism",
    )
    system = Value(
        float(platform.gpus_per_system), quantity("gpus_per_system"), name, Status.QUOTED,
        place=f"data/{FILES['platforms']}", note=platform.system,
    )  # fmt: skip
    needed = _needed(name, measured, deployment, load)
    smallest = purchase_of(deployment, system, conditions.purchase, conditions.sites, conditions.spares)
    return Fleet(
        platform=platform,
        row=row,
        point=measured,
        accuracy=lowest_accuracy(library, platform.key, **{column: row[column] for column in STACK[1:]}),
        doubts=doubts(row, each),
        deployment_gpus=deployment,
        needed=needed,
        power=library.power(platform.key, conditions.vintage),
        smallest=smallest,
        system=system,
        **bought(smallest, needed, system),
    )


def _needed(name: str, point: dict[str, Value], deployment: Value, load: Load) -> Value:
    given = {"peak_load": load.peak, "throughput_per_gpu": point["throughput_per_gpu"], "gpus": deployment}
    full = {"peak_utilization": load.peak_utilization}
    for_load = made(name, formulas.deployments_for_load, **given, **full)
    if load.requests is None:
        return for_load
    in_flight = {"requests_in_flight": load.requests, "concurrency": point["concurrency"]}
    for_requests = made(name, formulas.deployments_for_requests, **in_flight, **full)
    return max(for_load, for_requests, key=lambda value: value.number)


def doubts(row: pd.Series, deployment_gpus: float) -> str:
    """Return what does not hold, in words; empty where all does.

    The data check takes the GPU columns at their word, which doubts many rows for their columns alone. Here Little's
    law is held against the GPUs that the deployment occupied.
    """
    delivered, latency, requests = (row[key] for key in ("throughput_per_gpu", "latency_median", "concurrency"))
    tokens = float(tokens_of_a_request(row))
    share = formulas.requests_accounted_for(delivered, deployment_gpus, latency, requests, tokens)
    low, high = CONSERVATION
    # A share that is not known is no doubt, nor is a deviation.
    faults = {UNACCOUNTED: share < low or share > high, NO_SUM: row["identity_deviation"] > IDENTITY_TOLERANCE}
    return "; ".join(words for words, holds in faults.items() if holds)
