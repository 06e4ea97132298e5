"""All that a procurement brief says of a buyer's load: fleets, offers, break-even quotes, and who cannot serve it."""

from dataclasses import dataclass

from analysis.errors import InputError
from analysis.frontier import ANY
from analysis.frontier.constraints import Constraints
from analysis.library.sources import Library
from analysis.library.terms import workloads
from analysis.library.values import Value
from analysis.scenario import Parameters
from analysis.studies.procurement.fleet import Fleet
from analysis.studies.procurement.load import Load, load_of
from analysis.studies.procurement.offers import Offer, offers
from analysis.studies.procurement.options import Option, break_even, option, ranked
from analysis.studies.procurement.service import NOT_MEASURED, Unserved, serving
from analysis.studies.procurement.sizing import fleet


@dataclass(frozen=True, eq=False)
class Brief:
    """A buyer's load on every platform.

    Attributes:
        library: The figures.
        conditions: What the buyer asks.
        load: What is served.
        fleets: The platforms that can, by key.
        unserved: Those that cannot.
        offers: What providers ask for any platform.
        options: The priced offers on platforms that can.
        modeled: Every fleet at the price of the scenario's tier, which nobody offers, by key of the platform.
    """

    library: Library
    conditions: Parameters
    load: Load
    fleets: dict[str, Fleet]
    unserved: tuple[Unserved, ...]
    offers: tuple[Offer, ...]
    options: tuple[Option, ...]
    modeled: dict[str, Option]

    @property
    def ranked(self) -> list[Option]:
        """The firm offers that carry the load within power and budget, the least costly first."""
        return ranked(self.options)

    @property
    def best(self) -> Option | None:
        """The least costly of them; None where there is none."""
        return next(iter(self.ranked), None)

    def cheapest(self, hardware: str) -> Option | None:
        """Return the least costly firm offer on a platform, whether or not power and budget hold it."""
        on_platform = [one for one in self.options if one.firm and one.fleet.platform.key == hardware]
        return min(on_platform, key=lambda one: one.cost_per_month.number, default=None)

    def break_even(self, hardware: str) -> Value | None:
        """Return the price at which a platform costs as much as the best offer on another one, in USD/GPU/h."""
        return break_even(self.fleets[hardware], self.options)


def procure(library: Library, conditions: Parameters, constraints: Constraints = ANY) -> Brief:
    """Return what serves a buyer's load, on every platform and from every provider.

    Args:
        library: The figures.
        conditions: Load, lengths, limits, quotes and vintage.
        constraints: What else the configurations must satisfy.

    Raises:
        InputError: No platform was measured at the buyer's lengths, or the load is stated twice or by half.
    """
    load = load_of(conditions)
    found = {key: serving(library, conditions, key, constraints) for key in library.platforms}
    unserved = tuple(one for one in found.values() if isinstance(one, Unserved))
    if len(unserved) == len(found) and all(one.reason == NOT_MEASURED for one in unserved):
        lengths = ", ".join(f"{first}/{second}" for first, second in workloads(library.benchmark).values())
        raise InputError(
            f"parameters input_tokens and output_tokens: found {conditions.input_tokens}/{conditions.output_tokens}, "
            f"measured are {lengths}; take the nearest, and state input_tokens_per_day and output_tokens_per_day"
        )
    fleets = {
        key: fleet(library, conditions, rows, load) for key, rows in found.items() if not isinstance(rows, Unserved)
    }
    known = offers(library, conditions)
    priced = tuple(
        option(fleets[one.platform.key], one, one.price, load, conditions)
        for one in known
        if one.price is not None and one.platform.key in fleets
    )
    modeled = {
        key: option(one, None, library.price(key, conditions.price_tier, conditions.vintage), load, conditions)
        for key, one in fleets.items()
    }
    return Brief(library, conditions, load, fleets, unserved, known, priced, modeled)
