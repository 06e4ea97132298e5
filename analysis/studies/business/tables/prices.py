"""Tables of prices, of capacity by tier and of tokens by provider and kind, with the margin that each leaves."""

from analysis.comparison.token_prices import Offer
from analysis.exhibits.statements import Cell, Shown
from analysis.exhibits.tables import records, table
from analysis.library.quantities import Quoted
from analysis.library.sources import TIERS, Library
from analysis.scenario import Parameters
from analysis.studies.business.brief import Brief
from analysis.studies.business.kinds import HIT, INPUT, OUTPUT, Kinds, kinds


def tiers(brief: Brief) -> Shown:
    """Return what capacity costs in each tier and on public lists, and what margin each leaves, side by side."""
    rows: list[list[Cell]] = []
    for key, side in brief.by_key.items():
        cells: list[Cell] = [side.platform.name]
        for tier, prices in brief.tiers.items():
            cells += [prices.get(key, "–"), brief.margin_in(tier, side) or "–"]
        rows.append(cells)
    days = [price.as_of for prices in brief.tiers.values() for price in prices.values()]
    return table(
        "tiers",
        "What the same GPU-hour costs by who pays for it, and the gross margin that is left at {price} per million "
        "tokens.",
        [
            "Platform",
            *(head for tier in brief.tiers for head in (Quoted(f"{tier.capitalize()} (USD/GPU/h)"), "margin")),
        ],
        rows,
        note="At {floor} tok/s/user or more, {load:2} of full load. Ownership and rental: what one source says that "
        "an owner bears and that a tenant pays, vintage {vintage}; public lists are what anybody is asked on demand, "
        "reserved or by capacity block until {day}, not spot, with the quotes of the scenario.",
        price=brief.price,
        floor=brief.floor,
        load=brief.load,
        vintage=brief.conditions.vintage,
        day=max(days),
    )


def token_prices(brief: Brief) -> Shown:
    """Return every provider's prices of tokens, their mean over the workload, and the margin at that very service."""
    return records(
        "token-prices",
        "Public prices of tokens, their mean over this workload (USD/Mtok), and the gross margin where each may be "
        "used: at the speed asked for, or, of a slower service, at its own.",
        [{**_prices(brief, offer), **_margins_at(brief, offer)} for offer in brief.offers],
        note="{hits} of the input is taken to be billed as cached. A cache would also spare work, which the measured "
        "rows do not show. A price without a stated speed is taken to be for the {floor} tok/s/user asked for. "
        "Capacity: {tier}, {load:2} of full load.",
        hits=brief.price.inputs["input_token_price"].inputs["cache_hit_rate"],
        floor=brief.floor_asked,
        tier=TIERS[brief.conditions.price_tier],
        load=brief.load,
    )


def _margins_at(brief: Brief, offer: Offer) -> dict[str, Cell]:
    sold = brief.sold_by(offer)
    margins: dict[str, Cell] = {}
    for side in brief.pair:
        served = sold.by_key.get(side.platform.key) if sold else None
        margins[f"Margin, {side.platform.name}"] = served["gross_margin"] if served else "not served"
    return margins


def _prices(brief: Brief, offer: Offer) -> dict[str, Cell]:
    return {
        "Provider and model": offer.name,
        "As of": offer.prices["output_token_price"].as_of,
        "Input": offer.prices["price_of_cache_miss"],
        "Cached input": offer.prices["price_of_cache_hit"] if offer.discounts_hits else "no price",
        "Output": offer.prices["output_token_price"],
        "Mean": brief.mean_price(offer),
        "Served at (tok/s/user)": offer.interactivity or "not stated",
    }


def by_kind(library: Library, conditions: Parameters) -> Shown | None:
    """Return list prices, modeled costs and margins by kind of token; None where no offer states its speed."""
    known = kinds(library, conditions)
    if not known:
        return None
    return records(
        "prices-by-kind",
        "What providers ask for each kind of token, and what it costs at the speed that they state by the two-part "
        "tariff.",
        [_by_kind(each) for each in known],
        note="Costs are at full load and at the prices of the scenario: a margin here pays for idle GPUs, staff and "
        "all else. A cached input token costs no GPU time in the model. Offers that state no speed are left out. "
        "The last column is the output price that covers the cost of all tokens of the scenario's workload.",
    )


def _by_kind(each: Kinds) -> dict[str, Cell]:
    offer, tariff = each.offer, each.tariff
    return {
        "Provider and model": offer.name,
        "At (tok/s/user)": offer.interactivity or "–",
        "Platform": tariff.platform.name,
        "Input, list (USD/Mtok)": offer.prices[INPUT],
        "Input, cost": tariff.input_cost,
        "Cached, list": offer.prices[HIT] if offer.discounts_hits else "as input",
        "Output, list": offer.prices[OUTPUT],
        "Output, cost": tariff.output_cost,
        "Margin on input": each.input_margin,
        "Margin on output": each.output_margin,
        "Which pays for which": each.subsidy,
        "Output price if input were free": tariff.output_price,
    }
