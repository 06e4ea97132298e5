"""The terms of quotes in the procurement workbook: minimum, tiers, egress and set-up as cells that costs follow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.exhibits.workbook import Block, Line, Live, again, live
from analysis.library.quantities import quantity
from analysis.studies.procurement.brief import Brief
from analysis.studies.procurement.offers import Offer, in_dollars
from analysis.studies.procurement.options import Option
from analysis.studies.procurement.workbook.functions import BILLED

SHEET = "Offers"


@dataclass(frozen=True, eq=False)
class Terms:
    """What a quote bills by."""

    name: Live
    minimum: Live  # GPUs that are paid at least
    egress: Live  # in USD/month
    setup: Live  # in USD, once
    starts: Sequence[Live]  # GPUs from which each price holds, the first from none on
    prices: Sequence[Live]  # in USD/GPU/h
    by_month: Sequence[Live]  # what it bills in each month from today, in USD/month


def terms_of(brief: Brief, gpus: Mapping[str, Sequence[Live]]) -> dict[int, Terms]:
    """Return the terms of the quotes that bill otherwise than by price and GPUs, by the option's identity."""
    return {
        id(option): _terms(brief, option, option.offer, gpus[option.fleet.platform.key])
        for option in brief.options
        if option.offer and option.offer.bills_otherwise
    }


def _terms(brief: Brief, option: Option, offer: Offer, gpus: Sequence[Live]) -> Terms:
    quote, conditions = offer.quote, brief.conditions
    assert quote is not None
    assert offer.price is not None
    tiers = sorted(quote.discounts, key=lambda tier: tier.gpus)
    starts = [_entry(0.0, "fleet_gpus"), *(_entry(float(tier.gpus), "fleet_gpus") for tier in tiers)]
    lower = [_entry(in_dollars(conditions, quote, tier.price), "price_per_gpu_hour") for tier in tiers]
    prices = [again(offer.price), *lower]
    minimum = _entry(float(quote.minimum_gpus or 0), "fleet_gpus")
    egress, setup = (in_dollars(conditions, quote, amount or 0.0) for amount in (quote.egress, quote.setup))
    monthly = _entry(egress, "cost_per_month")
    by_month = [
        live(BILLED, "cost_per_month", gpus=count, minimum=minimum, starts=starts, prices=prices, egress=monthly)
        for count in gpus
    ]
    name = Live(entry=f"{offer.name}, {offer.terms}")
    return Terms(name, minimum, monthly, _entry(setup, "horizon_cost"), starts, prices, by_month)


def block_of(terms: Mapping[int, Terms]) -> Block:
    """Return the block of the terms, a quote a row."""
    most = max(len(each.starts) for each in terms.values())
    heads = [
        *("Minimum of GPUs", "Egress (USD/month)", "Set-up, once (USD)"),
        *(f"Price {place + 1} from GPUs" for place in range(most)),
        *(f"Price {place + 1} (USD/GPU/h)" for place in range(most)),
    ]
    lines = []
    for each in terms.values():
        empty = [None] * (most - len(each.starts))
        cells = [each.minimum, each.egress, each.setup, *each.starts, *empty, *each.prices, *empty]
        lines.append(Line(each.name, cells))
    return Block("Terms of the quotes, by which their costs are billed", heads, lines, SHEET)


def _entry(amount: float, key: str) -> Live:
    return Live(entry=amount, measures=quantity(key))
