"""Where a provider's margin is made: list prices of input, cached and output tokens beside what each kind costs."""

from contextlib import suppress
from dataclasses import dataclass

from analysis import formulas
from analysis.comparison.tariff import Tariff, tariff
from analysis.comparison.token_prices import Offer, offers
from analysis.errors import InputError
from analysis.library.models import same_model
from analysis.library.sources import Library
from analysis.library.values import Value, calculate
from analysis.scenario import Parameters

INPUT, HIT, OUTPUT = "price_of_cache_miss", "price_of_cache_hit", "output_token_price"
UNLIKE = ("tokens", "workload")  # a price is of a provider's tokens, a cost of a workload's


@dataclass(frozen=True, eq=False)
class Kinds:
    """A provider's list prices beside the modeled costs on one platform, at the speed that the provider states."""

    offer: Offer
    tariff: Tariff

    @property
    def input_margin(self) -> Value:
        """Margin on computed input tokens, as a share of their price."""
        return self._margin(INPUT, self.tariff.input_cost)

    @property
    def output_margin(self) -> Value:
        """Margin on output tokens, as a share of their price."""
        return self._margin(OUTPUT, self.tariff.output_cost)

    @property
    def subsidy(self) -> str:
        """Which kind of tokens pays for which, in words."""
        on_input, on_output = self.input_margin.number, self.output_margin.number
        if min(on_input, on_output) >= 0:
            return "each for itself"
        if max(on_input, on_output) < 0:
            return "both sell at a loss"
        part = "" if self._is_covered else "part of "
        return f"input pays for {part}output" if on_input > on_output else f"output pays for {part}input"

    @property
    def _is_covered(self) -> bool:
        """Whether the list prices of a whole request are at least what it costs."""
        request = self.tariff.request
        asked = self.offer.blended(int(request.input_tokens), int(request.output_tokens), request.cache_hit_rate)
        return asked.number >= self.tariff.cost.number

    def _margin(self, kind: str, cost: Value) -> Value:
        return calculate(
            formulas.gross_margin, mixing=UNLIKE, token_price=self.offer.prices[kind], cost_per_million_tokens=cost
        )


def kinds(library: Library, conditions: Parameters) -> list[Kinds]:
    """Return every offer of the library's model whose speed is stated, on each platform that is compared."""
    listed = [
        offer
        for offer in offers(library, conditions.as_of)
        if offer.interactivity and same_model(offer.model, library.model)
    ]
    sides = dict.fromkeys([conditions.baseline, conditions.subject])
    return [
        Kinds(offer, known)
        for offer in listed
        for hardware in sides
        if (known := _tariff(library, conditions, hardware, offer.interactivity))
    ]


def _tariff(library: Library, conditions: Parameters, hardware: str, speed: Value | None) -> Tariff | None:
    with suppress(InputError):  # nobody knows a tariff there, or there is no price
        return tariff(library, conditions, hardware, interactivity=speed.number if speed else None)
    return None
