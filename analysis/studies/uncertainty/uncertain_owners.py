"""Which inputs of the cost of owning are not certain: the library's ranges, and what a scenario declares."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from analysis.library.quantities import quantity
from analysis.library.sources import Library
from analysis.library.values import Status, Value
from analysis.scenario import Parameters
from analysis.studies.ownership.operating_costs import (
    Range,
    capital_per_gpu,
    fleet_utilization,
    knows_capital,
    operating_cost,
)
from analysis.studies.ownership.owners import Owner
from analysis.studies.uncertainty import own_inputs
from analysis.studies.uncertainty.distributions import Distribution, Triangular
from analysis.studies.uncertainty.sampling import UncertainInputs
from analysis.studies.uncertainty.sensitivity import Reach

COMMON = ("electricity_price",)
"""The inputs that are one and the same for both: they stand at one site."""

TAILS = (0.05, 0.95)
"""The quantiles that stand for the ends of a distribution that has none."""


@dataclass(frozen=True, eq=False)
class UncertainOwners:
    """What is not certain of the cost of two owned platforms, by the name of the input.

    Attributes:
        owners: Both, by platform, the baseline first.
        inputs: What varies, as distributions.
        reaches: How far each may lie from where it is.
        sourced: The library's figure whose range it is, of those that no scenario stated.
    """

    owners: Mapping[str, Owner]
    inputs: UncertainInputs
    reaches: Mapping[str, Reach]
    sourced: Mapping[str, Value]

    @property
    def names(self) -> dict[str, str]:
        """The uncertain inputs in words, by name."""
        return {name: self._named(name) for name in self.inputs.distributions}

    def subject(self, name: str) -> str:
        """Return whose input or result it is, in words: a platform's, or both platforms'."""
        platform = name.rpartition(".")[0]
        return self.owners[platform].name if platform else " / ".join(owner.name for owner in self.owners.values())

    def amount(self, name: str, number: float) -> Value:
        """Return an amount that an uncertain input may have, with the source of its range.

        Args:
            name: Of the input.
            number: In the input's unit.
        """
        key, subject = name.rpartition(".")[2], self.subject(name)
        if name in self.sourced:
            return replace(self.sourced[name], number=number, subject=subject, formula=None, note="within its range")
        return Value(number, quantity(key), subject, Status.ASSUMED, place="parameter uncertain")

    def _named(self, name: str) -> str:
        platform, _, key = name.rpartition(".")
        return f"{quantity(key).name} of {self.subject(name) if platform else 'both'}"


def uncertain_owners(library: Library, conditions: Parameters, owners: Mapping[str, Owner]) -> UncertainOwners:
    """Return which inputs are not certain, and how far they may lie from where they are.

    An input that the library gives a range for may lie anywhere in it, likeliest where it is now (triangular). What
    the scenario states itself goes before that: an amount is certain, a distribution is taken as it is.

    Args:
        library: The figures.
        conditions: The scenario.
        owners: Its platforms, by key.

    Raises:
        InputError: A distribution or a correlation of the scenario cannot be.
    """
    declared = own_inputs.distributions(conditions.uncertain, owners)
    sourced = dict(_sourced(library, owners, {*declared, *_certain(conditions)}))
    triangles: dict[str, Distribution] = {name: Triangular(*ends) for name, (_, ends) in sourced.items()}
    reaches = {name: Reach(ends[0], ends[-1], value.status) for name, (value, ends) in sourced.items()}
    together = own_inputs.correlations(conditions.correlations, owners)
    inputs = UncertainInputs({**triangles, **declared}, together)
    reaches |= {name: _reach(declared[name]) for name in inputs.varied if name in declared}
    return UncertainOwners(owners, inputs, reaches, {name: value for name, (value, _) in sourced.items()})


def _certain(conditions: Parameters) -> set[str]:
    """The inputs whose amount the scenario states itself."""
    return set(conditions.finance) | ({"utilization"} if conditions.utilization is not None else set())


def _sourced(
    library: Library, owners: Mapping[str, Owner], stated: set[str]
) -> Iterator[tuple[str, tuple[Value, tuple[float, float, float]]]]:
    """What the library gives a range for and the scenario is silent on: figure, low end, where it is, high end."""
    for platform, owner in owners.items():
        for key, sourced in sourced_ranges(library, platform).items():
            name = key if key in COMMON else f"{platform}.{key}"
            own = {f"{either}.{key}" for either in owners} if key in COMMON else {name}
            here = owner.levels[key].number
            low, high = min(sourced.low, here), max(sourced.high, here)
            if low < high and not stated & {key, *own}:
                yield name, (sourced.value, (low, here, high))


def _reach(distribution: Distribution) -> Reach:
    low, high = distribution.support
    if not math.isfinite(high - low):
        low, high = (float(end) for end in distribution.quantile(np.array(TAILS)))
    return Reach(low, high, Status.ASSUMED)


def sourced_ranges(library: Library, hardware: str) -> dict[str, Range]:
    """Return the inputs that the library gives a range for, by key; that of power is over the vintages.

    The capital is among them where the library knows it.
    """
    name = library.platform(hardware).name
    powers = [power for vintage in library.vintages if (power := library.known_power(hardware, vintage))]
    low, high = (end(power.number for power in powers) for end in (min, max))
    capital = {"capital_per_gpu": capital_per_gpu(library, hardware)} if knows_capital(library, hardware) else {}
    return capital | {
        "power_per_gpu": Range(powers[-1], low, high),
        "electricity_price": operating_cost(library, "electricity_price", "United States industrial", name),
        "utilization": fleet_utilization(library, name),
    }
