"""What the report compares: two platforms at the scenario's operating point and at others, at their prices."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from analysis.comparison.contenders import known_price
from analysis.library.choices import choice
from analysis.library.sources import TIERS, Library
from analysis.library.values import Status, Value, given
from analysis.scenario import Parameters
from analysis.studies.attribution.accuracy import suspects
from analysis.studies.attribution.agents import LENGTHS, Agents, limits
from analysis.studies.attribution.busy import Busy
from analysis.studies.attribution.gains import Gain, gains
from analysis.studies.attribution.lengths import OwnLengths
from analysis.studies.attribution.phases import Phases, assumed_hits, phases_of, public_prices
from analysis.studies.attribution.points import Point, points
from analysis.studies.attribution.software import Software, by_framework
from analysis.studies.ownership.operating_costs import fleet_utilization


@dataclass(frozen=True, eq=False)
class Study:
    """A comparison of two platforms under a scenario's conditions, and what several of its sections need."""

    library: Library
    conditions: Parameters

    @cached_property
    def points(self) -> list[Point]:
        """The scenario's operating point, then those of other sequence lengths that both platforms serve."""
        return points(self.library, self.conditions)

    @property
    def here(self) -> Point:
        """The scenario's operating point."""
        return self.points[0]

    @property
    def sides(self) -> tuple[str, ...]:
        """Keys of the platforms compared, each once."""
        return tuple(dict.fromkeys(self.here.platforms))

    @cached_property
    def prices(self) -> dict[str, Value]:
        """Of a GPU-hour of each platform measured at the scenario's workload that has one, in USD/GPU/h."""
        measured = [platform.key for platform in self.here.stacks.platforms]
        return {key: known for key in measured if (known := known_price(self.library, self.conditions, key))}

    @cached_property
    def prices_by_tier(self) -> dict[str, dict[str, Value]]:
        """The same in each tier of the vintage, whatever the scenario states."""
        vintage, keys = self.conditions.vintage, [self.conditions.subject, *self.others]
        return {
            tier: {key: known for key in keys if (known := self.library.known_price(key, tier, vintage))}
            for tier in TIERS
        }

    @property
    def others(self) -> list[str]:
        """Keys of the platforms measured at the scenario's workload besides the subject."""
        keys = (platform.key for platform in self.here.stacks.platforms)
        return [key for key in keys if key != self.conditions.subject]

    @property
    def unpriced(self) -> list[str]:
        """The names of those without a price."""
        return [self.library.platform(key).name for key in self.others if key not in self.prices]

    @cached_property
    def suspects(self) -> dict[tuple[str, str], Value]:
        """The accuracy of stacks that answer far fewer questions rightly than most, by platform and series."""
        return suspects(self.library)

    @cached_property
    def utilizations(self) -> list[Value]:
        """The lowest, the usual and the highest utilization of a serving fleet, as shares of full load."""
        return fleet_utilization(self.library).spread

    def gains(self, feature: str, before: str | bool, after: str | bool) -> list[tuple[Point, list[Gain]]]:
        """Return the pairs of stacks that differ in one feature only, at each point, as `gains` finds them."""
        return [(point, gains(point.stacks, feature, before, after)) for point in self.points]

    @cached_property
    def phases(self) -> list[tuple[Point, list[Phases]]]:
        """What prefill and decode cost at each point, on those of the platforms whose rows tell them apart."""
        at_points = [
            (point, phases_of(point.stacks, self.sides, point.at.number, self.prices)) for point in self.points
        ]
        return [(point, splits) for point, splits in at_points if splits]

    @cached_property
    def agents(self) -> Agents:
        """The service of agents."""
        lengths = (int(choice("input_tokens", LENGTHS).number), int(choice("output_tokens", LENGTHS).number))
        return Agents(self.here, self.prices, limits(self.library, self.conditions, lengths))

    @cached_property
    def own_lengths(self) -> OwnLengths:
        """What tokens and requests of lengths that nobody measured cost."""
        return OwnLengths(self.library, self.conditions)

    @cached_property
    def busy(self) -> Busy:
        """How busy GPUs are over a day, and what they deliver within limits on tails."""
        return Busy(self.library, self.conditions)

    @cached_property
    def software(self) -> list[Software]:
        """What software gained on the platforms compared."""
        return [software for software in by_framework(self.library) if software.hardware in self.sides]

    @property
    def largest_gain(self) -> Software | None:
        """The software that gained most in interactivity; None where no configuration was run again much later."""
        later = [software for software in self.software if software.is_later]
        return max(later, key=lambda software: software.interactivity.number, default=None)

    @property
    def stated(self) -> list[Value]:
        """What the results rest on and was not measured: quoted, chosen or assumed."""
        return [value for value in given(self.used()) if value.status != Status.MEASURED]

    def used(self) -> Iterator[Value]:
        """Yield what the results are made from, for the list of sources."""
        for point in self.points:
            yield from (value for key in point.made for value in point.levels(key))
        if self.phases:
            yield from (value for prices in public_prices(self.library).values() for value in prices.values())
            yield assumed_hits()
        yield from self.agents.used()
        yield from self.own_lengths.used()
        yield from self.busy.used()
        yield from self.utilizations
        if self.largest_gain:
            yield self.largest_gain.lifetime
        for prices in (self.prices, *self.prices_by_tier.values()):
            yield from prices.values()
