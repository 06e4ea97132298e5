"""Tables of what a brief is held against: public rents, prices of tokens over time, other chips."""

from collections.abc import Iterable, Mapping, Sequence

from analysis.comparison.token_prices import Offer, of_all_models
from analysis.exhibits.statements import Cell, Shown
from analysis.exhibits.tables import table
from analysis.library.quantities import Quoted
from analysis.library.sources import Library
from analysis.library.values import counted
from analysis.studies.business.comparables import evidence, printed
from analysis.studies.claims.judgment import Judgment
from analysis.studies.procurement.offers import Offer as Capacity


def rents(capacity: Iterable[Capacity]) -> Shown:
    """Return the lowest and the highest public rent of each platform, with provider and day."""
    by_platform: dict[str, list[Capacity]] = {}
    asked = list(capacity)
    for offer in asked:
        if offer.price:
            by_platform.setdefault(offer.platform.name, []).append(offer)
    unknown = sorted({offer.platform.name for offer in asked} - by_platform.keys())
    rows: list[list[Cell]] = []
    for name, offers in by_platform.items():
        ranked = sorted(offers, key=lambda offer: offer.price.number if offer.price else 0.0)
        firm, loose = ([offer for offer in ranked if offer.firm is kept] for kept in (True, False))
        row: list[Cell] = [name, counted(len(firm), "public prices")]
        for ends in (firm[:1], firm[-1:], loose[:1]):
            row += [cell for offer in ends for cell in _asked(offer)] or ["–", "–"]
        rows.append(row)
    heads = ("Lowest", "by whom", "Highest", "by whom", "Lowest that may be taken back", "by whom")
    return table(
        "rents",
        "What is publicly asked for a GPU-hour (USD/GPU/h), with the day of each price.",
        ["Platform", "Offers", *heads],
        rows,
        note="Offers: on demand, reserved and capacity blocks, the newest of each provider."
        + (" Asked for and not published: {unknown}." if unknown else ""),
        unknown=Quoted(", ".join(unknown)),
    )


def price_history(library: Library) -> Shown:
    """Return every price of tokens that the data hold, of all models, by day."""
    listed = sorted(of_all_models(library), key=lambda offer: offer.prices["output_token_price"].as_of)
    return table(
        "price-history",
        "Public prices of tokens of all models of the data, the oldest first (USD/Mtok).",
        ["Day", "Provider and model", "Input", "Cached input", "Output", "Served at (tok/s/user)"],
        [_dated(offer) for offer in listed],
        note="These are list prices of different models: their order in time is no price path of one.",
    )


def chips(library: Library, judged: Mapping[str, Sequence[Judgment]]) -> Shown:
    """Return what there is of each chip: measured, supplied by its vendor, or only claimed."""
    return table(
        "chips",
        "What is known of each chip: measured, supplied by its vendor, or only claimed.",
        ["Platform", "Vendor", "Evidence", "Public rows", "Supplied rows", "Newest statement", "Day"],
        [
            [
                each.platform.name,
                each.platform.vendor,
                each.kind,
                counted(each.measured, "public rows"),
                counted(each.supplied, "supplied rows"),
                printed(each.statements[-1]) if each.statements else "–",
                each.statements[-1].claim.date.isoformat() if each.statements else "–",
            ]
            for each in evidence(library, judged)
        ],
        note="Rows of all models and days of the data. A statement's verdict is that of the docket, under the "
        "conditions of its own day.",
    )


def _asked(offer: Capacity) -> list[Cell]:
    return [offer.price or "–", Quoted(f"{offer.provider}, {offer.terms}, {offer.as_of}")]


def _dated(offer: Offer) -> list[Cell]:
    return [
        offer.prices["output_token_price"].as_of,
        offer.name,
        offer.prices["price_of_cache_miss"],
        offer.prices["price_of_cache_hit"] if offer.discounts_hits else "no price",
        offer.prices["output_token_price"],
        offer.interactivity or "not stated",
    ]
