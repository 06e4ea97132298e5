"""The figures of an investor brief: what each platform earns, costs and returns at one price of tokens."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from analysis.comparison.head_to_head import workload
from analysis.comparison.token_prices import Offer, offer, offers
from analysis.library.sources import Library
from analysis.library.values import Value, given
from analysis.scenario import Parameters
from analysis.studies.business.economics import Economics, asked_interactivity, economics, utilizations
from analysis.studies.business.returns import Returns, bought
from analysis.studies.procurement.offers import Offer as Capacity

_OF_ROWS = ("throughput_per_gpu", "interactivity", "power_per_gpu", "price_per_gpu_hour", "pue", "gpus")
"""What a brief shows of each platform's row; the other figures it lists as assumptions."""


@dataclass(frozen=True, eq=False)
class Brief:
    """Every platform that serves a scenario's point, with its economics and returns.

    Attributes:
        library: The figures.
        conditions: The scenario.
        seller: Whose price the tokens are sold at.
        price: The mean of that price over the workload, in USD/Mtok.
        loads: The utilization that is asked for, then the ends of the estimate.
        sides: The unit economics, in the library's order.
        owned: The returns on the platforms whose capital is public.
    """

    library: Library
    conditions: Parameters
    seller: Offer
    price: Value
    loads: Sequence[Value]
    sides: Sequence[Economics]
    owned: Sequence[Returns]

    @property
    def lengths(self) -> str:
        """The sequence lengths as the field says them."""
        return workload(self.conditions.input_tokens, self.conditions.output_tokens)

    @property
    def floor(self) -> Value:
        """The interactivity that is asked for at least, in tok/s/user."""
        return asked_interactivity(self.conditions)

    @property
    def load(self) -> Value:
        """The utilization that the results stand at."""
        return self.loads[0]

    @cached_property
    def ends(self) -> tuple[Value, Value]:
        """The lowest and the highest utilization."""
        ranked = sorted(self.loads, key=lambda load: load.number)
        return ranked[0], ranked[-1]

    @cached_property
    def by_key(self) -> dict[str, Economics]:
        """The economics by the platform's key."""
        return {side.platform.key: side for side in self.sides}

    @property
    def pair(self) -> list[Economics]:
        """The subject and the baseline, as far as they serve the point."""
        asked = dict.fromkeys((self.conditions.subject, self.conditions.baseline))
        return [self.by_key[key] for key in asked if key in self.by_key]

    @property
    def best(self) -> Economics:
        """The platform of the highest gross margin."""
        return max(reversed(self.sides), key=lambda side: side["gross_margin"].number)

    @property
    def offers(self) -> list[Offer]:
        """Every provider's newest prices of tokens until the cut-off day."""
        return offers(self.library, self.conditions.as_of)

    def mean_price(self, sold: Offer) -> Value:
        """Return the mean of an offer's prices over the workload, in USD/Mtok."""
        asked = self.conditions
        return sold.blended(asked.input_tokens, asked.output_tokens, asked.cache_hit_rate)

    def owned_at(self, load: Value) -> list[Returns]:
        """Return what an owner gets back at another utilization, in the order of `owned`."""
        sides = [returns.economics.under(utilization=load) for returns in self.owned]
        return bought(self.library, sides, self.conditions.vintage, self.conditions.annual_price_decline)

    @cached_property
    def rests_on(self) -> list[Value]:
        """Everything given that economics and returns rest on."""
        amounts = [*(side.amounts for side in self.sides), *(returns.amounts for returns in self.owned)]
        return given(value for named in amounts for value in named.values())

    @property
    def nil(self) -> list[Value]:
        """What is taken as nothing, for want of a public figure."""
        return [value for value in self.rests_on if value.status == "assumed" and not value.number]

    @property
    def assumptions(self) -> list[Value]:
        """What the results rest on beside the rows, with power and price of capacity, and beside what is nil."""
        nil = self.nil
        return [value for value in self.rests_on if value not in nil and value.quantity.key not in _OF_ROWS]


def brief(library: Library, conditions: Parameters) -> Brief:
    """Return the figures of a brief.

    Args:
        library: The figures.
        conditions: Workload, interactivity, cut-off day, vintage, prices, seller and utilization.

    Raises:
        InputError: No platform serves the point, or the seller has no price.
    """
    seller = offer(library, conditions.token_provider, conditions.token_model, conditions.as_of)
    price = seller.blended(conditions.input_tokens, conditions.output_tokens, conditions.cache_hit_rate)
    loads = utilizations(library, conditions)
    sides = economics(library, conditions, price, loads[0])
    owned = bought(library, sides, conditions.vintage, conditions.annual_price_decline)
    return Brief(library, conditions, seller, price, loads, sides, owned)


def firm_prices(capacity: Iterable[Capacity]) -> dict[str, list[Value]]:
    """Return what is asked for a GPU-hour that cannot be taken back, rising, in USD/GPU/h, by the platform's key."""
    prices: dict[str, list[Value]] = {}
    for asked in capacity:
        if asked.firm and asked.price:
            prices.setdefault(asked.platform.key, []).append(asked.price)
    return {key: sorted(listed, key=lambda price: price.number) for key, listed in prices.items()}
