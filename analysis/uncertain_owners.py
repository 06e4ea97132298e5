"""Which inputs of the cost of owning are not certain: the library's ranges, and what a scenario declares."""

import math
from collections.abc import Iterator, Mapping

import numpy as np

from analysis import own_inputs
from analysis.distributions import Distribution, Fixed, Triangular
from analysis.operating_costs import sourced_ranges
from analysis.owners import Owner
from analysis.sampling import UncertainInputs
from analysis.scenario import Parameters
from analysis.sensitivity import Reach
from analysis.sources import Library
from analysis.values import Status

COMMON = ("electricity_price",)
"""The inputs that are one and the same for both: they stand at one site."""

TAILS = (0.05, 0.95)
"""The quantiles that stand for the ends of a distribution that has none."""


def uncertain_owners(
    library: Library, conditions: Parameters, owners: Mapping[str, Owner]
) -> tuple[dict[str, Reach], UncertainInputs]:
    """Return how far each uncertain input may lie from where it is, and the same as distributions, by name.

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
    sourced = list(_sourced(library, owners, {*declared, *_certain(conditions)}))
    known: dict[str, Distribution] = {name: Triangular(one.low, here, one.high) for name, here, one in sourced}
    reaches = {name: one for name, _, one in sourced}
    reaches |= {name: _reach(one) for name, one in declared.items() if not isinstance(one, Fixed)}
    together = own_inputs.correlations(conditions.correlations, owners)
    return reaches, UncertainInputs({**known, **declared}, together)


def _certain(conditions: Parameters) -> set[str]:
    """The inputs whose amount the scenario states itself."""
    return set(conditions.finance) | ({"utilization"} if conditions.utilization is not None else set())


def _sourced(library: Library, owners: Mapping[str, Owner], stated: set[str]) -> Iterator[tuple[str, float, Reach]]:
    """Each range of the library, with the input's name and where it is, that the scenario does not speak of."""
    for platform, owner in owners.items():
        for key, found in sourced_ranges(library, platform).items():
            name = key if key in COMMON else f"{platform}.{key}"
            own = {f"{one}.{key}" for one in owners} if key in COMMON else {name}
            here = owner.levels[key].number
            low, high = min(found.low, here), max(found.high, here)
            if low < high and not stated & {key, *own}:
                yield name, here, Reach(low, high, found.value.status)


def _reach(one: Distribution) -> Reach:
    low, high = one.support
    if not math.isfinite(high - low):
        low, high = (float(end) for end in one.quantile(np.array(TAILS)))
    return Reach(low, high, Status.ASSUMED)
