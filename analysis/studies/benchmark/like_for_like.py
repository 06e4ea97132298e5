"""What is left of a ratio when both platforms serve alike, and how many rows stand behind it, sound and how old."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from analysis.comparison.advantage import compared
from analysis.comparison.contenders import Contender, contender
from analysis.frontier import ANY
from analysis.frontier.constraints import Constraints
from analysis.frontier.limits import InfeasibleError
from analysis.library.loading.quality import NODE_GPUS, gpus, quality_table
from analysis.library.quantities import quantity
from analysis.library.sources import Library
from analysis.library.values import Source, Status, Value
from analysis.scenario import Parameters

TERMS = {
    "Best against best": ANY,
    "FP8 and MTP on both sides": Constraints(precisions=("fp8",), speculative_decoding=("mtp",)),
    "FP8 without MTP on both sides": Constraints(precisions=("fp8",), speculative_decoding=("none",)),
    "FP4 and MTP on both sides": Constraints(precisions=("fp4",), speculative_decoding=("mtp",)),
    "FP4 without MTP on both sides": Constraints(precisions=("fp4",), speculative_decoding=("none",)),
    "Best single node against best single node": Constraints(multinode=False),
    "Best of at most a node's GPUs on both sides": Constraints(maximum_gpus=NODE_GPUS),
}
"""Equal terms for both platforms, by what they are called."""

NOT_MEASURED = "no sound row"
NOT_SERVED = "not served"


@dataclass(frozen=True, eq=False)
class Match:
    """Two platforms under equal terms; a side is None where no sound row of its keeps them."""

    terms: str
    baseline: Contender | None
    subject: Contender | None

    def ratio(self, key: str, interactivity: float) -> Value | None:
        """Return how many times better the subject is in a metric at an interactivity (tok/s/user).

        Each side stands on its curve, so both are at exactly this interactivity; None where one does not serve it.
        """
        before, after = (side.at(interactivity) if side else {} for side in (self.baseline, self.subject))
        return compared(key, before, after)

    def missing(self, interactivity: float) -> str:
        """Return why there is no ratio at an interactivity (tok/s/user), in two words; empty where there is one."""
        words = [serving(side, interactivity) for side in (self.baseline, self.subject)]
        return next((word for word in (NOT_MEASURED, NOT_SERVED) if word in words), "")


def serving(side: Contender | None, interactivity: float) -> str:
    """Return the series that serves an interactivity (tok/s/user), or that none does or none was measured at all."""
    if side is None:
        return NOT_MEASURED
    return str(side.curve.series_at(interactivity)) or NOT_SERVED


def like_for_like(library: Library, conditions: Parameters) -> tuple[Match, ...]:
    """Return the two platforms of a scenario under each of `TERMS`.

    Raises:
        InputError: A platform was not measured at this workload until the cut-off day, or has no price or power.
    """
    return tuple(
        Match(
            words,
            _under(library, conditions, conditions.baseline, constraints),
            _under(library, conditions, conditions.subject, constraints),
        )
        for words, constraints in TERMS.items()
    )


def _under(library: Library, conditions: Parameters, hardware: str, constraints: Constraints) -> Contender | None:
    try:
        return contender(library, conditions, hardware, constraints=constraints)
    except InfeasibleError as error:
        if error.constraint == "as_of":
            raise
        return None


GROUP = ["hardware", "framework"]


def trust_table(rows: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Return, per platform and framework, how many rows there are and what must be known of them.

    The columns are those of `analysis.library.loading.quality.quality_table` and `misleading_gpus`, rows whose GPU
    columns do not hold the GPUs of the deployment, and `left_out`, rows measured after the cut-off day.
    """
    told = rows["decode_gpus"] + rows["prefill_gpus"].where(rows["disaggregated"], 0)
    marked = rows.assign(misleading_gpus=gpus(rows) != told, left_out=rows["date"] > pd.Timestamp(as_of))
    more = marked.groupby(GROUP)[["misleading_gpus", "left_out"]].sum().reset_index()
    return quality_table(rows).merge(more, on=GROUP)


def age(days: pd.Series, as_of: date, subject: str, sources: tuple[Source, ...]) -> Value:
    """Return the median age of rows on a day, in days."""
    median = float((pd.Timestamp(as_of) - days).dt.days.median())
    return Value(median, quantity("age"), subject, Status.DERIVED, sources=sources, as_of=as_of.isoformat())
