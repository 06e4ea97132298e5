"""The figures of an investor brief: what each platform earns, costs and returns at one price of tokens."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

from analysis.comparison.head_to_head import workload
from analysis.comparison.requests import floor
from analysis.comparison.token_prices import Offer, offer, offers
from analysis.errors import InputError
from analysis.library.quantities import OWN_PRICE
from analysis.library.sources import TIERS, Library
from analysis.library.values import Value, given
from analysis.scenario import Parameters
from analysis.studies.business.cash_flows import falling
from analysis.studies.business.economics import Economics, economics, utilizations
from analysis.studies.business.returns import Returns, bought
from analysis.studies.procurement.offers import Offer as Capacity
from analysis.studies.procurement.offers import offers as capacity

LOWEST_LIST, HIGHEST_LIST = "lowest public list", "highest public list"
_OF_ROWS = ("throughput_per_gpu", "interactivity", "power_per_gpu", "price_per_gpu_hour", "pue", "gpus")
"""What a brief shows of each platform's row; the other figures it lists as assumptions."""
_TIERS = ("hyperscaler", "rental_3yr")
_LISTS = {LOWEST_LIST: 0, HIGHEST_LIST: -1}  # which of the rising public prices


@dataclass(frozen=True, eq=False)
class Brief:
    """Every platform that serves a scenario's point, with its economics and returns."""

    library: Library
    asked: Parameters
    conditions: Parameters  # as asked; where the seller's price is for a slower service, at the speed of that service
    seller: Offer  # whose price the tokens are sold at
    price: Value  # the mean of that price over the workload, in USD/Mtok
    loads: Sequence[Value]  # the utilization that is asked for, then the ends of the estimate
    sides: Sequence[Economics]  # the unit economics, in the library's order
    owned: Sequence[Returns]  # the returns on the platforms whose capital is public

    @property
    def lengths(self) -> str:
        """The sequence lengths as the field says them."""
        return workload(self.conditions.input_tokens, self.conditions.output_tokens)

    @property
    def floor(self) -> Value:
        """The interactivity that all stands at or above, in tok/s/user: as asked, of a slower seller its own."""
        return _speed(self.seller, self.asked) or self.floor_asked

    @property
    def floor_asked(self) -> Value:
        """The interactivity that the scenario asks for at least, in tok/s/user."""
        return floor(self.asked, "the service")

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

    @cached_property
    def tiers(self) -> dict[str, dict[str, Value]]:
        """What a GPU-hour costs in each tier, in USD/GPU/h: by the tier's name, then by the platform's key.

        That of the scenario comes first, then what a large owner bears, what a tenant of three years pays, and the
        lowest and the highest that is publicly asked for GPUs that nobody takes back.
        """
        asked, listed = self.conditions, firm_prices(capacity(self.library, self.asked))
        names = {tier: str(TIERS[tier]) for tier in dict.fromkeys((asked.price_tier, *_TIERS))}
        own = {key: side["price_per_gpu_hour"] for key, side in self.by_key.items()}
        stated = {key: price for key, price in own.items() if price.kinds["price"] == OWN_PRICE}
        known = {
            name: {key: price for key in own if (price := self.library.known_price(key, tier, asked.vintage))}
            for tier, name in names.items()
        }
        lists = {name: {key: listed[key][end] for key in own if key in listed} for name, end in _LISTS.items()}
        return {name: prices for name, prices in ({OWN_PRICE: stated} | known | lists).items() if prices}

    def margin_in(self, tier: str, side: Economics) -> Value | None:
        """Return the gross margin of a platform where a GPU-hour costs what a tier says; None where it has none."""
        price = self.tiers[tier].get(side.platform.key)
        return side.under(price_per_gpu_hour=price)["gross_margin"] if price else None

    @cached_property
    def offers(self) -> list[Offer]:
        """Every provider's newest prices of tokens until the cut-off day."""
        return offers(self.library, self.conditions.as_of)

    def mean_price(self, sold: Offer) -> Value:
        """Return the mean of an offer's prices over the workload, in USD/Mtok."""
        return _mean_price(sold, self.asked)

    def sold_by(self, other: Offer) -> "Brief | None":
        """Return the same at another offer, where its price may be used; None where no platform serves that."""
        with suppress(InputError):
            return self if other == self.seller else _sold(self.library, self.asked, other)
        return None

    def meets_the_floor(self, sold: Offer) -> bool:
        """Return whether an offer's price is for a service that is known to be as fast as asked for."""
        return sold.interactivity is not None and sold.interactivity.number >= self.floor_asked.number

    def owned_at(self, load: Value) -> list[Returns]:
        """Return what an owner gets back at another utilization, in the order of `owned`."""
        sides = [returns.economics.under(utilization=load) for returns in self.owned]
        return self.owned_by(sides, self.conditions.annual_price_decline)

    def owned_by(self, sides: Iterable[Economics], annual_price_decline: float) -> list[Returns]:
        """Return what an owner gets back on platforms while the token price falls by another share each year."""
        path, asked = falling(annual_price_decline), self.conditions
        return bought(self.library, sides, asked.vintage, path, asked.finance)

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
    """Return the figures of a brief; where the seller's price is for a slower service, they stand at that.

    Raises:
        InputError: No platform serves the point, or the seller has no price.
    """
    seller = offer(library, conditions.token_provider, conditions.token_model, conditions.as_of)
    return _sold(library, conditions, seller)


def firm_prices(asked_for: Iterable[Capacity]) -> dict[str, list[Value]]:
    """Return what is asked for a GPU-hour that cannot be taken back, rising, in USD/GPU/h, by the platform's key."""
    prices: dict[str, list[Value]] = {}
    for asked in asked_for:
        if asked.firm and asked.price:
            prices.setdefault(asked.platform.key, []).append(asked.price)
    return {key: sorted(listed, key=lambda price: price.number) for key, listed in prices.items()}


def _sold(library: Library, asked: Parameters, seller: Offer) -> Brief:
    slower = _speed(seller, asked)
    conditions = asked.model_copy(update={"minimum_interactivity": slower.number} if slower else {})
    price, loads = _mean_price(seller, conditions), utilizations(library, conditions)
    sides = economics(library, conditions, price, loads[0])
    path = falling(conditions.annual_price_decline)
    owned = bought(library, sides, conditions.vintage, path, conditions.finance)
    return Brief(library, asked, conditions, seller, price, loads, sides, owned)


def _speed(sold: Offer, asked: Parameters) -> Value | None:
    """How fast an offer's tokens come, where that is slower than asked for: its price is for no other service."""
    speed = sold.interactivity
    return speed if speed and speed.number < asked.minimum_interactivity else None


def _mean_price(sold: Offer, asked: Parameters) -> Value:
    return sold.blended(asked.input_tokens, asked.output_tokens, asked.cache_hit_rate)
