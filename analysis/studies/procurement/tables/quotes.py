"""The quotes that a buyer received, with all their terms, and what follows of each."""

from collections.abc import Iterator
from datetime import timedelta

from analysis.exhibits.statements import Shown
from analysis.exhibits.tables import table
from analysis.library.terms import Quoted
from analysis.studies.procurement.brief import Brief
from analysis.studies.procurement.offers import Offer, in_dollars, reference_day
from analysis.studies.procurement.tables.platforms import NOTHING

OLD = timedelta(days=365)


def quotes(brief: Brief) -> Shown | None:
    """Return each quote as it was received and what follows of its terms; None where there is none."""
    received = [offer for offer in brief.offers if offer.quote]
    if not received:
        return None
    return table(
        "quotes",
        "The quotes received, and what follows of their terms.",
        ["Provider", "Platform", "Price (USD/GPU/h)", "Day", "Can be signed until", "Terms", "What follows"],
        [
            [
                offer.provider, offer.platform.name, offer.price or NOTHING, offer.as_of or "none stated",
                Quoted(str(offer.quote.expiry or "not stated")), Quoted("; ".join(_terms(offer))),
                Quoted("; ".join(_follows(brief, offer)) or NOTHING),
            ]
            for offer in received
            if offer.quote
        ],
        note="Prices without tax, in US dollars at the rate that the scenario states. Cost and totals hold what the "
        "quote bills: the GPUs of the month, its minimum at least, at the price of their tier; its egress of "
        "a month; its set-up once. It is not split into a reserved base and a peak on demand.",
    )  # fmt: skip


def _terms(offer: Offer) -> Iterator[str]:
    quote = offer.quote
    assert quote is not None
    yield quote.terms
    named = {
        "{} months": quote.term_months, "at least {} GPUs": quote.minimum_gpus, "ramp: {}": quote.ramp,
        "starts {}": quote.start, "set-up {:g}": quote.setup, "egress {:g} a month": quote.egress,
        "in {}": quote.currency if quote.currency != "USD" else None, "tax of {:.1%} taken off": quote.tax,
        "{}": quote.note,
    }  # fmt: skip
    yield from (words.format(stated) for words, stated in named.items() if stated)
    yield from (f"from {tier.gpus} GPUs {tier.price:g}" for tier in quote.discounts)


def _follows(brief: Brief, offer: Offer) -> Iterator[str]:
    quote, today = offer.quote, reference_day(brief.library, brief.conditions)
    assert quote is not None
    if offer.expired:
        yield f"expired before {today}: not ranked, ask again"
    if quote.date and quote.date > today:
        yield f"dated after {today}, the last day known here"
    if quote.date and quote.date < today - OLD:
        yield "older than a year: ask again"
    if offer.platform.key not in brief.fleets:
        yield "its platform does not serve this load, or was not measured: no total"
        return
    months, gpus = brief.conditions.horizon, brief.fleets[offer.platform.key].gpus.number
    if quote.term_months and quote.term_months < months:
        yield f"its price ends {months - quote.term_months} months before the horizon"
    if quote.term_months and quote.term_months > months:
        yield f"it binds {quote.term_months - months} months beyond the horizon"
    if quote.minimum_gpus and quote.minimum_gpus > gpus:
        yield f"{quote.minimum_gpus - gpus:,.0f} GPUs more than today's load takes are paid"
    once = [in_dollars(brief.conditions, quote, amount) for amount in (quote.setup,) if amount]
    yield from (f"${amount:,.0f} once, in the total" for amount in once)
    monthly = [in_dollars(brief.conditions, quote, amount) * months for amount in (quote.egress,) if amount]
    yield from (f"${amount:,.0f} of egress over the horizon, in the total" for amount in monthly)
