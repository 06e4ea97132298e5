"""What providers ask for a GPU-hour: the newest public price of each kind, and the quotes that the buyer received."""

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import numpy as np
import pandas as pd

from analysis import formulas
from analysis.frontier.curves import Floats
from analysis.library.quantities import Quoted, quantity
from analysis.library.sources import Library, Platform
from analysis.library.values import Status, Value
from analysis.scenario import Parameters, Quote

TABLE = "market_prices"
AVERAGE, ON_DEMAND = "market average", "on-demand"
UNRANKED = ("spot", "preemptible", "interruptible", "community", AVERAGE)
"""Words in the terms of a price that nobody vouches for: its GPUs may be taken back, or nobody offers it."""
NO_PUBLIC_PRICE = "no public price"
QUOTE, PUBLIC = "quote", "public price"


@dataclass(frozen=True)
class Offer:
    """A price of a GPU-hour, or that a provider publishes none."""

    provider: str  # who offers it
    platform: Platform
    terms: str
    price: Value | None  # in USD/GPU/h; None where none is public
    kind: str  # a quote that the buyer received, a public price, or none
    as_of: str  # day of the price, or on which none was found; empty where a quote has none
    note: str = ""  # what its source says about it
    quote: Quote | None = None  # what the buyer received; None of a public price
    expired: bool = False  # whether that day is past

    @property
    def firm(self) -> bool:
        """Whether somebody offers it still and may not take the GPUs back, so that it can carry the limits."""
        return not self.expired and not any(word in self.terms.lower() for word in UNRANKED)

    @property
    def on_demand(self) -> bool:
        """Whether it binds nobody for longer than the hour."""
        return ON_DEMAND in self.terms.lower()

    @property
    def bills_otherwise(self) -> bool:
        """Whether a quote asks another amount than its price times the GPUs that are needed."""
        quote = self.quote
        return quote is not None and bool(quote.minimum_gpus or quote.egress or quote.setup or quote.discounts)

    @property
    def standing(self) -> str:
        """How far its price can be trusted, in a word."""
        if self.price is None:
            return "not published"
        return "your quote" if self.kind == QUOTE else str(self.price.status)

    @property
    def name(self) -> str:
        """Provider and platform, in words."""
        return f"{self.provider}, {self.platform.name}"


def offers(library: Library, conditions: Parameters) -> tuple[Offer, ...]:
    """Return the buyer's quotes, then the newest public price of each provider, platform and terms."""
    return (*(_quoted(library, conditions, place) for place in range(len(conditions.quotes))), *_listed(library))


@lru_cache(maxsize=16)  # a brief and each of its variations ask for them
def _listed(library: Library) -> tuple[Offer, ...]:
    table = library.tables[TABLE].sort_values("as_of", kind="stable")
    newest = table.drop_duplicates(["provider", "hardware", "terms"], keep="last").sort_index()
    return tuple(_public(library, row) for _, row in newest.iterrows())


def _quoted(library: Library, conditions: Parameters, place: int) -> Offer:
    quote, where = conditions.quotes[place], f"parameter quotes, number {place + 1}"
    platform = library.platform(quote.platform)
    day = quote.date.isoformat() if quote.date else ""
    amount = in_dollars(conditions, quote, quote.price)
    price = Value(
        amount, quantity("price_per_gpu_hour"), f"{platform.name} from {quote.provider}", Status.QUOTED,
        {"price": quote.terms}, as_of=day, place=where, digits=_digits(round(amount, 4)), note=_converted(quote),
    )  # fmt: skip
    expired = quote.expiry is not None and quote.expiry < reference_day(library, conditions)
    return Offer(Quoted(quote.provider), platform, Quoted(quote.terms), price, QUOTE, day, quote.note, quote, expired)


def in_dollars(conditions: Parameters, quote: Quote, amount: float) -> float:
    """Return an amount of a quote without tax, in USD, at the rate that the scenario states."""
    rate = 1.0 if quote.currency == "USD" else conditions.exchange_rates[quote.currency]
    return amount * rate / (1 + quote.tax)


def tiered(conditions: Parameters, offer: Offer, gpus: float) -> Value | None:
    """Return an offer's price for so many GPUs, in USD/GPU/h: that of the highest tier which they reach."""
    tiers = sorted(offer.quote.discounts, key=lambda tier: tier.gpus) if offer.quote else []
    least = (offer.quote and offer.quote.minimum_gpus) or 0
    reached = [tier for tier in tiers if tier.gpus <= max(gpus, least)]
    if not reached or offer.quote is None or offer.price is None:
        return offer.price
    amount = in_dollars(conditions, offer.quote, reached[-1].price)
    return replace(offer.price, number=amount, digits=_digits(round(amount, 4)), note="its tier for these GPUs")


def billed(conditions: Parameters, offer: Offer, gpus: Floats) -> Floats:
    """Return what an offer that has a price bills in a month for so many GPUs, set-up aside, in USD/month.

    A quote bills at least its minimum of GPUs, at the price of the tier which they reach, and its egress.
    """
    quote = offer.quote
    paid = np.maximum(gpus, (quote and quote.minimum_gpus) or 0)
    prices = [price.number for count in paid if (price := tiered(conditions, offer, float(count)))]
    egress = in_dollars(conditions, quote, quote.egress) if quote and quote.egress else 0.0
    return np.asarray(formulas.cost_per_month(paid, np.array(prices)) + egress)


def reference_day(library: Library, conditions: Parameters) -> date:
    """Return the latest day that a brief knows of: its cut-off, or that of the newest public price."""
    newest = pd.Timestamp(library.tables[TABLE]["as_of"].max()).date()
    return newest if newest > conditions.as_of else conditions.as_of


def _converted(quote: Quote) -> str:
    parts = [f"{quote.price:g} {quote.currency}"] if quote.currency != "USD" else []
    parts += [f"without the tax of {quote.tax:.1%} in it"] if quote.tax else []
    return ", ".join(parts)


def _public(library: Library, row: pd.Series) -> Offer:
    platform, day = library.platform(row["hardware"]), row["as_of"].strftime("%Y-%m-%d")
    provider, terms = Quoted(row["provider"]), Quoted(row["terms"])
    if pd.isna(row["value"]):
        return Offer(provider, platform, terms, None, NO_PUBLIC_PRICE, day, row["note"])
    subject = f"{platform.name} from {row['provider']}"
    stated = library.stated(TABLE, row, "price_per_gpu_hour", subject, price=row["terms"])
    price = replace(stated, digits=_digits(row["value"]))
    return Offer(provider, platform, terms, price, PUBLIC, day, row["note"])


def _digits(price: float) -> int:
    """Return the digits that show a price as it was asked, to the cent at least."""
    return max(len(f"{price:.2f}"), len(repr(float(price)))) - 1
