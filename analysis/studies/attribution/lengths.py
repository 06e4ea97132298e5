"""What tokens and requests of any lengths cost on the platforms that a reader weighs: by the two-part tariff."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from analysis.comparison.contenders import contender
from analysis.comparison.row_for import first_token
from analysis.comparison.tariff import Tariff, tariff
from analysis.errors import InputError
from analysis.frontier.tariff import Request
from analysis.library.choices import choice, choices
from analysis.library.sources import Library
from analysis.library.values import Value
from analysis.scenario import Parameters
from analysis.studies.attribution.left_out import LeftOut, left_out

AGENT = "agent's request"
LEVELS = "price of a token"
COST = "cost_per_million_tokens"


@dataclass(frozen=True, eq=False)
class OwnLengths:
    """The two-part tariff of several platforms, and how wrong such models are."""

    library: Library
    conditions: Parameters

    @cached_property
    def left_out(self) -> list[LeftOut]:
        """Every stack of two workloads or more, with what each model misses when one is left out."""
        try:
            return left_out(self.library, self.conditions.as_of)
        except InputError:  # no stack was measured at two workloads
            return []

    @cached_property
    def levels(self) -> list[Value]:
        """The interactivities at which tokens are priced, in tok/s/user."""
        return choices("interactivity", LEVELS)

    @property
    def agent_level(self) -> Value:
        """The interactivity of the agent's request, in tok/s/user."""
        return choice("interactivity", AGENT)

    @property
    def agent_lengths(self) -> dict[str, Any]:
        """The agent's input and output tokens, by the words that a sentence has places for."""
        return {"input": choice("input_tokens", AGENT), "output": choice("output_tokens", AGENT)}

    @cached_property
    def agents(self) -> list[Request]:
        """The agent's request without a cache, and at each cache hit rate."""
        inputs, outputs = (value.number for value in self.agent_lengths.values())
        rates = [0.0, *(rate.number for rate in choices("cache_hit_rate", AGENT))]
        return [Request(inputs, outputs, rate) for rate in rates]

    @cached_property
    def platforms(self) -> list[str]:
        """The platforms compared, and the cheapest other one of each vendor and kind of system at the first level."""
        sides = list(dict.fromkeys([self.conditions.baseline, self.conditions.subject]))
        cheapest: dict[tuple[str, str], tuple[float, str]] = {}
        for key, platform in self.library.platforms.items():
            cost, kind = self._cost(key), (platform.vendor, platform.system)
            if key not in sides and cost is not None:
                cheapest[kind] = min(cheapest.get(kind, (cost, key)), (cost, key))
        return [*sides, *(key for _, key in cheapest.values())]

    @cached_property
    def tariffs(self) -> list[Tariff]:
        """What tokens of the scenario's workload cost on each platform at each level that it serves."""
        asked = [(key, level.number, None) for level in self.levels for key in self.platforms]
        return [known for each in asked if (known := self._tariff(*each))]

    @cached_property
    def requests(self) -> list[tuple[Tariff, Value | None]]:
        """What the agent's request costs on each platform at each hit rate, and its wait for the first token."""
        level = self.agent_level.number
        asked = [self._tariff(key, level, request) for key in self.platforms for request in self.agents]
        return [(known, first_token(self.library, known)) for known in asked if known]

    def used(self) -> Iterator[Value]:
        """Yield what the results are made from, for the list of sources."""
        for known in self.tariffs:
            yield known.cost
        for known, wait in self.requests:
            yield known.request_cost
            if wait:
                yield wait

    def _tariff(self, hardware: str, level: float, request: Request | None) -> Tariff | None:
        with suppress(InputError):  # outside of its region, without a price, or measured at one workload only
            wanted = request or Request(self.conditions.input_tokens, self.conditions.output_tokens)
            return tariff(self.library, self.conditions, hardware, interactivity=level, request=wanted)
        return None

    def _cost(self, hardware: str) -> float | None:
        with suppress(InputError):  # not measured so, or without a price
            known = contender(self.library, self.conditions, hardware).at(self.levels[0].number)
            return known[COST].number if known else None
        return None
