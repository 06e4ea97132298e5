"""Tables of what may come: each platform under bull, base and bear, and the prices at which it stops earning."""

from collections.abc import Mapping
from dataclasses import replace

from analysis import formulas
from analysis.exhibits.statements import Cell, Shown
from analysis.exhibits.tables import table
from analysis.library.quantities import Quoted
from analysis.library.values import Status, Value, calculate
from analysis.studies.business.brief import Brief
from analysis.studies.business.outlooks import Amounts, Case, case, outlooks, path, rival
from analysis.studies.business.returns import NEVER

_NOTE = (
    "At {floor} tok/s/user or more, at {faster} where the outlook says so. Margin: of the first year, at {tier} "
    "times what the outlook says. Payback: at the first year's cash flow. Net present value: over {life:1} years at "
    "the cost of capital, {interest} a year; a system is a node or a rack as it is sold. What an outlook sets is "
    "assumed, and stands below."
)


def by_outlook(brief: Brief) -> Shown | None:
    """Return what the two platforms, and a rival, earn and are worth under each outlook; None without capital."""
    if not brief.owned:
        return None
    rows: list[list[Cell]] = []
    for name, amounts in outlooks(brief).items():
        for key in platforms(brief):
            made = case(brief, amounts, key)
            rows.append([name, brief.library.platform(key).name, *(_cells(made) if made else ["not served"] * 7)])
    first = brief.owned[0]
    return table(
        "outlooks",
        "What each platform earns and is worth under three outlooks.",
        [
            *("Outlook", "Platform", "First year's price (USD/Mtok)", "Gross margin", "Payback (months)"),
            *("Net present value (USD/GPU)", "per megawatt (USD)", "per system (USD)", "Idled"),
        ],
        rows,
        note=_NOTE,
        floor=brief.floor,
        faster=outlooks(brief)["bear"].get("interactivity", brief.floor),
        tier=Quoted(next(iter(brief.tiers))),
        life=first["economic_life"],
        interest=first["cost_of_capital"],
    )


def prices_to_stop(brief: Brief) -> Shown | None:
    """Return the price of tokens by year under each outlook, beside that at which each platform stops earning."""
    if not brief.owned:
        return None
    years = range(int(brief.owned[0]["economic_life"].number))
    known = outlooks(brief)
    rows: list[list[Cell]] = [
        [f"Price of tokens, {name}", *(_price_in(brief, amounts, year) for year in years)]
        for name, amounts in known.items()
    ]
    gain = known["base"].get("annual_throughput_gain")
    for owned in brief.owned:
        running = calculate(
            formulas.cost_per_million_tokens,
            price_per_gpu_hour=owned["running_cost_per_gpu_hour"],
            throughput_per_gpu=owned["delivered_throughput_per_gpu"],
        )
        name = f"{owned.platform.name}, owned: idled below"
        rows.append([name, *(_served_by_software(running, gain, year) for year in years)])
    for key in platforms(brief):
        side, price = brief.by_key[key], brief.library.known_price(key, "rental_3yr", brief.conditions.vintage)
        if price:
            cost = side.under(price_per_gpu_hour=price)["cost_per_million_tokens"]
            name = f"{side.platform.name}, rented: a loss below"
            rows.append([name, *(_served_by_software(cost, gain, year) for year in years)])
    return table(
        "prices-to-stop",
        "At which price of tokens each platform stops earning, by year (USD/Mtok).",
        ["Price or platform", *(Quoted(f"Year {year + 1}") for year in years)],
        rows,
        note="{load:2} of full load at {floor} tok/s/user or more. An owner idles a GPU whose tokens sell for less "
        "than they cost to run; a tenant pays the whole rent, of three years. The base outlook's gain by software "
        "lowers both from year to year.",
        load=brief.load,
        floor=brief.floor,
    )


def platforms(brief: Brief) -> list[str]:
    """Return the keys of the platforms that are told of: the two asked for and another vendor's with cheap tokens."""
    beside = rival(brief, brief.by_key)
    told = [side.platform.key for side in brief.pair] + ([beside.platform.key] if beside else [])
    return list(dict.fromkeys(told))


def _cells(made: Case) -> list[Cell]:
    back = made.returns
    first: list[Cell] = [made.side["token_price"], made.side["gross_margin"]]
    if back is None or made.per_megawatt is None or made.per_system is None:
        return [*first, *["no public capital"] * 2, "–", "–", "–"]
    return [*first, back.payback_within_life or NEVER, back.worth, made.per_megawatt, made.per_system, back.idled]


def _price_in(brief: Brief, amounts: Amounts, year: int) -> Value:
    """The price of a token in a year: software serves more of them and changes nothing of what each sells for."""
    going = replace(path(brief, amounts), annual_throughput_gain=None)
    served = (case(brief, amounts, key) for key in platforms(brief))
    price = next((made.side["token_price"] for made in served if made), brief.price)
    return _changed(price, going.left(year), {"yearly fall": going.decline}, "the first year's price on its path")


def _served_by_software(cost: Value, gain: Value | None, year: int) -> Value:
    share = (1 + gain.number) ** -year if gain else 1.0
    return _changed(cost, share, {"gain": gain} if gain else {}, "less by what software gains")


def _changed(value: Value, share: float, by: Mapping[str, Value], words: str) -> Value:
    made_of = {"first year": value, **by}
    number = value.number * share
    return replace(value, number=number, status=Status.DERIVED, formula=None, printed="", inputs=made_of, note=words)
