"""Which inputs of the cost of owning are not certain: the library's ranges, and what a scenario declares."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from analysis.library.quantities import Quoted, quantity
from analysis.library.sources import TIERS
from analysis.library.values import Status, Value
from analysis.scenario import Parameters
from analysis.studies.ownership.cost_model import BASIS
from analysis.studies.ownership.owned_pair import OwnedPair
from analysis.studies.ownership.owners import Owner
from analysis.studies.uncertainty import declarations
from analysis.studies.uncertainty.distributions import Distribution
from analysis.studies.uncertainty.drawn_inputs import drawn_inputs
from analysis.studies.uncertainty.sampling import UncertainInputs
from analysis.studies.uncertainty.sensitivity import Reach

TAILS = (0.05, 0.95)  # the quantiles that stand for the ends of a distribution that has none


@dataclass(frozen=True, eq=False)
class UncertainOwners:
    """What is not certain of the cost of two owned platforms, by the name of the input."""

    owners: Mapping[str, Owner]  # both, by platform, the baseline first
    inputs: UncertainInputs  # what varies, as distributions
    reaches: Mapping[str, Reach]  # how far each may lie from where it is
    sourced: Mapping[str, Value]  # the library's figure whose range it is, of those that no scenario stated
    # The prices that may be paid, in words, the lowest ratio of costs first, each with those prices by platform; None
    # for the modeled ones.
    bases: Mapping[str, Mapping[str, float] | None]

    @property
    def names(self) -> dict[str, str]:
        """The uncertain inputs in words, by name."""
        return {name: self._named(name) for name in self.inputs.distributions}

    def subject(self, name: str) -> str:
        """Return whose input or result it is, in words: a platform's, or both platforms'."""
        platform = name.rpartition(".")[0]
        return self.owners[platform].name if platform else " / ".join(owner.name for owner in self.owners.values())

    def amount(self, name: str, number: float) -> Value | str:
        """Return an amount that an uncertain input may have, with the source of its range; a price in words."""
        key, subject = name.rpartition(".")[2], self.subject(name)
        if key == BASIS:
            return Quoted(list(self.bases)[int(number)])
        if name in self.sourced:
            return replace(self.sourced[name], number=number, subject=subject, formula=None, note="within its range")
        return Value(number, quantity(key), subject, Status.ASSUMED, place="parameter uncertain")

    def _named(self, name: str) -> str:
        platform, _, key = name.rpartition(".")
        if key == BASIS:
            return quantity(key).name
        return f"{quantity(key).name} of {self.subject(name) if platform else 'both'}"


def uncertain_owners(owned: OwnedPair) -> UncertainOwners:
    """Return which inputs are not certain, and how far they may lie from where they are.

    An input is drawn from the distribution that the library states. What the scenario states itself goes before that:
    an amount is certain, a distribution is taken as it is. A shared input is drawn apart where the scenario says
    anything of it for one platform.

    Raises:
        InputError: A distribution or a correlation of the scenario cannot be.
    """
    conditions, owners = owned.pair.conditions, owned.owners
    declared = declarations.distributions(conditions.uncertain, owners)
    together = declarations.correlations(conditions.correlations, owners)
    stated = {*declared, *_certain(conditions)}
    named = {*stated, *(name for tie in together for name in tie.inputs)}
    bases = _bases(owned)
    drawn = [
        each
        for each in drawn_inputs(owned, len(bases), lambda key: any(f"{owner}.{key}" in named for owner in owners))
        if not stated & {each.key, each.name}
    ]
    inputs = UncertainInputs({**{each.name: each.distribution for each in drawn}, **declared}, together)
    reaches = {each.name: _reach(each.distribution, each.figure.status) for each in drawn}
    reaches |= {name: _reach(declared[name]) for name in inputs.varied if name in declared}
    return UncertainOwners(owners, inputs, reaches, {each.name: each.figure for each in drawn}, bases)


def _bases(owned: OwnedPair) -> dict[str, Mapping[str, float] | None]:
    """The prices that may be paid: the modeled one, and unless the scenario states its own every published pair."""
    ratios: dict[str, tuple[float, Mapping[str, float] | None]] = {"modeled": (owned.cost_ratio.number, None)}
    conditions = owned.pair.conditions
    if conditions.baseline_price is None and conditions.subject_price is None and not conditions.finance:
        for (vintage, tier), ratio in owned.standing_cost_ratios.items():
            prices = {key: owned.listed(key, tier, vintage) for key in owned.owners}
            amounts = {key: price.number for key, price in prices.items() if price}
            if all(amounts != known for _, known in ratios.values()):
                ratios[f"{TIERS[tier]}, {vintage}"] = (ratio.number, amounts)
    return {words: amounts for words, (_, amounts) in sorted(ratios.items(), key=lambda each: each[1][0])}


def _certain(conditions: Parameters) -> set[str]:
    """The inputs whose amount the scenario states itself."""
    return set(conditions.finance) | ({"utilization"} if conditions.utilization is not None else set())


def _reach(distribution: Distribution, status: Status = Status.ASSUMED) -> Reach:
    low, high = distribution.support
    if not math.isfinite(high - low):
        low, high = (float(end) for end in distribution.quantile(np.array(TAILS)))
    return Reach(low, high, status)
