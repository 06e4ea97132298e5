"""What the report compares: two platforms at operating points, at their prices and those at which they match."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analysis import formulas
from analysis.comparison.advantage import break_even_price
from analysis.comparison.contenders import known_price
from analysis.frontier.crossings import ratio_bracket
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
from analysis.studies.attribution.stacks import Stacks
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


def matching_price(
    stacks: Stacks, hardware: str, other: str, other_price: Value, interactivity: float
) -> Value | None:
    """Return the price at which a platform's token costs as much as another's, in USD/GPU/h.

    None where one of the two was not measured at this interactivity.
    """
    return break_even_price(other_price, *(stacks.value_at(interactivity, key) for key in (hardware, other)))


def matching_prices(
    stacks: Stacks, other: str, prices: Mapping[str, Value], interactivity: ArrayLike
) -> pd.DataFrame:
    """Return the matching price of every platform along the interactivity range.

    Returns:
        A row a platform and point: hardware, interactivity, break_even_price, lower end and upper end of its
        bracket, and price_per_gpu_hour (USD/GPU/h), and share, the first over the last; NaN where not both serve.
    """
    points = np.asarray(interactivity, dtype=float)
    theirs = stacks.curve(other)
    tables = []
    for hardware, price in prices.items():
        own = stacks.curve(hardware)
        if own is not None and theirs is not None:
            matching = formulas.break_even_price(prices[other].number, own(points), theirs(points))
            low, high = (prices[other].number * end for end in ratio_bracket(own, theirs, points))
            amounts = {
                "break_even_price": matching,
                "lower end": low,
                "upper end": high,
                "price_per_gpu_hour": price.number,
                "share": matching / price.number,
            }
            tables.append(pd.DataFrame({"hardware": hardware, "interactivity": points, **amounts}))
    return pd.concat(tables, ignore_index=True)
