"""The two measured rows of a scenario as a point of the curves that both platforms have, at every workload."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from analysis.comparison.advantage import Advantage
from analysis.comparison.head_to_head import HeadToHead, compare
from analysis.comparison.spread import Spread
from analysis.library.choices import choices
from analysis.library.sources import Library
from analysis.library.values import Value
from analysis.scenario import Parameters
from analysis.studies.benchmark.reconstruction import Reconstruction, printed_ratios, reconstruct
from analysis.studies.benchmark.workloads import advantages
from analysis.studies.claims.claim import Claim

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
