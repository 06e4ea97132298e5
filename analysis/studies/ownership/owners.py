"""The platforms of a comparison as whoever owns them: what each costs by the hour and by the token."""

from dataclasses import dataclass
from functools import cached_property

from analysis.comparison.head_to_head import HeadToHead
from analysis.comparison.sides import Side
from analysis.library.quantities import quantity
from analysis.library.sources import Library
from analysis.library.values import Status, Value
from analysis.scenario import Parameters
from analysis.studies.ownership.calibration import closing_amounts, elasticities
from analysis.studies.ownership.cost_model import own_values
from analysis.studies.ownership.energy import Site, site_view
from analysis.studies.ownership.finance import sourced_finance
from analysis.studies.ownership.levelized import (
    CAPITAL,
    COST,
    COST_STEPS,
    PRICE,
    THROUGHPUT,
    Ownership,
    Performance,
    levelized_values,
    token_parts,
)
from analysis.studies.ownership.operating_costs import knows_capital, utilization


@dataclass(frozen=True, eq=False)
class Owner:
    """A platform at its operating point, owned."""

    side: Side
    ownership: Ownership  # what its owner pays and what it delivers
    # Whether anybody says what a GPU costs; if not, the capital in `ownership` is nil and nothing that depends on it
    # means anything.
    knows_capital: bool

    @property
    def key(self) -> str:
        """The platform's key."""
        return self.side.platform.key

    @property
    def name(self) -> str:
        """The platform's name in text."""
        return self.side.platform.name

    @cached_property
    def levels(self) -> dict[str, Value]:
        """The inputs and every step to the price of a GPU-hour and the cost of a million tokens, by key."""
        return levelized_values(self.ownership.finance, self.ownership.performance, self.name)

    @property
    def is_system_price(self) -> bool:
        """Whether the capital is the price of systems alone, with an assumption in place of their network."""
        trail = self.levels[CAPITAL].trail()
        return any(value.quantity.key == "network_capital" and value.status is Status.ASSUMED for value in trail)

    @cached_property
    def parts(self) -> dict[str, Value]:
        """What the cost of a million tokens is made of, by part, in USD/Mtok."""
        return token_parts(self.ownership, self.name)

    def site(self, site_power: Value, token_price: Value) -> dict[str, Value]:
        """Return the same as `levels` on to what a site delivers and earns in a year, as `site_view` says."""
        return site_view(self.ownership, Site(site_power=site_power, token_price=token_price), self.name)

    @cached_property
    def elasticities(self) -> dict[str, Value]:
        """By how many percent the cost of a million tokens moves for one percent of each input, by key, exactly."""
        amounts = {key: float(amount) for key, amount in self.ownership.numbers().items()}
        return {
            key: Value(
                pull, quantity("elasticity"), f"{quantity(key).name}, {self.name}", Status.DERIVED,
                inputs={COST: self.levels[COST]},
            )
            for key, pull in elasticities(COST_STEPS, amounts, COST).items()
        }  # fmt: skip

    def closing(self, price: Value) -> dict[str, float | None]:
        """Return what each input alone would have to be for the modeled price to meet another, by key, or None."""
        return closing_amounts(self.ownership.finance, price.number)

    def gap(self, price: Value) -> Value:
        """Return by which share the modeled price is higher than another one of a GPU-hour."""
        modeled = self.levels[PRICE]
        gap = (modeled.number - price.number) / price.number
        return Value(
            gap, quantity("price_gap"), self.name, Status.DERIVED, inputs={"modeled": modeled, "published": price}
        )


def owners(library: Library, pair: HeadToHead) -> dict[str, Owner]:
    """Return both platforms of a comparison, owned under its conditions, by key, the baseline first.

    Every amount is the scenario's own where it states one, else the library's.

    Raises:
        InputError: An own amount cannot be.
    """
    return {side.platform.key: owner(library, pair.conditions, side) for side in pair.sides}


def owner(library: Library, conditions: Parameters, side: Side) -> Owner:
    """Return one platform of a comparison, owned under the conditions.

    Raises:
        InputError: An own amount cannot be, or no power is known.
    """
    hardware, name = side.platform.key, side.platform.name
    own = own_values(library, conditions.finance, hardware)
    is_known = CAPITAL in own or knows_capital(library, hardware)
    if not is_known:
        own[CAPITAL] = Value(0.0, quantity(CAPITAL), name, Status.ASSUMED, note="not known; stands for no amount")
    performance = Performance(
        throughput_per_gpu=side.given[THROUGHPUT], utilization=utilization(library, conditions, name)
    )
    return Owner(side, Ownership(sourced_finance(library, hardware, conditions.vintage, own), performance), is_known)
