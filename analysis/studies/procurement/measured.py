"""How well a platform was measured within a buyer's limits, and whether that is enough to rank it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.library.choices import choice
from analysis.library.sources import Library
from analysis.library.values import Value, counted
from analysis.scenario import Parameters
from analysis.studies.procurement.fleet import Fleet
from analysis.studies.procurement.points import rows_at


@dataclass(frozen=True, eq=False)
class Coverage:
    """What a platform's fleet stands on.

    Attributes:
        tried: Rows at the buyer's lengths until the cut-off day.
        within: Rows of them that keep all limits.
        lightest: Requests in flight of the lightest of those tried.
        heaviest: Of the heaviest.
        doubts: Why these rows are too few to rank the platform by, in words; empty where they are not.
        better: The fleet of the older platform that does more within the limits; None where none does.
    """

    tried: Value
    within: Value
    lightest: float
    heaviest: float
    doubts: str
    better: Fleet | None = None


def coverage(
    library: Library, conditions: Parameters, fleets: Mapping[str, Fleet], kept: Mapping[str, pd.DataFrame]
) -> dict[str, Coverage]:
    """Return how well each platform was measured within the limits, by key.

    A platform is not measured enough to be ranked where an older one of its vendor, in the same kind of system, does
    more within the limits, or where its row lies in the lowest quarter of the loads that were tried, by the logarithm
    of the requests in flight: the benchmark has then hardly been run as the buyer asks.

    Args:
        library: The figures.
        conditions: Lengths and cut-off day.
        fleets: Those that keep the limits, by key of the platform.
        kept: Their rows that keep the limits, likewise.
    """
    least = choice("ratio", "place in the range of loads").number
    told = {}
    for key, fleet in fleets.items():
        rows = rows_at(library, conditions, key)
        rows = rows[rows["date"] <= pd.Timestamp(conditions.as_of)]
        low, high = float(rows["concurrency"].min()), float(rows["concurrency"].max())
        better = _outdone_by(library, fleets, key)
        doubts = []
        if better is not None:
            doubts.append(f"does less than {better.platform.name} within the limits")
        if high > low and math.log(fleet.point["concurrency"].number / low) < least * math.log(high / low):
            doubts.append("stands on one of its lightest loads")
        told[key] = Coverage(
            counted(len(rows), "rows tried"), counted(len(kept[key]), "rows within the limits"), low, high,
            " and ".join(doubts), better,
        )  # fmt: skip
    return told


def _outdone_by(library: Library, fleets: Mapping[str, Fleet], key: str) -> Fleet | None:
    """The best of the older platforms of a vendor, in the same kind of system, that does more within the limits."""
    platform, listed = library.platforms[key], [*library.platforms]
    earlier = [fleets[other] for other in listed[: listed.index(key)] if other in fleets]
    kind = (platform.vendor, platform.system)
    older = [fleet for fleet in earlier if (fleet.platform.vendor, fleet.platform.system) == kind]
    best = max(older, key=_throughput, default=None)
    return best if best and _throughput(best) > _throughput(fleets[key]) else None


def _throughput(fleet: Fleet) -> float:
    return fleet.point["throughput_per_gpu"].number
