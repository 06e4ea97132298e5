"""What the rows say of a platform within a buyer's limits: whether they can rank it, and what each feature gains."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis import formulas
from analysis.frontier.constraints import Constraints
from analysis.library.choices import choice
from analysis.library.quantities import quantity
from analysis.library.sources import FILES, Library
from analysis.library.values import Status, Value, counted, made
from analysis.scenario import Parameters
from analysis.studies.procurement.fleet import Fleet
from analysis.studies.procurement.service import NOT_MET, Unserved, point, rows_at, serving

ONLY_WITH = "only with it"
ONLY_WITHOUT = "only without"
NEITHER = "neither way"
UNKNOWN = "not measured"


@dataclass(frozen=True)
class Feature:
    """A way to serve, and the rows with and without it."""

    name: str
    present: Constraints
    absent: Constraints


FEATURES = (
    Feature("FP4 over FP8", Constraints(precisions=("fp4",)), Constraints(precisions=("fp8",))),
    Feature("MTP over none", Constraints(speculative_decoding=("mtp",)), Constraints(speculative_decoding=("none",))),
    Feature("Disaggregated over aggregated", Constraints(disaggregated=True), Constraints(disaggregated=False)),
)


def gain(library: Library, conditions: Parameters, hardware: str, feature: Feature) -> Value | str:
    """Return how many times as much a platform serves within the limits with a feature, or why that is not known.

    Each side is the row of highest throughput that keeps the limits; all else that was set may differ.
    """
    sides = [serving(library, conditions, hardware, which) for which in (feature.present, feature.absent)]
    present, absent = sides
    if isinstance(present, Unserved) or isinstance(absent, Unserved):
        reasons = [side.reason if isinstance(side, Unserved) else "" for side in sides]
        return {("", NOT_MET): ONLY_WITH, (NOT_MET, ""): ONLY_WITHOUT, (NOT_MET, NOT_MET): NEITHER}.get(
            (reasons[0], reasons[1]), UNKNOWN
        )
    more, less = (_highest(library, conditions, rows) for rows in (present, absent))
    return made(library.platform(hardware).name, formulas.ratio, numerator=more, denominator=less)


def software_gain(library: Library, hardware: str) -> Value | None:
    """Return the median gain in interactivity of configurations that were run again later; None where none was.

    Requests in flight are the same at both times, so a gain in interactivity is one of speed. Where all runs stand
    within a few days of each other, they measure the same thing twice and tell of no gain.
    """
    table = library.tables["software_gains"]
    rows = table[table["hardware"] == hardware]
    days = (rows["last_date"] - rows["first_date"]).dt.days
    if not (days > choice("age", "repeated run", library.folder).number).any():
        return None
    gained = float((rows["last_interactivity"] / rows["first_interactivity"]).median())
    day, place = rows["last_date"].max().strftime("%Y-%m-%d"), f"data/{FILES['software_gains']}"
    name, of = library.platform(hardware).name, quantity("speed_gain")
    note = "median of last over first interactivity of configurations that were run more than once"
    return Value(gained, of, name, Status.MEASURED, as_of=day, place=place, note=note)


def _highest(library: Library, conditions: Parameters, rows: pd.DataFrame) -> Value:
    best = library.benchmark.loc[rows["throughput_per_gpu"].idxmax()]
    return point(library, conditions, best)["throughput_per_gpu"]


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
