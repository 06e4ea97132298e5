"""What a million tokens for agents cost on two platforms: by their curves, and in rows that limit the wait."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from analysis import formulas
from analysis.comparison.metrics import ratio
from analysis.errors import InputError
from analysis.frontier import ANY, measured_operating_point
from analysis.frontier.limits import InfeasibleError
from analysis.library.choices import choice, choices
from analysis.library.sources import Library
from analysis.library.values import Value, calculate
from analysis.scenario import Parameters
from analysis.studies.attribution.phases import Phases, Session, phases_of, session_of
from analysis.studies.attribution.points import Point
from analysis.studies.attribution.stacks import Stacks, measured_stacks

_LIMITS = {"ttft_median": "maximum_ttft_median", "ttft_tail": "maximum_ttft_p99"}


@dataclass(frozen=True)
class Served:
    """The measured row that serves an interactivity at the highest throughput within a limit."""

    cost: Value
    interactivity: Value


@dataclass(frozen=True)
class Limit:
    """A limit on the time to first token, and the stacks that were measured within it."""

    key: str  # the quantity that is limited; empty for none
    value: Value | None  # the limit, in s; none where there is none
    stacks: Stacks

    def served(self, hardware: str, minimum_interactivity: float, price: Value) -> Served | None:
        """Return the row that serves at least an interactivity within the limit; None where none does."""
        curve, library = self.stacks.curve(hardware), self.stacks.library
        if curve is None:
            return None
        try:
            row = measured_operating_point(curve, minimum_interactivity)
        except InfeasibleError:
            return None
        throughput = library.measured(row, "throughput", "throughput_per_gpu", self.stacks.kinds)
        cost = calculate(formulas.cost_per_million_tokens, price_per_gpu_hour=price, throughput_per_gpu=throughput)
        speed = library.measured(row, "interactivity", "interactivity", {})
        return Served(cost, speed)


def limits(library: Library, conditions: Parameters, lengths: tuple[int, int]) -> list[Limit]:
    """Return no limit, then each limit that was chosen for agents and that some row keeps; none without rows."""
    kept = []
    with suppress(InputError):
        kept.append(Limit("", None, measured_stacks(library, conditions, lengths=lengths)))
    for key, name in _LIMITS.items():
        value = choice(key, "agents", library.folder)
        constraints = ANY.narrowed({name: value.number})
        with suppress(InputError):
            stacks = measured_stacks(library, conditions, lengths=lengths, constraints=constraints)
            kept.append(Limit(key, value, stacks))
    return kept


SUBJECT = "agents"
LENGTHS = "long prompts"
Sides = tuple[Value | None, Value | None]


@dataclass(frozen=True)
class Service:
    """Two platforms at one interactivity."""

    interactivity: Value  # that each user gets at least, in tok/s/user
    costs: Sides  # on the baseline and the subject, in USD/Mtok; None where it does not serve
    limit: Value | None = None  # on the time to the first token, in s; None where the costs are those of the curves
    # The interactivity of the measured row of each, in tok/s/user, where there is a limit.
    served_at: Sides = (None, None)

    @property
    def ratio(self) -> Value | None:
        """How many times the subject's cost the baseline's is; None where not both serve."""
        baseline, subject = self.costs
        return ratio("cost_per_million_tokens", baseline, subject) if baseline and subject else None


@dataclass(frozen=True, eq=False)
class Agents:
    """Service of agents with long prompts, as it was chosen for this analysis."""

    point: Point  # where the platforms are compared otherwise; knows them
    prices: Mapping[str, Value]  # of a GPU-hour, by platform, in USD/GPU/h
    # No limit on the wait, then each that some row keeps; empty where the workload was not measured.
    limits: list[Limit]

    @property
    def lengths(self) -> dict[str, Any]:
        """Tokens of a prompt and of an answer."""
        return {"input": choice("input_tokens", LENGTHS), "output": choice("output_tokens", LENGTHS)}

    @property
    def levels(self) -> list[Value]:
        """The interactivities of agents, in tok/s/user."""
        return choices("interactivity", SUBJECT)

    @cached_property
    def by_curve(self) -> list[Service]:
        """What both platforms cost at each level, by the curves of their best stacks."""
        return [self._by_curve(level) for level in self.levels] if self.limits else []

    @cached_property
    def by_row(self) -> list[Service]:
        """What both cost in the best measured row at or above each level that keeps a limit on the wait."""
        return [self._by_row(limit, level) for limit in self.limits[1:] for level in self.levels]

    @cached_property
    def phases(self) -> list[Phases]:
        """What prefill and decode cost at the lowest level, on those of the platforms whose rows tell them apart."""
        if not self.limits:
            return []
        return phases_of(self.limits[0].stacks, self.point.platforms, self.levels[0].number, self.prices)

    @property
    def session(self) -> Session | None:
        """A session of many turns with prompts and answers as long as the measured ones; None without phases."""
        return session_of(self.phases[0]) if self.phases else None

    def used(self) -> Iterator[Value]:
        """Yield what was chosen or assumed for what is shown: limits, and the inputs of the session."""
        if self.by_row:
            yield from (limit.value for limit in self.limits if limit.value)
        if session := self.session:
            yield from (session.turns, session.new_tokens, session.cache_hit_rate)

    def _by_curve(self, level: Value) -> Service:
        baseline, subject = (self._cost(key, level) for key in self.point.platforms)
        return Service(level, (baseline, subject))

    def _by_row(self, limit: Limit, level: Value) -> Service:
        baseline, subject = (limit.served(key, level.number, self.prices[key]) for key in self.point.platforms)
        costs = (baseline.cost if baseline else None, subject.cost if subject else None)
        served_at = (baseline.interactivity if baseline else None, subject.interactivity if subject else None)
        return Service(level, costs, limit.value, served_at)

    def _cost(self, hardware: str, level: Value) -> Value | None:
        throughput = self.limits[0].stacks.value_at(level.number, hardware)
        if throughput is None:
            return None
        price = self.prices[hardware]
        return calculate(formulas.cost_per_million_tokens, price_per_gpu_hour=price, throughput_per_gpu=throughput)


def ranked(services: list[Service]) -> list[Value]:
    """Return the ratios of those that both platforms serve, the lowest first."""
    ratios = [service.ratio for service in services if service.ratio]
    return sorted(ratios, key=lambda value: value.number)
