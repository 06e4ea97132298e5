"""How the revenue of a GPU goes on after its first year, and what its cash flows by year are worth."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from itertools import accumulate, pairwise

import numpy_financial

from analysis import formulas
from analysis.formulas.ownership import HOURS_PER_YEAR
from analysis.library.quantities import quantity
from analysis.library.values import Status, Value, calculate, counted_up


@dataclass(frozen=True)
class Path:
    """How the revenue of a GPU goes on after its first year."""

    annual_price_decline: Value  # share of its price that a token loses each year
    # Share by which software raises throughput each year; None: not at all.
    annual_throughput_gain: Value | None = None
    next_chip_year: Value | None = None  # the first year of a next chip; None: none comes
    next_chip_price_cut: Value | None = None  # share of its price that a token loses then, once

    @property
    def decline(self) -> Value:
        """The share of its revenue that a GPU loses each year."""
        if self.annual_throughput_gain is None:
            return self.annual_price_decline
        return calculate(
            formulas.annual_revenue_decline,
            annual_price_decline=self.annual_price_decline,
            annual_throughput_gain=self.annual_throughput_gain,
        )

    def cut(self, year: int) -> Value | None:
        """Return the fall of the price that a next chip has brought by a year, the first being 0; None before it."""
        is_there = self.next_chip_year is not None and year + 1 >= self.next_chip_year.number
        return self.next_chip_price_cut if is_there else None

    def left(self, year: int) -> float:
        """Return what a year's revenue is over that of the first year, which is 0."""
        cut = self.cut(year)
        return float((1 - self.decline.number) ** year * (1 - (cut.number if cut else 0)))


def falling(annual_price_decline: float) -> Path:
    """Return the path on which the price of tokens falls by a share each year, and nothing else changes."""
    return Path(chosen("annual_price_decline", annual_price_decline, "token price"))


def chosen(key: str, number: float, subject: str) -> Value:
    """Return an amount that the scenario or the reckoning itself sets, as a value."""
    place = f"parameter {key}" if key == "annual_price_decline" else ""
    return Value(float(number), quantity(key), subject, Status.CHOSEN, place=place)


def internal_rate_of_return(cash_flows: Sequence[float]) -> float:
    """Return the interest at which cash flows are worth nothing on the first day, in 1/year; NaN where not one is.

    One change of sign leaves one such interest (Descartes); with more of them it may say nothing of what is earned.

    Source of the method: NumPy Financial, `irr`, https://numpy.org/numpy-financial/latest/irr.html; it finds the root
    among others with linear algebra, whose last digits are not the same on every machine, and Newton's steps in 50
    decimal digits give the nearest float anywhere.
    """
    signs = [flow > 0 for flow in cash_flows if flow]
    if sum(before != after for before, after in pairwise(signs)) != 1:
        return math.nan
    rate = float(numpy_financial.irr(cash_flows))
    return rate if math.isnan(rate) else nearest(rate, cash_flows)


def nearest(rate: float, cash_flows: Sequence[float]) -> float:
    """Return the float nearest to the root of the present value that a rate is near, both in 1/year."""
    with localcontext(prec=50):
        flows, discount = [Decimal(float(flow)) for flow in cash_flows], 1 / (1 + Decimal(rate))
        for _ in range(4):
            value = sum((flow * discount**year for year, flow in enumerate(flows)), Decimal(0))
            slope = sum((year * flow * discount ** (year - 1) for year, flow in enumerate(flows) if year), Decimal(0))
            if not slope:  # a double root: no step leads nearer
                return rate
            discount -= value / slope
        root = float(1 / discount - 1) if discount else rate
    return root if math.isclose(1 + root, 1 + rate, rel_tol=1e-6) else rate


def by_year(flows: Sequence[Value], sale: Value, life: int) -> dict[str, tuple[int, Value]]:
    """Return each cash flow with its year, by its name; without a sale that brings nothing.

    Args:
        flows: Of the day of purchase, in USD/GPU, and of each year, in USD/GPU/year, until the GPU is idled.
        sale: What it is sold for at the end of its life, used until then or not, in USD/GPU.
        life: In years.
    """
    named = {f"year {year}" if year else "outlay": (year, flow) for year, flow in enumerate(flows)}
    return named | ({"sale": (life, sale)} if sale.number else {})


def worth(dated: Mapping[str, tuple[int, Value]], cost_of_capital: Value) -> Value:
    """Return the net present value of cash flows, in USD/GPU."""
    number = sum(flow.number / (1 + cost_of_capital.number) ** year for year, flow in dated.values())
    words = "all cash flows at the cost of capital, on the day of purchase"
    made_of = {name: flow for name, (_, flow) in dated.items()} | {"cost of capital": cost_of_capital}
    return counted_up(number, "net_present_value", dated["outlay"][1].subject, words, made_of)


def rate_of(dated: Mapping[str, tuple[int, Value]]) -> Value | None:
    """Return the internal rate of return of cash flows, in 1/year; None where there is none."""
    last = max(year for year, _ in dated.values())
    flows = [sum(flow.number for when, flow in dated.values() if when == year) for year in range(last + 1)]
    rate = internal_rate_of_return(flows)
    if math.isnan(rate):
        return None
    words = "the interest at which all cash flows are worth nothing on the day of purchase"
    made_of = {name: flow for name, (_, flow) in dated.items()}
    return counted_up(rate, "internal_rate_of_return", dated["outlay"][1].subject, words, made_of)


def first_price(amounts: Mapping[str, Value], sale: Value, left: Sequence[float]) -> Value:
    """Return the first year's price of a token that returns just the cost of capital, in USD/Mtok.

    Of all numbers of years that the GPU may serve, that which needs the lowest price, since its owner may idle it.
    """
    number = {name: value.number for name, value in amounts.items()}
    kept, discount = 1 - number["tax_rate"], 1 / (1 + number["cost_of_capital"])
    factors = [discount ** (year + 1) for year in range(len(left))]
    hours = HOURS_PER_YEAR * kept
    running = accumulate(hours * number["running_cost_per_gpu_hour"] * each for each in factors)
    sold = accumulate(
        hours * number["revenue_per_gpu_hour"] / number["token_price"] * share * each
        for share, each in zip(left, factors, strict=True)
    )
    outlay = number["capital_per_gpu"] * (1 - number["tax_rate"] * number["depreciation_present_value"])
    outlay -= sale.number * factors[-1]
    needed = ((outlay + spent) / tokens for spent, tokens in zip(running, sold, strict=True))
    words = "the first year's price at which the net present value is nothing, in the years that need the lowest"
    return counted_up(min(needed), "token_price", amounts["revenue_per_gpu_hour"].subject, words, amounts)


def cash_flow(made: Mapping[str, Value], path: Path, year: int) -> Value:
    """Return what a GPU earns in a year, the first being 0, less what it costs to run and tax, in USD/GPU/year."""
    revenue, cut = made["revenue_per_gpu_hour"], path.cut(year)
    if cut:
        revenue = calculate(formulas.revenue_after_cut, revenue_per_gpu_hour=revenue, next_chip_price_cut=cut)
    flow = calculate(
        formulas.annual_cash_flow_per_gpu,
        revenue_per_gpu_hour=revenue,
        running_cost_per_gpu_hour=made["running_cost_per_gpu_hour"],
        annual_price_decline=path.decline,
        years_passed=chosen("years_passed", year, f"year {year + 1}"),
        tax_rate=made["tax_rate"],
    )
    return replace(flow, subject=made["revenue_per_gpu_hour"].subject)


def payback_time(made: Mapping[str, Value], flows: Sequence[Value]) -> Value | None:
    """Return the months until the first year's cash flow would have returned the capital; None where it is none."""
    if len(flows) == 1 or not flows[1].number:
        return None
    return calculate(
        formulas.payback_time, capital_per_gpu=made["capital_per_gpu"], annual_cash_flow_per_gpu=flows[1]
    )
