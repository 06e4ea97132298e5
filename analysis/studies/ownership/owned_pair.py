"""Two platforms of a comparison, each as whoever owns it, beside what is published of their prices."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from typing import Any

from analysis import formulas
from analysis.comparison.advantage import Advantage, advantage
from analysis.comparison.head_to_head import HeadToHead, compare
from analysis.comparison.metrics import ratio
from analysis.library.choices import choice, choices
from analysis.library.sources import TIERS, Library
from analysis.library.values import Status, Value, calculate
from analysis.scenario import Parameters
from analysis.studies.ownership.levelized import COST, PRICE, THROUGHPUT
from analysis.studies.ownership.operating_costs import Range, fleet_utilization
from analysis.studies.ownership.owners import Owner, owner, owners


@dataclass(frozen=True, eq=False)
class OwnedPair:
    """A comparison whose platforms are owned."""

    library: Library
    pair: HeadToHead
    owners: Mapping[str, Owner]

    @property
    def baseline(self) -> Owner:
        """The platform whose cost is divided."""
        return self.owners[self.pair.conditions.baseline]

    @property
    def subject(self) -> Owner:
        """The platform by whose cost it is divided."""
        return self.owners[self.pair.conditions.subject]

    @property
    def with_capital(self) -> dict[str, Owner]:
        """The platforms of which a capital is known, by key: what rests on it is modeled for them alone."""
        return {key: owner for key, owner in self.owners.items() if owner.knows_capital}

    @property
    def without_capital(self) -> list[str]:
        """The names of those of which none is known."""
        return [owner.name for owner in self.owners.values() if not owner.knows_capital]

    @property
    def is_modeled(self) -> bool:
        """Whether a capital is known of both, so that their modeled costs can be compared."""
        return not self.without_capital

    @cached_property
    def curves(self) -> Advantage:
        """Both platforms along the curves through their rows, at the scenario's prices."""
        return advantage(self.library, self.pair.conditions)

    @property
    def cost_ratio(self) -> Value:
        """How many times the cost of a million tokens of the subject that of the baseline is, as modeled."""
        before, after = self.baseline.levels[COST], self.subject.levels[COST]
        return ratio(COST, before, after)

    @property
    def prices(self) -> dict[str, Value]:
        """The prices of a GPU-hour that the comparison stands on, by platform, in USD/GPU/h."""
        return {side.platform.key: side.given[PRICE] for side in self.pair.sides}

    @property
    def price_words(self) -> dict[str, str]:
        """What these prices are, in words, by platform."""
        tier = TIERS[self.pair.conditions.price_tier]
        return {
            key: f"the price of {tier}" if price.sources else "the scenario’s own price"
            for key, price in self.prices.items()
        }

    @cached_property
    def listed_cost_ratios(self) -> dict[tuple[str, str], Value]:
        """The ratio of costs at the measured rows, by vintage and tier, wherever both have a published price."""
        ratios = {}
        for vintage, tier in product(self.library.vintages, TIERS):
            before, after = (self._listed_cost(side, tier, vintage) for side in (self.baseline, self.subject))
            if before and after:
                ratios[vintage, tier] = ratio(COST, before, after)
        return ratios

    @property
    def standing_cost_ratios(self) -> dict[tuple[str, str], Value]:
        """Those at prices that their source has not corrected since."""
        return {
            key: listed for key, listed in self.listed_cost_ratios.items() if Status.CORRECTED not in listed.cautions
        }

    @property
    def fleet_utilization(self) -> Range:
        """What the library knows of the utilization of a serving fleet, whichever of the two it is made of."""
        both = " / ".join(self.pair.names.values())
        return fleet_utilization(self.library, both)

    @property
    def utilizations(self) -> list[Value]:
        """The low end, the middle and the high end of that."""
        return self.fleet_utilization.spread

    @property
    def service_levels(self) -> list[Value]:
        """The interactivities at which costs are compared, the scenario's own among them, the slowest first."""
        levels = [*choices("interactivity", "compared service level"), self.pair.floor]
        return sorted({level.number: level for level in levels}.values(), key=lambda level: level.number)

    def listed(self, platform: str, tier: str, vintage: str = "") -> Value | None:
        """Return a published price of a GPU-hour, in USD/GPU/h; None where the vintage has none."""
        return self.library.known_price(platform, tier, vintage or self.pair.conditions.vintage)

    def in_vintage(self, platform: str, vintage: str) -> Owner | None:
        """Return a platform owned with its power of another vintage; None where that has none."""
        if self.library.known_power(platform, vintage) is None:
            return None
        conditions = self.pair.conditions.model_copy(update={"vintage": vintage})
        return owner(self.library, conditions, self.owners[platform].side)

    def _listed_cost(self, owner: Owner, tier: str, vintage: str) -> Value | None:
        price, throughput = self.listed(owner.key, tier, vintage), owner.side.given[THROUGHPUT]
        formula = formulas.cost_per_million_tokens
        return price and calculate(formula, price_per_gpu_hour=price, throughput_per_gpu=throughput)

    def sites(self, token_price: Value) -> dict[str, dict[str, Value]]:
        """Return what a megawatt of each delivers and earns in a year, by platform, as `Owner.site` has it."""
        return {key: owner.site(site_power(), token_price) for key, owner in self.owners.items()}

    def under(self, **changes: Any) -> "OwnedPair":
        """Return the same platforms at the same points and published prices, owned under other conditions."""
        changed = replace(self.pair, conditions=self.pair.conditions.model_copy(update=changes))
        return OwnedPair(self.library, changed, owners(self.library, changed))


def owned_pair(library: Library, conditions: Parameters) -> OwnedPair:
    """Return the two platforms of a scenario, owned.

    Raises:
        InputError: A platform was not measured under these conditions, or an own amount cannot be.
    """
    pair = compare(library, conditions)
    return OwnedPair(library, pair, owners(library, pair))


def site_power() -> Value:
    """Return the power of the site that is looked at, in MW."""
    return choice("site_power", "unit economics")
