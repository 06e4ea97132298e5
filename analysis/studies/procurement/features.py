"""What the rows say to five questions that a buyer asks of a platform: what each feature gains within the limits."""

from dataclasses import dataclass

import pandas as pd

from analysis import formulas
from analysis.frontier.constraints import Constraints
from analysis.library.choices import choice
from analysis.library.quantities import quantity
from analysis.library.sources import FILES, Library
from analysis.library.values import Status, Value, made
from analysis.scenario import Parameters
from analysis.studies.procurement.points import point
from analysis.studies.procurement.service import NOT_MET, Unserved, serving

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
    return made(
        library.platform(hardware).name,
        formulas.ratio,
        numerator=_highest(library, conditions, present),
        denominator=_highest(library, conditions, absent),
    )


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
    return Value(
        float((rows["last_interactivity"] / rows["first_interactivity"]).median()),
        quantity("speed_gain"),
        library.platform(hardware).name,
        Status.MEASURED,
        as_of=rows["last_date"].max().strftime("%Y-%m-%d"),
        place=f"data/{FILES['software_gains']}",
        note="median of last over first interactivity of configurations that were run more than once",
    )


def _highest(library: Library, conditions: Parameters, rows: pd.DataFrame) -> Value:
    best = library.benchmark.loc[rows["throughput_per_gpu"].idxmax()]
    return point(library, conditions, best)["throughput_per_gpu"]
