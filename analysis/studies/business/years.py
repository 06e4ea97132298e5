"""The sheet of years in the investor's workbook: cash flows over a life that may change, and their worth."""

import math
from collections.abc import Sequence

from analysis import formulas
from analysis.exhibits.workbook import Block, Function, Line, Live, live
from analysis.exhibits.workbook.cells import expression
from analysis.studies.business.cash_flows import internal_rate_of_return
from analysis.studies.business.returns import Returns

SHEET, SHOWN_AT_LEAST = "Years", 10
"""Years that the sheet holds, so that a longer life than the report's can be asked."""
NEVER, NO_RATE, FINE, LOOK = "never", "none", "fine", "look"

_EARNED = expression(
    formulas.annual_cash_flow_per_gpu,
    {name: f"{{{name}}}" for name in ("revenue_per_gpu_hour", "running_cost_per_gpu_hour", "annual_price_decline")}
    | {"years_passed": "({year}-1)", "tax_rate": "{tax_rate}"},
)


def _in_year(year: float, economic_life: float, resale_proceeds_per_gpu: float, **given: float) -> float:
    if year > economic_life:
        return 0.0
    earned = formulas.annual_cash_flow_per_gpu(**given, years_passed=year - 1)
    return max(0.0, float(earned)) + (resale_proceeds_per_gpu if year == economic_life else 0.0)


IN_YEAR = Function(
    f"IF({{year}}>{{economic_life}},0,MAX(0,{_EARNED})+IF({{year}}={{economic_life}},{{resale_proceeds_per_gpu}},0))",
    _in_year,
)
"""The cash flow of a year: idled before one that would cost more than it earns, a GPU is sold when its life ends."""

WORTH = Function(
    "SUMPRODUCT({flows}/(1+{rate})^{years})",
    lambda flows, rate, years: sum(flow / (1 + rate) ** year for flow, year in zip(flows, years, strict=True)),
)
"""What all cash flows are worth on the day of purchase."""

# With the sum S of n cash flows and the capital K, the rate is above both roots of S / K, the n-th and the first,
# less 1, whichever is lower. From below, Newton's method rises to it without passing it.
RATE = Function(
    f'IF(SUM({{earned}})<=0,"{NO_RATE}",IRR({{flows}},MIN((SUM({{earned}})/-{{outlay}})^(1/{{economic_life}}),'
    "SUM({earned})/-{outlay})-1))",
    lambda earned, flows, outlay, economic_life: _rate(flows),
)
"""The interest at which they are worth nothing: one, since only the outlay is negative."""

PAYBACK = Function(
    f'IF({{first}}<=0,"{NEVER}",{{capital_per_gpu}}*12/{{first}})',
    lambda first, capital_per_gpu: NEVER if first <= 0 else formulas.payback_time(capital_per_gpu, first),
)
"""The months until the first year's cash flow, if it stayed, would have returned the capital."""

WITHIN = Function(
    f'IF(AND({{low}}<={{amount}},{{amount}}<={{high}}),"{FINE}","{LOOK}")',
    lambda low, amount, high: FINE if low <= amount <= high else LOOK,
)
WHOLE = Function(f'IF({{amount}}=INT({{amount}}),"{FINE}","{LOOK}")', lambda amount: LOOK if amount % 1 else FINE)


def _rate(flows: Sequence[float]) -> float | str:
    last = max(year for year, flow in enumerate(flows) if flow)
    rate = internal_rate_of_return(flows[: last + 1])
    return NO_RATE if math.isnan(rate) else rate


def blocks_of(owned: Sequence[Returns]) -> list[Block]:
    """Return what owners get back, first the net present value, then the cash flows of each year."""
    longest = max(SHOWN_AT_LEAST, *(int(returns["economic_life"]) for returns in owned))
    years = [Live(entry=float(year)) for year in range(longest + 1)]
    flows = [_flows(returns, years) for returns in owned]
    names = [returns.platform.name for returns in owned]
    pairs = list(zip(owned, flows, strict=True))
    found = {
        "Net present value": [
            live(WORTH, "net_present_value", flows=each, rate=returns["cost_of_capital"], years=years)
            for returns, each in pairs
        ],
        "Internal rate of return": [
            live(
                RATE, "internal_rate_of_return", earned=each[1:], flows=each, outlay=each[0],
                economic_life=returns["economic_life"],
            )
            for returns, each in pairs
        ],
        "Payback time": [
            live(PAYBACK, "payback_time", first=each[1], capital_per_gpu=returns["capital_per_gpu"])
            for returns, each in pairs
        ],
    }  # fmt: skip
    heads = ["Purchase", *(f"Year {year.shown:.0f}" for year in years[1:])]
    by_year = [Line("Year", years), *(Line(name, each) for name, each in zip(names, flows, strict=True))]
    return [
        Block("What a GPU returns", names, [Line(label, cells) for label, cells in found.items()], SHEET),
        Block("Years", heads, by_year[:1], SHEET),
        Block("Cash flows of a GPU", heads, by_year[1:], SHEET, "Cash flow of a GPU by year (USD)", longest + 1),
    ]


def _flows(returns: Returns, years: Sequence[Live]) -> list[Live]:
    given = {
        name: returns[name]
        for name in ("revenue_per_gpu_hour", "running_cost_per_gpu_hour", "tax_rate", "economic_life")
    } | {"annual_price_decline": returns.path.annual_price_decline, "resale_proceeds_per_gpu": returns.sale}
    spent = {name: returns[name] for name in ("capital_per_gpu", "tax_rate", "depreciation_present_value")}
    outlay = live(formulas.capital_outlay_per_gpu, "annual_cash_flow_per_gpu", **spent)
    return [outlay, *(live(IN_YEAR, "annual_cash_flow_per_gpu", year=year, **given) for year in years[1:])]


def checks_of(owned: Sequence[Returns]) -> list[Line]:
    """Return what must hold of an owner's inputs, whatever is changed."""
    first, longest = owned[0], max(SHOWN_AT_LEAST, *(int(returns["economic_life"]) for returns in owned))
    life = first["economic_life"]
    ranges = {
        f"The life is 1 to {longest} years, as many as the sheet Years holds": (life, float(longest)),
        "The tax is a share of income, less than all of it": (first["tax_rate"], 0.999),
        "The yearly fall of the token price is a share of it": (first.path.annual_price_decline, 1.0),
        "The residual value is a share of the capital": (first["residual_value"], 1.0),
    }
    return [
        Line("The life is of whole years", [live(WHOLE, amount=life), life]),
        *(
            Line(label, [live(WITHIN, low=float(amount is life), amount=amount, high=high), amount])
            for label, (amount, high) in ranges.items()
        ),
    ]
