"""What a GPU-hour and a token cost whoever owns the GPU, and what that cost is made of."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from analysis import formulas
from analysis.formulas.number import Number
from analysis.formulas.steps import Formula, Step, run
from analysis.library.values import Value, calculate
from analysis.studies.ownership.finance import Amounts, Finance

NEAR_ZERO = 1e-3  # interest times life below which the series answers: both are right to ten digits there


def on_numbers(formula: Formula, arguments: Mapping[str, Number]) -> Number:
    """Return what the formula makes of numbers, or of arrays that broadcast."""
    if formula is not formulas.capital_recovery_factor or not np.any(near := _near_zero(arguments)):
        return formula(**arguments)
    with np.errstate(divide="ignore", invalid="ignore"):
        elsewhere = formula(**{name: np.asarray(number, dtype=float) for name, number in arguments.items()})
    recovery: Number = np.where(near, formulas.capital_recovery_factor_near_zero(**arguments), elsewhere)
    return recovery[()]


def on_values(formula: Formula, arguments: Mapping[str, Value]) -> Value:
    """Return what the formula makes of values; the result names the formula that made it.

    Raises:
        MixedKindsError: Two values count different things.
    """
    bare = {name: value.number for name, value in arguments.items()}
    return calculate(in_place_of(formula, bare), mixing=(), **arguments)


def in_place_of(formula: Formula, arguments: Mapping[str, float]) -> Formula:
    """Return the formula that is right for these numbers: the series near zero interest, else the formula itself."""
    near_zero = formula is formulas.capital_recovery_factor and bool(_near_zero(arguments))
    return formulas.capital_recovery_factor_near_zero if near_zero else formula


def _near_zero(arguments: Mapping[str, Number]) -> Number:
    return np.abs(np.multiply(arguments["cost_of_capital"], arguments["economic_life"])) < NEAR_ZERO


CAPITAL, PRICE, COST = "capital_per_gpu", "price_per_gpu_hour", "cost_per_million_tokens"
THROUGHPUT = "throughput_per_gpu"

PRICE_STEPS = (
    Step(formulas.discount_factor),
    Step(formulas.capital_recovery_factor),
    Step(formulas.project_finance_factor),
    Step(formulas.capital_charge_per_gpu_hour),
    Step(formulas.facility_power_per_gpu),
    Step(formulas.electricity_per_gpu_hour),
    Step(formulas.colocation_per_gpu_hour),
    Step(formulas.capital_recovery_factor, "facility_recovery_factor", {"economic_life": "facility_life"}),
    Step(formulas.facility_per_gpu_hour),
    Step(formulas.space_per_gpu_hour),
    Step(formulas.operations_per_gpu_hour),
    Step(formulas.owned_cost_per_gpu_hour),
    Step(formulas.levelized_price_per_gpu_hour, PRICE),
)
"""From what an owner pays to the price of an hour in which the GPU can serve."""

COST_STEPS = (
    *PRICE_STEPS,
    Step(formulas.delivered_throughput_per_gpu),
    Step(formulas.cost_per_million_tokens, renamed={"throughput_per_gpu": "delivered_throughput_per_gpu"}),
)
"""On to the cost of a million delivered tokens."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Performance(Amounts):
    """What a GPU delivers.

    Raises:
        InputError: An amount is outside its domain.
    """

    throughput_per_gpu: Number  # at full load, at the operating point, in tok/s/GPU
    utilization: Number = 1.0  # tokens delivered as a share of those at full load


@dataclass(frozen=True, eq=False)
class Ownership:
    """A platform that somebody owns: two sides that vary apart from each other."""

    finance: Finance
    performance: Performance

    def numbers(self) -> dict[str, Number]:
        """Return the bare amounts of both sides, by key."""
        return self.finance.numbers() | self.performance.numbers()

    def values(self, subject: str) -> dict[str, Value]:
        """Return the amounts of both sides as values, by key."""
        return self.finance.values(subject) | self.performance.values(subject)


def levelized(finance: Finance, performance: Performance) -> dict[str, Number]:
    """Return the inputs and every step to `price_per_gpu_hour` and `cost_per_million_tokens`, as numbers or arrays.

    Source of the method: NREL Annual Technology Baseline 2024, levelized cost of energy, with GPU-hours in place of
    capacity and tokens in place of energy, https://atb.nrel.gov/electricity/2024/equations_&_variables.
    """
    return run(COST_STEPS, Ownership(finance, performance).numbers(), on_numbers)


def levelized_values(finance: Finance, performance: Performance, subject: str) -> dict[str, Value]:
    """Return the same as values that know how they were made, from inputs that know their source.

    Raises:
        MixedKindsError: Two inputs count different things.
    """
    return run(COST_STEPS, Ownership(finance, performance).values(subject), on_values)


IDLE = "idle time"
PARTS = {
    "capital": "depreciation_per_gpu_hour",
    "money": "financing_per_gpu_hour",
    "power": "electricity_per_gpu_hour",
    "space": "space_per_gpu_hour",
    "operations": "operations_per_gpu_hour",
}
"""The parts that cost by the hour. Money is interest and tax on the GPU's capital; an own facility's is in space."""
_HOUR = (Step(formulas.depreciation_per_gpu_hour), Step(formulas.financing_per_gpu_hour))
_DOWNTIME = Step(formulas.downtime_per_gpu_hour, renamed={"levelized_price_per_gpu_hour": "price_per_gpu_hour"})
_TOKEN = (
    *(Step(formulas.cost_per_million_tokens, part, {"price_per_gpu_hour": cost}) for part, cost in PARTS.items()),
    Step(formulas.idle_cost_per_million_tokens, IDLE),
)


def hour_parts(finance: Finance) -> dict[str, Number]:
    """Return what the price of a GPU-hour is made of, by part, in USD/GPU/h; idle time is downtime here."""
    steps = run((*PRICE_STEPS, *_HOUR, _DOWNTIME), finance.numbers(), on_numbers)
    return {part: steps[cost] for part, cost in PARTS.items()} | {IDLE: steps[_DOWNTIME.name]}


def token_parts(platform: Ownership, subject: str) -> dict[str, Value]:
    """Return what the cost of a million tokens is made of, by part, in USD/Mtok.

    Each part counts at full load of all hours; idle time is what the hours without tokens add to it.
    """
    steps = run((*COST_STEPS, *_HOUR, *_TOKEN), platform.values(subject), on_values)
    return {part: steps[part] for part in (*PARTS, IDLE)}
