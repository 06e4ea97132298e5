"""Where published figures can come from: the whole search for a pair of platforms, with what it rests on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.frontier import crossings
from analysis.library.sources import Library
from analysis.library.values import Value
from analysis.scenario import Parameters
from analysis.studies.benchmark.search import on_curves, on_rows, rows_inside
from analysis.studies.benchmark.targets import Target, compatible
from analysis.studies.benchmark.workloads import fields
from analysis.studies.claims.archive import is_about
from analysis.studies.claims.claim import Claim
from analysis.studies.claims.served import publishers

ROWS, BEST, ANY = "Measured rows", "Best against best", "Any two series"


@dataclass(frozen=True, eq=False)
class Reconstruction:
    """What a search for the operating point of printed figures found."""

    # The vintages and price tiers under which the printed levels can be true together, oldest first.
    prices: tuple[tuple[str, str], ...]
    target: Target  # the throughputs that the levels leave under the first of them
    # Tables of candidates, the nearest first, by kind: pairs of measured rows that one floor of interactivity
    # selects, the best series of both platforms, and any two series.
    candidates: Mapping[str, pd.DataFrame]
    # The rows of either platform whose throughput, of whatever kind, lies in its interval.
    inside: tuple[pd.DataFrame, pd.DataFrame]

    def fits(self, baseline_row: object, subject_row: object) -> bool:
        """Return whether two measured rows, by their places in the table of rows, are a pair that fits."""
        rows = self.candidates[ROWS]
        chosen = (rows["baseline_row"] == baseline_row) & (rows["subject_row"] == subject_row)
        return bool((chosen & (rows["departure"] == 0)).any())


def reconstruct(library: Library, claims: Sequence[Claim], conditions: Parameters) -> Reconstruction | None:
    """Return where the printed levels of a scenario's two platforms can come from.

    None where the claims are about another model or do not bound the throughput of two platforms under any prices at
    hand, or no published row is of both. Prices and power are not the scenario's but all that the library has, since
    the publication has its own; and a reader's own rows are none that it can stand on.
    """
    baseline, subject = conditions.baseline, conditions.subject
    claims = [claim for claim in claims if is_about(claim.model or library.model, library.model, library.folder)]
    targets = compatible(library, claims, baseline, subject) if baseline != subject else None
    if not targets:
        return None
    wanted = next(iter(targets.values()))
    rows = library.benchmark[library.benchmark["publisher"].isin(publishers(library))]
    searched = fields(rows, baseline, subject, conditions.as_of)
    if not searched:
        return None
    candidates = {
        ROWS: on_rows(wanted, searched),
        BEST: on_curves(wanted, searched, crossings.best_stretches),
        ANY: on_curves(wanted, searched, crossings.own_stretches),
    }
    dated = rows[rows["date"] <= pd.Timestamp(conditions.as_of)]
    inside = rows_inside(dated, baseline, wanted.baseline), rows_inside(dated, subject, wanted.subject)
    return Reconstruction(tuple(targets), wanted, candidates, inside)


def printed_ratios(claims: Sequence[Claim], baseline: str, subject: str) -> dict[str, Value]:
    """Return the ratios of two platforms as a publication's table prints them, by quantity; cost turned round."""
    return {
        claim.quantity: claim.value
        for claim in claims
        if claim.is_ratio and claim.group == "table" and {claim.subject, claim.baseline} == {subject, baseline}
    }
