"""What is not known for certain of the cost of two owned platforms, and what that makes of their levels and ratio."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from analysis import own_inputs
from analysis.cost_model import RATIO, CostModel
from analysis.distributions import Distribution, Fixed, Triangular
from analysis.head_to_head import HeadToHead
from analysis.operating_costs import sourced_ranges
from analysis.owners import Owner, amounts
from analysis.quantities import quantity
from analysis.sampling import UncertainInputs
from analysis.scenario import Parameters
from analysis.sensitivity import Reach, tornado
from analysis.sources import Library
from analysis.uncertainty import DRAWS, RANDOMIZATIONS, Sample, propagate
from analysis.values import Status, Value, counted
from analysis.variance import sobol_indices

COMMON = ("electricity_price",)
"""The inputs that are one and the same for both: they stand at one site."""

TAILS = (0.05, 0.95)
"""The quantiles that stand for the ends of a distribution that has none."""


@dataclass(frozen=True, eq=False)
class Doubts:
    """The cost of two owned platforms, and what of it is not certain.

    Attributes:
        model: Of the cost, with the inputs where they are.
        owners: Both platforms, by key.
        reaches: How far each uncertain input may lie from where it is, by name.
        inputs: The same as distributions.
        seed: Of the draws.
    """

    model: CostModel
    owners: Mapping[str, Owner]
    reaches: Mapping[str, Reach]
    inputs: UncertainInputs
    seed: int

    @cached_property
    def sample(self) -> Sample:
        """The results of all draws of the inputs."""
        return propagate(self.model, self.inputs, seed=self.seed)

    @property
    def draws(self) -> Value:
        """How many draws there are."""
        return counted(DRAWS * RANDOMIZATIONS, "draws of the uncertain inputs")

    def tornado(self, result: str) -> pd.DataFrame:
        """Return how far each input that moves a result does so by itself, the widest swing first."""
        base = self.model.base(self.reaches)
        table = tornado(lambda varied: self.model(varied)[result], base, self.reaches)
        return table[table["swing"] > 0].reset_index(drop=True)

    def indices(self, result: str) -> pd.DataFrame:
        """Return which share of a result's variance each input makes, the strongest first."""
        return sobol_indices(self.model, self.inputs, result, seed=self.seed)

    def quantile(self, result: str, probability: float) -> Value:
        """Return the amount that a result does not exceed with a probability."""
        (found,) = self.sample.quantiles(result, (probability,))
        return self.value(result, found.value, f"quantile {probability:g} of the draws")

    def probability_above(self, result: str, threshold: Value) -> tuple[Value, Value]:
        """Return how probable it is that a result exceeds a threshold, and the standard error of the sampling."""
        found = self.sample.probability_above(result, threshold.number)
        probable = Value(
            found.value, quantity("probability"), f"{self.subject(result)} above {threshold.show()}", Status.DERIVED,
            inputs={**self._given, "threshold": threshold},
        )  # fmt: skip
        error = Value(found.standard_error, quantity("probability"), f"error of {probable.subject}", Status.DERIVED)
        return probable, error

    def value(self, result: str, number: float, note: str = "") -> Value:
        """Return a number of a result as a value that rests on all inputs.

        Args:
            result: Its name.
            number: In the result's unit.
            note: How it came about.
        """
        key = "ratio" if result == RATIO else result.rpartition(".")[2]
        return Value(number, quantity(key), self.subject(result), Status.DERIVED, inputs=self._given, note=note)

    def subject(self, result: str) -> str:
        """Return whose result it is, in words."""
        platform = result.rpartition(".")[0]
        if platform:
            return self.owners[platform].name
        return " / ".join(self.owners[key].name for key in (self.model.baseline, self.model.subject))

    @cached_property
    def _given(self) -> dict[str, Value]:
        return amounts(self.owners)


def doubts(library: Library, pair: HeadToHead, owners: Mapping[str, Owner]) -> Doubts:
    """Return what is not certain of the cost of two owned platforms.

    An input that the library gives a range for may lie anywhere in it, likeliest where it is now (triangular). What
    the scenario states itself goes before that: an amount is certain, a distribution is taken as it is.

    Args:
        library: The figures.
        pair: The comparison.
        owners: Its platforms, owned, both with a known capital.

    Raises:
        InputError: A distribution or a correlation of the scenario cannot be.
    """
    conditions = pair.conditions
    model = CostModel(
        conditions.baseline, conditions.subject, {platform: owner.ownership for platform, owner in owners.items()}
    )
    declared = own_inputs.distributions(conditions.uncertain, owners)
    reaches = dict(_sourced(library, owners, {*declared, *_certain(conditions)}))
    known: dict[str, Distribution] = {
        name: Triangular(reach.low, model.base([name])[name], reach.high) for name, reach in reaches.items()
    }
    ends = {name: _reach(one) for name, one in declared.items() if not isinstance(one, Fixed)}
    together = own_inputs.correlations(conditions.correlations, owners)
    return Doubts(model, owners, reaches | ends, UncertainInputs({**known, **declared}, together), conditions.seed)


def _certain(conditions: Parameters) -> set[str]:
    """The inputs whose amount the scenario states itself."""
    return set(conditions.finance) | ({"utilization"} if conditions.utilization is not None else set())


def _sourced(library: Library, owners: Mapping[str, Owner], stated: set[str]) -> Iterator[tuple[str, Reach]]:
    """The ranges of the library, by input, for all that the scenario does not state for this platform or for both."""
    for platform, owner in owners.items():
        for key, found in sourced_ranges(library, platform).items():
            name = key if key in COMMON else f"{platform}.{key}"
            own = {f"{one}.{key}" for one in owners} if key in COMMON else {name}
            here = owner.levels[key].number
            low, high = min(found.low, here), max(found.high, here)
            if low < high and not stated & {key, *own}:
                yield name, Reach(low, high, found.value.status)


def _reach(one: Distribution) -> Reach:
    low, high = one.support
    if not math.isfinite(high - low):
        low, high = (float(end) for end in one.quantile(np.array(TAILS)))
    return Reach(low, high, Status.ASSUMED)
