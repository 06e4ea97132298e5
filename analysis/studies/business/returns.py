"""What a bought GPU returns when its tokens sell at a public price: net present value, payback and rate of return."""

import math
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from itertools import pairwise, takewhile

import numpy_financial

from analysis import formulas
from analysis.errors import InputError
from analysis.formulas.steps import Formula, Step, run
from analysis.library.quantities import quantity
from analysis.library.sources import Library, Platform
from analysis.library.values import Status, Value, calculate
from analysis.studies.business.economics import Economics
from analysis.studies.ownership.finance import Finance
from analysis.studies.ownership.levelized import COST_STEPS, Ownership, Performance
from analysis.studies.ownership.operating_costs import NOTHING, capital_per_gpu, sourced_finance
from analysis.studies.ownership.recovery import on_values

OWNED = (
    *COST_STEPS,
    Step(formulas.revenue_per_gpu_hour),
    Step(formulas.running_cost_per_gpu_hour),
    Step(formulas.gross_margin, "bearable_fall"),
)
"""On from the levelized cost of a token, the price at which an owner earns just the cost of capital, to what a GPU
earns and costs to run, and by how much today's price may fall to that cost."""

OWNER = "any owner"
WITHOUT_LIMIT = "list prices without a demand limit"
"""Why a return above 100% a year is that high."""
_SAME_FOR_ALL = ("economic_life", "cost_of_capital", "electricity_price", "colocation")
_WORTH, _RATE = "net_present_value", "internal_rate_of_return"


@dataclass(frozen=True, eq=False)
class Returns:
    """What an owner gets back for a GPU of one platform.

    Attributes:
        economics: The platform at its measured row.
        amounts: Everything given and every step of `OWNED`, by name.
        annual_price_decline: Share of its price that a token loses each year.
        cash_flows: Of the day of purchase, in USD/GPU, and of each year, in USD/GPU/year, until the GPU is idled: in
            the first year that would cost more than it earns.
        sale: What it is sold for at the end of its life, used until then or not, in USD/GPU.
        worth: Net present value at the cost of capital, in USD/GPU.
        payback: Months until the first year's cash flow, if it stayed, would have returned the capital; None where it
            returns nothing.
        rate: Internal rate of return, in 1/year; None where there is none.
    """

    economics: Economics
    amounts: Mapping[str, Value]
    annual_price_decline: Value
    cash_flows: tuple[Value, ...]
    sale: Value
    worth: Value
    payback: Value | None
    rate: Value | None

    def __getitem__(self, name: str) -> Value:
        """Return an amount by its name."""
        return self.amounts[name]

    @property
    def pays_back(self) -> bool:
        """Whether the yearly cash flows return the capital within its life."""
        return sum(flow.number for flow in self.cash_flows) + self.sale.number >= 0

    @property
    def idled_after(self) -> int | None:
        """The year after which the GPU is idled; None where it serves for its whole life."""
        years = len(self.cash_flows) - 1
        return years if years < self["economic_life"].number else None

    @property
    def platform(self) -> Platform:
        """The platform."""
        return self.economics.platform


def bought(library: Library, sides: Iterable[Economics], vintage: str, annual_price_decline: float) -> list[Returns]:
    """Return what an owner gets back on each platform whose capital the library holds; the others are left out."""
    with_capital = []
    for side in sides:
        with suppress(InputError):  # no public capital
            capital_per_gpu(library, side.platform.key)
            with_capital.append(side)
    return [returns(library, side, vintage, annual_price_decline) for side in with_capital]


def returns(
    library: Library,
    economics: Economics,
    vintage: str,
    annual_price_decline: float,
    own: Mapping[str, Value] = NOTHING,
) -> Returns:
    """Return what an owner gets back, from the library's costs of owning and the platform's revenue.

    Args:
        library: The figures.
        economics: The platform at its measured row.
        vintage: Vintage of the provisioned power.
        annual_price_decline: Share of its price that a token loses each year.
        own: Amounts in place of the library's, by field of what an owner pays.

    Raises:
        InputError: The library holds no capital of the platform, or its life is not of whole years.
    """
    name = economics.platform.name
    finance = _shared(sourced_finance(library, economics.platform.key, vintage, own), economics["availability"])
    serving = Performance(throughput_per_gpu=economics["throughput_per_gpu"], utilization=economics["utilization"])

    def apply(formula: Formula, arguments: Mapping[str, Value]) -> Value:
        return replace(on_values(formula, arguments), subject=name)

    given = Ownership(finance, serving).values(OWNER) | {"token_price": economics["token_price"]}
    amounts = run(OWNED, given, apply)
    life = amounts["economic_life"].number
    if life < 1 or life % 1:
        raise InputError(f"economic_life of {name}: found {life:g} years, allowed are whole years, 1 or more")

    def of_platform(formula: Formula, *names: str) -> Value:
        return replace(calculate(formula, **{each: amounts[each] for each in names}), subject=name)

    outlay = of_platform(formulas.capital_outlay_per_gpu, "capital_per_gpu", "tax_rate", "depreciation_present_value")
    sale = of_platform(formulas.resale_proceeds_per_gpu, "capital_per_gpu", "residual_value", "tax_rate")
    decline = _chosen("annual_price_decline", annual_price_decline, "token price")
    planned = (_cash_flow(amounts, decline, years) for years in range(int(life)))
    flows = (outlay, *takewhile(lambda flow: flow.number >= 0, planned))
    by_year = _by_year(flows, sale, int(life))
    worth = _worth(by_year, amounts["cost_of_capital"])
    return Returns(economics, amounts, decline, flows, sale, worth, _payback(amounts, flows), _rate(by_year))


def internal_rate_of_return(cash_flows: Sequence[float]) -> float:
    """Return the interest at which cash flows are worth nothing on the first day, in 1/year; NaN where not one is.

    One change of sign leaves one such interest (Descartes); with more of them it may say nothing of what is earned.

    Args:
        cash_flows: Of the first day and of each year after it, in their order.

    Source of the method: NumPy Financial, `irr`, https://numpy.org/numpy-financial/latest/irr.html; it finds the root
    among others with linear algebra, whose last digits are not the same on every machine, and Newton's steps in 50
    decimal digits give the nearest float anywhere.
    """
    signs = [flow > 0 for flow in cash_flows if flow]
    if sum(before != after for before, after in pairwise(signs)) != 1:
        return math.nan
    rate = float(numpy_financial.irr(cash_flows))
    return rate if math.isnan(rate) else _nearest(rate, cash_flows)


def _nearest(rate: float, cash_flows: Sequence[float]) -> float:
    """Return the float nearest to the root of the present value that a rate is near."""
    with localcontext(prec=50):
        flows, discount = [Decimal(float(flow)) for flow in cash_flows], 1 / (1 + Decimal(rate))
        for _ in range(4):
            value = sum((flow * discount**year for year, flow in enumerate(flows)), Decimal(0))
            slope = sum((year * flow * discount ** (year - 1) for year, flow in enumerate(flows) if year), Decimal(0))
            if not slope:  # a double root: no step leads nearer
                return rate
            discount -= value / slope
        nearest = float(1 / discount - 1) if discount else rate
    return nearest if math.isclose(1 + nearest, 1 + rate, rel_tol=1e-6) else rate


def _shared(finance: Finance, availability: Value) -> Finance:
    """What an owner pays, with one value for all platforms where it is not a property of the platform."""
    same = {key: replace(getattr(finance, key), subject=OWNER) for key in _SAME_FOR_ALL}
    return replace(finance, **same, availability=availability)


def _cash_flow(amounts: Mapping[str, Value], annual_price_decline: Value, years: int) -> Value:
    revenue, running = amounts["revenue_per_gpu_hour"], amounts["running_cost_per_gpu_hour"]
    flow = calculate(
        formulas.annual_cash_flow_per_gpu,
        revenue_per_gpu_hour=revenue,
        running_cost_per_gpu_hour=running,
        annual_price_decline=annual_price_decline,
        years_passed=_chosen("years_passed", years, f"year {years + 1}"),
        tax_rate=amounts["tax_rate"],
    )
    return replace(flow, subject=revenue.subject)


def _chosen(key: str, number: float, subject: str) -> Value:
    place = f"parameter {key}" if key == "annual_price_decline" else ""
    return Value(float(number), quantity(key), subject, Status.CHOSEN, place=place)


def _payback(amounts: Mapping[str, Value], flows: Sequence[Value]) -> Value | None:
    if len(flows) == 1 or not flows[1].number:
        return None
    return calculate(
        formulas.payback_time, capital_per_gpu=amounts["capital_per_gpu"], annual_cash_flow_per_gpu=flows[1]
    )


def _by_year(flows: Sequence[Value], sale: Value, life: int) -> dict[str, tuple[int, Value]]:
    """Return each cash flow with its year, by its name; without a sale that brings nothing."""
    named = {f"year {year}" if year else "outlay": (year, flow) for year, flow in enumerate(flows)}
    return named | ({"sale": (life, sale)} if sale.number else {})


def _worth(by_year: Mapping[str, tuple[int, Value]], cost_of_capital: Value) -> Value:
    worth = sum(flow.number / (1 + cost_of_capital.number) ** year for year, flow in by_year.values())
    words = "all cash flows at the cost of capital, on the day of purchase"
    made_of = {name: flow for name, (_, flow) in by_year.items()} | {"cost of capital": cost_of_capital}
    return _from_flows(worth, _WORTH, by_year["outlay"][1].subject, words, made_of)


def _rate(by_year: Mapping[str, tuple[int, Value]]) -> Value | None:
    last = max(year for year, _ in by_year.values())
    flows = [sum(flow.number for when, flow in by_year.values() if when == year) for year in range(last + 1)]
    rate = internal_rate_of_return(flows)
    words = "the interest at which all cash flows are worth nothing on the day of purchase"
    made_of = {name: flow for name, (_, flow) in by_year.items()}
    return None if math.isnan(rate) else _from_flows(rate, _RATE, by_year["outlay"][1].subject, words, made_of)


def _from_flows(number: float, key: str, subject: str, words: str, made_of: Mapping[str, Value]) -> Value:
    return Value(
        number, quantity(key), subject, Status.DERIVED,
        sources=tuple(dict.fromkeys(source for value in made_of.values() for source in value.sources)),
        as_of=max(value.as_of for value in made_of.values()), note=words, inputs=made_of,
    )  # fmt: skip
