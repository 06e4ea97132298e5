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
    """What a platform's fleet stands on."""

    tried: Value  # rows at the buyer's lengths until the cut-off day
    within: Value  # rows of them that keep all limits
    requests: Value  # in flight at the row of them that delivers most
    doubts: str  # why these rows are too few to rank the platform by, in words; empty where they are not
    # The fleet of the older platform that does more within the limits; None where none does.
    better: Fleet | None = None


def coverage(
    library: Library, conditions: Parameters, fleets: Mapping[str, Fleet], kept: Mapping[str, pd.DataFrame]
) -> dict[str, Coverage]:
    """Return how well each platform was measured within the limits, by key.

    A platform is not measured enough to be ranked where an older one of its vendor, in the same kind of system, does
    more within the limits, or where its best row lies in the lowest quarter of the loads that were tried, by the
    logarithm of the requests in flight: the benchmark has then hardly been run as the buyer asks.
    """
    least = choice("ratio", "place in the range of loads").number
    best = {key: rows.loc[rows["throughput_per_gpu"].idxmax()] for key, rows in kept.items()}
    told = {}
    for key in fleets:
        rows = rows_at(library, conditions, key).rows
        rows = rows[rows["date"] <= pd.Timestamp(conditions.as_of)]
        requests = float(best[key]["concurrency"])
        low, high = float(rows["concurrency"].min()), float(rows["concurrency"].max())
        better, doubts = _outdone_by(library, best, key), []
        if better is not None:
            doubts.append(f"does less than {library.platform(better).name} within the limits")
        if high > low and math.log(requests / low) < least * math.log(high / low):
            doubts.append("stands on one of its lightest loads")
        counts = counted(len(rows), "rows tried"), counted(len(kept[key]), "rows within the limits")
        in_flight = counted(requests, "requests in flight of the best row within the limits")
        told[key] = Coverage(*counts, in_flight, " and ".join(doubts), fleets[better] if better else None)
    return told


def _outdone_by(library: Library, best: Mapping[str, pd.Series], key: str) -> str | None:
    """The older platform of a vendor and kind of system that does most within the limits, if it does more."""
    platform, listed = library.platforms[key], [*library.platforms]
    kind = (platform.vendor, platform.system)
    older = [other for other in listed[: listed.index(key)] if other in best]
    alike = [other for other in older if (library.platforms[other].vendor, library.platforms[other].system) == kind]
    most = max(alike, key=lambda other: float(best[other]["throughput_per_gpu"]), default=None)
    return most if most and best[most]["throughput_per_gpu"] > best[key]["throughput_per_gpu"] else None
