"""What a buyer states: the quotes received with their terms and what follows, and the keys that shape a brief."""

from collections.abc import Iterator
from datetime import timedelta

from analysis.exhibits.statements import Shown
from analysis.exhibits.tables import table
from analysis.library.quantities import Quoted
from analysis.scenario import Parameters
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


APPLIED = {
    "the load": ("tokens_per_day", "input_tokens_per_day", "output_tokens_per_day", "concurrent_users", "day_shape",
                 "hourly_load", "batch_share", "peak_factor", "peak_utilization", "growth_per_year",
                 "growth_per_month", "horizon"),
    "the requests": ("input_tokens", "output_tokens", "workloads", "cache_hit_rate"),
    "the limits of service": ("minimum_interactivity", "minimum_interactivity_p99", "maximum_ttft_median",
                              "maximum_ttft_p99", "minimum_accuracy"),
    "the rows that may answer": ("as_of", "snapshot", "suspect_series", "origin"),
    "prices and power": ("vintage", "price_tier", "quotes", "exchange_rates", "finance"),
    "the limits of the buyer": ("power_limit", "budget_per_month", "purchase", "spares", "sites"),
}  # fmt: skip
"""What a brief takes of a scenario, by what it shapes."""


def keys(brief: Brief) -> Shown:
    """Return every key that a brief takes of a scenario: stated, or left at its default."""
    rows = []
    for what, names in APPLIED.items():
        stated = [name for name in names if brief.conditions.states(name)]
        left = [name for name in names if not brief.conditions.states(name)]
        rows.append([what, Quoted(", ".join(stated) or "none"), Quoted(", ".join(left) or "none")])
    applied = {name for names in APPLIED.values() for name in names}
    others = [name for name in Parameters.model_fields if name not in applied | {"stated"}]
    return table(
        "keys",
        "The keys of the scenario that this brief takes.",
        ["They shape", "Stated", "Not stated, so at their defaults"],
        rows,
        note="Other keys of a scenario belong to other reports and change nothing here: {others}.",
        others=Quoted(", ".join(others)),
    )
