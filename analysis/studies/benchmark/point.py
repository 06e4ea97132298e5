"""The two measured rows of a scenario as a point of curves, and where published figures of it can come from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis.comparison.advantage import Advantage
from analysis.comparison.head_to_head import HeadToHead, compare
from analysis.comparison.spread import Spread
from analysis.frontier import crossings
from analysis.library.choices import choices
from analysis.library.sources import Library
from analysis.library.values import Value
from analysis.scenario import Parameters
from analysis.studies.benchmark.search import on_curves, on_rows, rows_inside
from analysis.studies.benchmark.targets import Target, compatible
from analysis.studies.benchmark.workloads import advantages, fields
from analysis.studies.claims.claim import Claim
from analysis.studies.claims.served import is_about, publishers

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


THROUGHPUT, COST, POWER = COMPARED = ("throughput_per_gpu", "cost_per_million_tokens", "throughput_per_megawatt")
"""The metrics whose ratios the report follows along the curves: throughput, and what price and power make of it."""
Doubted = Mapping[tuple[str, str], Value]
"""The accuracy of series that answered far fewer questions rightly than most, by platform and series."""


@dataclass(frozen=True, eq=False)
class MeasuredPoint:
    """Two platforms at a measured row each, and the curves that the rows lie on."""

    library: Library
    pair: HeadToHead
    curves: Mapping[str, Advantage]
    claims: Sequence[Claim]
    search: Reconstruction | None

    @property
    def curve(self) -> Advantage:
        """The curve of the scenario's own workload."""
        return self.curves[self.pair.lengths]

    @property
    def others(self) -> dict[str, Advantage]:
        """The curves of the other workloads, by name."""
        return {lengths: curve for lengths, curve in self.curves.items() if lengths != self.pair.lengths}

    @property
    def interactivity(self) -> Value:
        """The interactivity of the slower of the two rows, in tok/s/user."""
        return min((side.given["interactivity"] for side in self.pair.sides), key=lambda speed: speed.number)

    @cached_property
    def ratios(self) -> dict[str, Value]:
        """How many times better the subject's row is, by quantity."""
        return {key: self.pair.ratio(key) for key in COMPARED}

    @property
    def is_published(self) -> bool:
        """Whether the two rows give every printed level."""
        return self.search is not None and self.search.fits(*(side.row.name for side in self.pair.sides))

    @property
    def printed(self) -> dict[str, Value]:
        """The ratios that are printed of this point, by quantity; none where it is not the published one."""
        platforms = (side.platform.key for side in self.pair.sides)
        return printed_ratios(self.claims, *platforms) if self.is_published else {}

    @property
    def name(self) -> str:
        """What text calls the point."""
        return "the published point" if self.is_published else "the scenario's point"

    @property
    def series(self) -> list[tuple[str, str]]:
        """Platform and series of both rows."""
        return [(side.platform.key, side.row["series"]) for side in self.pair.sides]

    @property
    def searched(self) -> Sequence[Claim]:
        """The printed levels whose operating point was searched."""
        return self.search.target.claims if self.search else ()

    @cached_property
    def levels(self) -> list[Value]:
        """The service levels at which the platforms are compared, in tok/s/user."""
        return choices("interactivity", "compared service level")

    def values(self, runs: Spread, doubted: Doubted) -> list[Value]:
        """Return the single figures that a report on this point rests on."""
        given = ("price_per_gpu_hour", "power_per_gpu", THROUGHPUT, "interactivity")
        of_rows = [side.given[key] for side in self.pair.sides for key in given]
        return [*of_rows, self.pair.floor, *self.levels, runs.within, runs.band, *doubted.values()]


def measured_point(library: Library, conditions: Parameters, claims: Sequence[Claim]) -> MeasuredPoint:
    """Return the point of a scenario's two rows.

    Raises:
        InputError: A platform was not measured under these conditions, or the two share no interactivity.
    """
    pair, curves = compare(library, conditions), advantages(library, conditions)
    return MeasuredPoint(library, pair, curves, claims, reconstruct(library, claims, conditions))
