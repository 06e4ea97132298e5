"""How strongly each input pulls on a result, and what it would have to be for the model to meet a published price."""

from collections.abc import Iterable, Mapping
from functools import cache

import numpy as np
import sympy
from scipy.optimize import brentq

from analysis.errors import InputError, nearest
from analysis.exhibits import symbolic
from analysis.formulas.steps import Formula, Step, inputs, run
from analysis.studies.ownership.domains import DOMAINS, Domain
from analysis.studies.ownership.finance import ALL_IN, Finance
from analysis.studies.ownership.levelized import PRICE_STEPS, in_place_of, on_numbers

_DOUBLINGS = 60


def closing_amounts(finance: Finance, published: float) -> dict[str, float | None]:
    """Return what each input alone would have to be for the modeled price to meet a published one, in USD/GPU/h.

    Every price is monotonic in every input, so that at most one amount of each does; None where no amount of its
    domain does.

    Raises:
        InputError: The published price is not a positive number.
    """
    Domain(0, low_included=False).check("published", published)
    numbers = {key: float(number) for key, number in finance.numbers().items()}
    return {key: _closing(key, numbers, float(published)) for key in _movable(finance, numbers)}


def _movable(finance: Finance, numbers: Mapping[str, float]) -> list[str]:
    """The inputs that an owner could answer for and that can move the price."""
    fixed = {"payments_per_year"}
    if finance.power_boundary == ALL_IN:
        fixed.add("pue")
    fixed |= {"colocation"} if numbers["facility_capital"] else {"facility_capital", "facility_life"}
    if not numbers["tax_rate"]:
        fixed.add("depreciation_present_value")
    return [key for key in numbers if key not in fixed]


def _price(numbers: Mapping[str, float]) -> float:
    exact = {key: np.float64(number) for key, number in numbers.items()}
    with np.errstate(over="ignore"):  # a life or an interest far out: its discount factor is nothing, or infinite
        return float(run(PRICE_STEPS, exact, on_numbers)["price_per_gpu_hour"])


def _closing(key: str, numbers: Mapping[str, float], published: float) -> float | None:
    def gap(amount: float) -> float:
        return _price({**numbers, key: amount}) - published

    here = numbers[key]
    if not gap(here):
        return here
    domain, scale = DOMAINS[key], max(abs(here), 1.0)
    low = domain.low if domain.low_included else domain.low + 1e-9 * scale
    if gap(low) * gap(here) <= 0:
        return float(brentq(gap, low, here, xtol=1e-15 * scale))
    bounded = domain.high < np.inf
    end = domain.high if domain.high_included else domain.high - 1e-9
    for high in [end] if bounded else (here + scale * 2.0**power for power in range(_DOUBLINGS)):
        if gap(high) * gap(here) <= 0:
            return float(brentq(gap, here, high, xtol=1e-15 * scale))
    return None


_DIGITS = 50  # carried: some elasticities are small differences of large numbers


def elasticities(steps: Iterable[Step], amounts: Mapping[str, float], result: str) -> dict[str, float]:
    """Return by how many percent a result moves for one percent of each input, exactly, at these amounts.

    Each formula's elasticities are derived from it as mathematics; along the steps they multiply and add. An input
    that is nothing pulls with nothing.

    Raises:
        InputError: No such step.
    """
    plan = list(steps)
    if result not in (made := [step.name for step in plan]):
        raise InputError(f"unknown result {result!r}; {nearest(result, made)}")
    taken = inputs(plan)
    results = run(plan, amounts, on_numbers)
    pulls = {name: {name: 1.0} for name in taken}
    for step in plan:
        at = {argument: float(results[name]) for argument, name in step.sources.items()}
        formula = in_place_of(step.formula, at)
        pulls[step.name] = dict.fromkeys(taken, 0.0)
        for argument, name in step.sources.items():
            if at[argument]:
                own = _at(formula, argument, at)
                for origin, pull in pulls[name].items():
                    pulls[step.name][origin] += own * pull
    return pulls[result]


def ratio_elasticities(numerator: Mapping[str, float], denominator: Mapping[str, float]) -> dict[str, float]:
    """Return by how many percent a ratio moves for one percent of each input that both of its sides share."""
    return {name: pull - denominator[name] for name, pull in numerator.items() if name in denominator}


@cache
def _elasticity(formula: Formula, argument: str) -> sympy.Expr:
    """Exact; without logarithms of powers, whose exponents can be astronomical."""
    return sympy.expand_log(symbolic.elasticity(formula, argument))


def _at(formula: Formula, argument: str, amounts: Mapping[str, float]) -> float:
    where = {symbol: sympy.Float(amounts[name], _DIGITS) for name, symbol in symbolic.symbols(formula).items()}
    return float(_elasticity(formula, argument).subs(where))
