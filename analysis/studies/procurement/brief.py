"""All that a procurement brief says of a buyer's load: fleets, offers, break-even quotes, and who cannot serve it."""

from dataclasses import dataclass

from analysis.comparison.market import market_level
from analysis.comparison.requests import in_words, request_of
from analysis.comparison.tariff import modeled
from analysis.errors import InputError
from analysis.frontier import ANY
from analysis.frontier.constraints import Constraints
from analysis.library.quantities import workloads
from analysis.library.sources import Library
from analysis.library.values import Value
from analysis.scenario import Parameters
from analysis.studies.procurement.features import Coverage, coverage
from analysis.studies.procurement.fleet import Fleet
from analysis.studies.procurement.load import Load, load_of
from analysis.studies.procurement.offers import Offer, offers, tiered
from analysis.studies.procurement.options import Ceiling, Option, break_even, ceilings, option
from analysis.studies.procurement.service import NOT_MEASURED, NOT_NEAR, Unserved, serving
from analysis.studies.procurement.sizing import fleet


@dataclass(frozen=True, eq=False)
class Brief:
    """A buyer's load on every platform."""

    library: Library
    conditions: Parameters  # what the buyer asks
    load: Load  # what is served
    fleets: dict[str, Fleet]  # the platforms that can, by key
    unserved: tuple[Unserved, ...]  # those that cannot
    offers: tuple[Offer, ...]  # what providers ask for any platform
    options: tuple[Option, ...]  # the priced offers on platforms that can
    # The fleets at the price of the scenario's tier, which nobody offers, by key of the platform; without those of
    # which the vintage has none.
    modeled: dict[str, Option]
    coverage: dict[str, Coverage]  # how well each was measured within the limits, by key of the platform

    @property
    def firm(self) -> list[Option]:
        """The priced offers that nobody may take back, within the limits or beyond."""
        return [option for option in self.options if option.firm]

    @property
    def lengths(self) -> str:
        """The sequence lengths as the field says them, such as 1k/1k."""
        return in_words(request_of(self.conditions))

    def cheapest(self, hardware: str) -> Option | None:
        """Return the least costly firm offer on a platform, whether or not power and budget hold it."""
        on_platform = [option for option in self.firm if option.fleet.platform.key == hardware]
        return min(on_platform, key=lambda option: option.cost_per_month.number, default=None)

    def limits(self, hardware: str) -> tuple[Ceiling, ...]:
        """Return what power and budget leave room for on a platform, at the least price asked or else modeled."""
        priced = self.cheapest(hardware) or self.modeled.get(hardware)
        return priced.limits if priced else ceilings(self.fleets[hardware], self.load, self.conditions, None)

    def break_even(self, hardware: str) -> Value | None:
        """Return the price at which a platform costs as much as the best offer on another one, in USD/GPU/h.

        Of a platform that is not measured enough that is a lower bound, as if it did no more than the older one that
        outdoes it; None where none does.
        """
        coverage = self.coverage[hardware]
        if not coverage.doubts:
            return break_even(self.fleets[hardware], self.options)
        return break_even(coverage.better, self.options) if coverage.better else None


def procure(library: Library, conditions: Parameters, constraints: Constraints = ANY) -> Brief:
    """Return what serves a buyer's load, on every platform and from every provider.

    Raises:
        InputError: No platform was measured at the buyer's lengths, or the load is stated twice or by half.
    """
    load = load_of(conditions)
    served = {key: serving(library, conditions, key, constraints) for key in library.platforms}
    unserved = tuple(rows for rows in served.values() if isinstance(rows, Unserved))
    if all(platform.reason in (NOT_MEASURED, NOT_NEAR) for platform in unserved) and len(unserved) == len(served):
        raise _outside(library, conditions)
    fleets = {
        key: fleet(library, conditions, rows, load) for key, rows in served.items() if not isinstance(rows, Unserved)
    }
    asked = offers(library, conditions)
    kept = {key: rows for key, rows in served.items() if not isinstance(rows, Unserved)}
    covered = coverage(library, conditions, fleets, kept)
    priced = tuple(
        option(fleets[key], offer, price, load, conditions, not covered[key].doubts)
        for offer in asked
        for key in [offer.platform.key]
        if key in fleets and (price := tiered(conditions, offer, fleets[key].gpus.number))
    )
    tier, vintage = conditions.price_tier, conditions.vintage
    prices = {key: library.known_price(key, tier, vintage) for key in fleets}
    by_tier = {key: option(fleets[key], None, price, load, conditions) for key, price in prices.items() if price}
    return Brief(library, conditions, load, fleets, unserved, asked, priced, by_tier, covered)


def _outside(library: Library, conditions: Parameters) -> InputError:
    """Return which lengths are measured, and which region a model of others answers for."""
    told = []
    for key in library.with_rows:
        try:
            modeled(library, conditions, key, request_of(conditions))
        except InputError as error:
            told.append(str(error))
    lengths = ", ".join(f"{first}/{second}" for first, second in workloads(library.benchmark).values())
    regions = [words for words in told if "region" in words and "outside" in words]
    return InputError(
        f"parameters input_tokens and output_tokens: found {in_words(request_of(conditions))}; measured are "
        f"{lengths}, and nothing is modeled there: {max(regions or told, key=len)}"
    )


@dataclass(frozen=True)
class Variation:
    """The brief under one other condition."""

    change: str
    brief: Brief


def variations(brief: Brief) -> list[Variation]:
    """Return the brief under other conditions, one changed at a time; those that hold already are left out."""
    asked = brief.conditions
    load = {"tokens_per_day", "input_tokens_per_day", "output_tokens_per_day", "concurrent_users"}
    loads = {name: value for name in load if (value := getattr(asked, name)) is not None}
    other_purchase = "deployments" if asked.purchase == "systems" else "systems"
    changes = {
        "Twice the load": {name: 2 * value for name, value in loads.items()},
        "Half the load": {name: value / 2 for name, value in loads.items()},
        "No peak: the load is even": {"peak_factor": 1.0, "day_shape": None, "hourly_load": [], "batch_share": 0.0},
        "Half the interactivity": {"minimum_interactivity": asked.minimum_interactivity / 2},
        "Half as much interactivity again": {"minimum_interactivity": 1.5 * asked.minimum_interactivity},
        "The interactivity that the middle of the market is served at": {
            "minimum_interactivity": market_level(brief.library).number
        },
        "No limit of the time to first token": {"maximum_ttft_median": None, "maximum_ttft_p99": None},
        "GPUs of deployments are paid, not whole systems"
        if other_purchase == "deployments"
        else "Whole systems are paid": {"purchase": other_purchase},
    }
    of_load = [
        Variation(change, procure(brief.library, asked.model_copy(update=update)))
        for change, update in changes.items()
        if any(getattr(asked, name) != value for name, value in update.items())
    ]
    software = {
        "FP8 alone": Constraints(precisions=("fp8",)),
        "No MTP": Constraints(speculative_decoding=("none",)),
        "Aggregated serving alone": Constraints(disaggregated=False),
    }
    return of_load + [
        Variation(change, procure(brief.library, asked, constraints)) for change, constraints in software.items()
    ]
