"""What service at high interactivity costs when the wait for the first token is limited: measured rows only.

Time to the first token is not interpolated, so nothing is claimed of what lies between two rows.
"""

from contextlib import suppress
from dataclasses import dataclass

from analysis import formulas
from analysis.errors import InputError
from analysis.frontier import ANY, measured_operating_point
from analysis.frontier.limits import InfeasibleError
from analysis.library.choices import choice
from analysis.library.sources import Library
from analysis.library.values import Value, calculate
from analysis.scenario import Parameters
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
