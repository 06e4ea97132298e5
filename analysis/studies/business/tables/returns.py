"""Tables of what an owner gets back, of what a margin can stand, and of a stated return with what it needs."""

from collections.abc import Iterable, Mapping, Sequence

from analysis.exhibits.statements import Cell, Shown
from analysis.exhibits.tables import records, table
from analysis.library.choices import choices
from analysis.library.quantities import Quoted
from analysis.library.values import Value
from analysis.studies.business.brief import Brief, firm_prices
from analysis.studies.business.cash_flows import chosen
from analysis.studies.business.economics import Economics
from analysis.studies.business.returns import NEVER, WITHOUT_LIMIT, Returns
from analysis.studies.business.stated_returns import Statement
from analysis.studies.procurement.offers import Offer as Capacity

_STATED = {
    "throughput_per_gpu": "Throughput (tok/s/GPU)",
    "utilization": "Utilization",
    "token_price": "Price (USD/Mtok)",
    "earned": "Earned (USD)",
    "multiple": "Over the investment",
    "token_price_for_revenue": "Price needed (USD/Mtok)",
    "years_for_revenue": "Years needed",
}


def returns(brief: Brief) -> Shown | None:
    """Return what each platform whose capital is public is worth and returns to its owner; None where none is."""
    if not brief.owned:
        return None
    first, (low, high) = brief.owned[0], brief.ends
    return records(
        "returns",
        "What a GPU returns over a life of {life:1} years when the price of tokens "
        + ("falls by {decline:2} a year." if brief.conditions.annual_price_decline else "stays as it is."),
        [
            {
                "Platform": owned.platform.name,
                "Capital (USD/GPU)": owned["capital_per_gpu"],
                "Payback (months)": owned.payback_within_life or NEVER,
                "Net present value (USD/GPU)": owned.worth,
                "Internal rate of return, per year": owned.rate or f"none: {owned.why_no_rate}",
                "The rate at low load": at_low.rate or "none",
                "The rate at high load": at_high.rate or "none",
                "First year's token price at the cost of capital (USD/Mtok)": owned.first_price,
                "Read with": _read_with(owned, at_low, at_high),
            }
            for owned, at_low, at_high in zip(brief.owned, brief.owned_at(low), brief.owned_at(high), strict=True)
        ],
        note="Tax, staff, support, licenses and residual value are nil unless the parameter finance states them: "
        "none has a public figure; where only the price of a system is public, so are network and storage beside it: "
        "state capital_per_gpu with them. Payback: at the first year's cash flow. Low and high load: {low:2} and "
        "{high:2} of full load. First year's price: the one at which, "
        + ("falling" if brief.conditions.annual_price_decline else "staying")
        + " as above, the net present value at the cost of capital, {cost_of_capital} a year, is nothing. A GPU is "
        "idled before a year that would cost more than it earns.",
        life=first["economic_life"],
        decline=first.path.annual_price_decline,
        low=low,
        high=high,
        cost_of_capital=first["cost_of_capital"],
    )


def by_decline(brief: Brief) -> Shown | None:
    """Return what the platforms asked for return as the token price falls faster; None where no capital is known."""
    told = [owned for owned in brief.owned if owned.economics in brief.pair] or list(brief.owned)
    if not told:
        return None
    rows: list[list[Cell]] = []
    none = chosen("annual_price_decline", 0.0, "token price")
    for decline in (none, *choices("annual_price_decline", "asked of returns", brief.library.folder)):
        row: list[Cell] = [decline]
        for owned in told:
            (at,) = brief.owned_by([owned.economics], decline.number)
            row += [at.worth, at.rate or f"none: {at.why_no_rate}", at.first_price, at.idled]
        rows.append(row)
    heads = ("net present value (USD/GPU)", "rate of return, per year", "first price (USD/Mtok)", "idled")
    return table(
        "returns-by-decline",
        "What a GPU returns by how fast the price of tokens falls.",
        ["Fall a year", *(f"{owned.platform.name}: {head}" for owned in told for head in heads)],
        rows,
        note="All else as above: {load:2} of full load sold, {why}. First price: that of the first year at which the "
        "net present value is nothing.",
        load=brief.load,
        why=WITHOUT_LIMIT,
    )


def sensitivity(brief: Brief, capacity: Iterable[Capacity]) -> Shown:
    """Return how far price, utilization and the price of capacity can move before a platform's margin is gone."""
    prices, (low, high) = firm_prices(capacity), brief.ends
    days = [price.as_of for listed in prices.values() for price in listed]
    return records(
        "sensitivity",
        "What each platform's gross margin can stand.",
        [_room(side, low, high, prices.get(key, [])) for key, side in brief.by_key.items()],
        note="Low and high load: {low:2} and {high:2} of full load. Capacity may cost at most what a GPU-hour earns. "
        "Public prices: on demand, reserved and capacity blocks of cloud providers, until {day}; not spot.",
        day=max(days, default="today"),
        low=low,
        high=high,
    )


def stated_return(stated: Statement, cases: Mapping[str, Mapping[str, Value]]) -> Shown | None:
    """Return what a system earns in its life, and what the stated revenue needs, a case a row; None without cases."""
    if not cases:
        return None
    *_, last = cases.values()
    return table(
        "stated-return",
        "What a rack of {gpus} GPUs earns in {life:1} years, and what {revenue} needs.",
        ["Case", *_STATED.values()],
        [[Quoted(name), *(amounts[key] for key in _STATED)] for name, amounts in cases.items()],
        note="Price needed and years needed: all else as in the row. Revenue, before any cost of running.",
        gpus=last["gpus"],
        life=last["economic_life"],
        revenue=stated.revenue,
    )


def _read_with(*cases: Returns) -> str:
    """What a return rests on that no owner can count on, and when the first case is idled."""
    boundless = any(case.rate and case.rate.number > 1 for case in cases)
    words = [WITHOUT_LIMIT] if boundless else []
    return "; ".join([*words, *([Quoted(f"idled {cases[0].idled}")] if cases[0].idled != "no" else [])]) or "–"


def _room(side: Economics, low: Value, high: Value, prices: Sequence[Value]) -> dict[str, Cell]:
    """What the margin of a platform can stand; the prices of capacity rise, and the highest of them counts."""
    dearest = prices[-1] if prices else None
    return {
        "Platform": side.platform.name,
        "Fall of the token price": side["gross_margin"] if side.earns else "none left",
        "Least utilization": side["least_utilization"] if side["least_utilization"].number <= 1 else "none",
        "Margin at low load": side.under(utilization=low)["gross_margin"],
        "Margin at high load": side.under(utilization=high)["gross_margin"],
        "Highest public price of capacity (USD/GPU/h)": dearest or "no public price",
        "Margin at that price": side.under(price_per_gpu_hour=dearest)["gross_margin"] if dearest else "–",
    }
