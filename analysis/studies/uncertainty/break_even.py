"""At which price, utilization and interactivity one platform's token costs as much as another's."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from analysis import formulas
from analysis.library.quantities import quantity
from analysis.library.values import Value, calculate
from analysis.studies.ownership.domains import DOMAINS, Domain
from analysis.studies.ownership.levelized import COST, THROUGHPUT
from analysis.studies.ownership.operating_costs import utilization
from analysis.studies.ownership.owned_pair import OwnedPair
from analysis.studies.uncertainty.distributions import Floats


@dataclass(frozen=True, eq=False)
class Surface:
    """The cost of one platform's token over another's, wherever price and utilization of the first may be."""

    prices: Floats  # of the first platform, in USD/GPU/h
    utilizations: Floats  # of the first platform
    # Its cost per token over the other's; a row a utilization and a column a price. Below 1 it is the cheaper one.
    cost_ratio: Floats
    break_even_prices: Floats  # the price at which both cost the same, for each utilization, in USD/GPU/h


def surface(
    prices: ArrayLike,
    utilizations: ArrayLike,
    throughput_per_gpu: float,
    *,
    other_price_per_gpu_hour: float,
    other_throughput_per_gpu: float,
    other_utilization: float = 1.0,
) -> Surface:
    """Return where a platform breaks even with another that stays as it is: prices in USD/GPU/h, speed in tok/s/GPU.

    Raises:
        InputError: A price or a throughput is not positive, or a utilization is not a share above 0.
    """
    for price in (prices, other_price_per_gpu_hour):
        Domain(0, low_included=False).check("price_per_gpu_hour", price)
    for throughput in (throughput_per_gpu, other_throughput_per_gpu):
        DOMAINS["throughput_per_gpu"].check("throughput_per_gpu", throughput)
    for share in (utilizations, other_utilization):
        DOMAINS["utilization"].check("utilization", share)
    across, down = np.asarray(prices, dtype=float), np.asarray(utilizations, dtype=float)
    delivered = formulas.delivered_throughput_per_gpu(throughput_per_gpu, down)
    other = formulas.delivered_throughput_per_gpu(other_throughput_per_gpu, other_utilization)
    cost = formulas.cost_per_million_tokens(across[None, :], delivered[:, None])
    other_cost = formulas.cost_per_million_tokens(other_price_per_gpu_hour, other)
    line = formulas.break_even_price(other_price_per_gpu_hour, delivered, other)
    return Surface(across, down, formulas.ratio(cost, other_cost), line)


@dataclass(frozen=True, eq=False)
class BreakEven:
    """Where the subject's token costs as much as the baseline's, while the baseline stays as it is."""

    price: Value  # the subject's price at which it does, at equal utilization, in USD/GPU/h
    utilization: Value  # the subject's utilization at which it does, at its own price
    own_price: Value  # the subject's price, in USD/GPU/h
    other_price: Value
    other_utilization: Value
    surface: Surface  # the cost of the subject's token over the baseline's, around all of these


def break_even(owned: OwnedPair) -> BreakEven:
    """Return where two platforms break even at the scenario's prices and at their measured rows."""
    (throughput, other_throughput), (cost, other_cost) = (owned.pair.levels(key)[::-1] for key in (THROUGHPUT, COST))
    price, other_price = (owned.prices[owner.key] for owner in (owned.subject, owned.baseline))
    share = utilization(owned.library, owned.pair.conditions, owned.fleet_utilization.value.subject)
    even_utilization = calculate(
        formulas.break_even_utilization,
        mixing=("price",),
        cost_per_million_tokens=cost,
        other_cost_per_million_tokens=other_cost,
        other_utilization=replace(share, quantity=quantity("other_utilization"), subject=owned.baseline.name),
    )
    even_price = calculate(
        formulas.break_even_price,
        other_price_per_gpu_hour=other_price,
        throughput_per_gpu=throughput,
        other_throughput_per_gpu=other_throughput,
    )
    low, high = sorted([price.number, even_price.number])
    around = surface(
        np.geomspace(low / 4, high * 4, 40),
        np.geomspace(min(even_utilization.number, share.number) / 4, 1, 40),
        throughput.number,
        other_price_per_gpu_hour=other_price.number,
        other_throughput_per_gpu=other_throughput.number,
        other_utilization=share.number,
    )
    return BreakEven(even_price, even_utilization, price, other_price, share, around)
