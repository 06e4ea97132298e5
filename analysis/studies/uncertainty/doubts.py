"""What is not known for certain of the cost of two owned platforms, and what that makes of their levels and ratio."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from analysis.library.quantities import quantity
from analysis.library.values import Status, Value, counted
from analysis.studies.ownership.calibration import ratio_elasticities
from analysis.studies.ownership.cost_model import BASIS, RATIO, CostModel
from analysis.studies.ownership.owned_pair import OwnedPair
from analysis.studies.uncertainty.sampling import DRAWS, QUANTILES, RANDOMIZATIONS, Sample, propagate
from analysis.studies.uncertainty.sensitivity import sobol_indices, tornado
from analysis.studies.uncertainty.uncertain_owners import UncertainOwners, uncertain_owners

_STILL = 1e-12  # relative: a result that moves no further moves by rounding alone


@dataclass(frozen=True, eq=False)
class Doubts:
    """The cost of two owned platforms, and what of it is not certain."""

    owned: OwnedPair
    model: CostModel
    uncertain: UncertainOwners

    @property
    def seed(self) -> int:
        """The seed of the draws."""
        return self.owned.pair.conditions.seed

    @cached_property
    def sample(self) -> Sample:
        """The results of all draws of the inputs."""
        return propagate(self.model, self.uncertain.inputs, seed=self.seed)

    @property
    def draws(self) -> Value:
        """How many draws there are."""
        return counted(DRAWS * RANDOMIZATIONS, "draws of the uncertain inputs")

    def tornado(self, result: str) -> pd.DataFrame:
        """Return how far each input that moves a result does so by itself, the widest swing first."""
        reaches = dict(self.uncertain.reaches)
        if BASIS in reaches:  # its ends are the prices at which this result is lowest and highest
            by_price = np.asarray(self.model({BASIS: np.arange(len(self.uncertain.bases))})[result])
            low, high = sorted((int(by_price.argmin()), int(by_price.argmax())))
            reaches[BASIS] = replace(reaches[BASIS], low=low, high=high)
        table = tornado(lambda varied: self.model(varied)[result], self.model.base(reaches), reaches)
        return table[table["swing"] > _STILL * table["result"].abs()].reset_index(drop=True)

    def shares(self, result: str) -> dict[str, dict[str, Value]]:
        """Return which share of a result's variance each input makes, the strongest first, by the input's name.

        Of each: `first_order` (by itself), `total` (with the others), and the `_error` of both, as
        `analysis.studies.uncertainty.sensitivity.sobol_indices` gives them.
        """
        table = sobol_indices(self.model, self.uncertain.inputs, result, seed=self.seed).set_index("input")
        of, rests_on = quantity("variance_share"), {"as it stands": self.standing(result)}

        def value(name: str, column: str, share: float) -> Value:
            subject = f"{self.uncertain.names[name]}, {column}"
            return Value(float(share), of, subject, Status.DERIVED, inputs=rests_on)

        return {
            str(name): {column: value(str(name), column, share) for column, share in row.items()}
            for name, row in table.iterrows()
        }

    @cached_property
    def elasticities(self) -> dict[str, Value]:
        """By how many percent the ratio of costs moves for one percent of each input of both, by key, exactly."""
        both = [owner.elasticities for owner in (self.owned.baseline, self.owned.subject)]
        pulls = [{key: value.number for key, value in of_platform.items()} for of_platform in both]
        return {
            key: Value(
                pull,
                quantity("elasticity"),
                f"{quantity(key).name}, {self.uncertain.subject(RATIO)}",
                Status.DERIVED,
                inputs={"of the baseline": both[0][key], "of the subject": both[1][key]},
            )
            for key, pull in ratio_elasticities(*pulls).items()
        }

    @property
    def band(self) -> Value:
        """Which share of the draws lies between the outermost of `QUANTILES`."""
        share = QUANTILES[-1] - QUANTILES[0]
        return Value(share, quantity("probability"), "between the outer quantiles", Status.CHOSEN)

    def quantiles(self, result: str, *probabilities: float) -> list[Value]:
        """Return the amounts that a result does not exceed with each probability, which rise."""
        return [
            self.value(result, estimate.value, f"quantile {probability:g} of the draws")
            for probability, estimate in zip(probabilities, self.sample.quantiles(result, probabilities), strict=True)
        ]

    def value(self, result: str, number: float, note: str = "") -> Value:
        """Return what a result can be otherwise, as a value that rests on what it is now."""
        here = self.standing(result)
        inputs = {"as it stands": here}
        return Value(number, here.quantity, self.uncertain.subject(result), Status.DERIVED, inputs=inputs, note=note)

    def standing(self, result: str) -> Value:
        """Return a result with every input as it stands."""
        platform, _, key = result.rpartition(".")
        return self.owned.owners[platform].levels[key] if platform else self.owned.cost_ratio


def doubts(owned: OwnedPair) -> Doubts | None:
    """Return what is not certain of the cost of two owned platforms; None of one alone, or without its capital.

    Raises:
        InputError: A distribution or a correlation of the scenario cannot be.
    """
    if not owned.is_modeled or len(owned.owners) < 2:
        return None
    conditions = owned.pair.conditions
    ownerships = {platform: owner.ownership for platform, owner in owned.owners.items()}
    uncertain = uncertain_owners(owned)
    model = CostModel(conditions.baseline, conditions.subject, ownerships, tuple(uncertain.bases.values()))
    return Doubts(owned, model, uncertain)
