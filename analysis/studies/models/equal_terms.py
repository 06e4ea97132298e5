"""What explains how far models differ: what is left of a ratio on equal terms, and which stacks serve."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.comparison.contenders import Contender
from analysis.errors import InputError
from analysis.frontier import measured_operating_point
from analysis.frontier.constraints import Constraints
from analysis.frontier.limits import InfeasibleError
from analysis.library.loading.schemas import PRECISIONS, STACK
from analysis.library.values import Value
from analysis.studies.models.matchups import Matchup, against

PRECISION, DECODING, NODE = "one precision on both sides", "no speculative decoding", "one node on each side"
TERMS: Mapping[str, tuple[Constraints, ...]] = {
    PRECISION: tuple(Constraints(precisions=(precision,)) for precision in PRECISIONS),
    DECODING: (Constraints(speculative_decoding=("none",)),),
    NODE: (Constraints(multinode=False),),
}
"""Equal terms by what they are called; of several the one of the highest ratio counts."""


def on_equal_terms(matchup: Matchup, terms: str, key: str, interactivity: float) -> Value | None:
    """Return the ratio of the best rival where both sides keep the same terms; None where not both serve so."""
    ratios: list[Value] = []
    for constraints in TERMS[terms]:
        try:
            rivals = against(matchup.library, matchup.conditions, constraints)
        except InputError:  # not measured on these terms
            continue
        found = Matchup(matchup.model, matchup.library, matchup.conditions, rivals).at(key, interactivity)
        ratios += [found] if found else []
    return max(ratios, key=lambda ratio: ratio.number, default=None)


@dataclass(frozen=True, eq=False)
class ServingRow:
    """What serves on one side: the measured row of highest throughput at a speed or above it."""

    contender: Contender
    row: pd.Series

    @property
    def words(self) -> str:
        """Platform, framework, precision, speculative decoding, and whether it spans nodes or splits its phases."""
        row = self.row
        nodes = "disaggregated" if row["disaggregated"] else "several nodes" if row["multinode"] else "one node"
        framework, precision, decoding = row[list(STACK[1:])]
        series = f"{framework} {precision.upper()}" + (f" {decoding.upper()}" if decoding != "none" else "")
        return f"{self.contender.platform.name}: {series}, {nodes}"

    @property
    def accuracy(self) -> Value | None:
        """The share of right answers of its stack; None where nobody evaluated it."""
        library = self.contender.library
        table = library.accuracy
        if table.empty:
            return None
        same = table[(table[list(STACK)] == self.row[list(STACK)].to_numpy()).all(axis=1)]
        return None if same.empty else library.evaluated(same.iloc[0])


def serving_rows(matchup: Matchup, key: str, interactivity: float) -> tuple[ServingRow, ServingRow] | None:
    """Return what serves on the baseline and on the best rival at a speed; None where not both serve it."""
    rival = matchup.best(key, interactivity)
    if rival is None:
        return None
    try:
        baseline, subject = (
            ServingRow(side, measured_operating_point(side.curve, interactivity))
            for side in (rival.baseline, rival.subject)
        )
    except InfeasibleError:
        return None
    return baseline, subject
