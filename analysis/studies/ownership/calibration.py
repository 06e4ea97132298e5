"""What each input would have to be for the modeled price of a GPU-hour to meet a published one."""

from collections.abc import Mapping

import numpy as np
from scipy.optimize import brentq

from analysis.formulas.steps import run
from analysis.studies.ownership.domains import DOMAINS, Domain
from analysis.studies.ownership.finance import ALL_IN, Finance
from analysis.studies.ownership.levelized import PRICE_STEPS
from analysis.studies.ownership.recovery import on_numbers

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
