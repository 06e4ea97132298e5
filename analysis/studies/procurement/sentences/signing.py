"""What to sign now and by when, and whether renting is the least costly way to serve the load at all."""

from dataclasses import replace
from typing import Any

from analysis.exhibits.statements import Shown, say
from analysis.formulas.ownership import HOURS_PER_YEAR, MONTHS_PER_YEAR
from analysis.library.terms import Quoted
from analysis.library.values import Value, counted
from analysis.studies.procurement.brief import Brief
from analysis.studies.procurement.horizon import Path, months
from analysis.studies.procurement.offers import QUOTE
from analysis.studies.procurement.sentences.asked import joined, load_in_words
from analysis.studies.procurement.sentences.ways import less_than_rent
from analysis.studies.procurement.ways import API, OWNED

_OTHER = {API: "an API would total", OWNED: "owned GPUs would total"}


def sign(brief: Brief, lead: Path) -> Shown:
    """Return what to sign now, or where another way than renting costs less, that it does, and the least rent."""
    load, of_load = load_in_words(brief.load)
    option, fleet = lead.option, lead.option.fleet
    assert option.offer is not None
    contents: dict[str, Any] = {**of_load}
    of_systems = ""
    if fleet.systems:
        contents["systems"], of_systems = fleet.systems, " ({systems} × {system})"
    standing = (
        " A list price is not an offer: nobody has promised these GPUs, so ask for one."
        if option.offer.kind != QUOTE
        else ""
    )
    opening, closing, that, less = "What to sign now:", "", "That", less_than_rent(brief, lead)
    if less:
        opening, that = "Renting, the least costly is", "The rent"
        totals = " and ".join(f"{_OTHER[way.name]} {{total{place}}}" for place, way in enumerate(less))
        closing = f"; but over {{months}} months {totals} against {{rent}}, if what is told of that below holds"
        contents |= {f"total{place}": way.total for place, way in enumerate(less)}
        contents |= {"months": months(brief.conditions), "rent": lead.total}
    return say(
        f"{opening} {{gpus}} GPUs of {{platform}}{of_systems} from {{provider}}, {{terms}}, at {{price}} per "
        f"GPU-hour{closing}. {that} is {{cost}} a month of {{hours}} hours for {load}, {{per_token}} per million "
        f"tokens, and {{power}} MW of power.{_spare(brief)}{standing}",
        role="answer",
        finding=True,
        gpus=fleet.gpus,
        hours=counted(HOURS_PER_YEAR / MONTHS_PER_YEAR, "hours of a month, a twelfth of a year"),
        platform=fleet.platform.name,
        system=Quoted(fleet.platform.system),
        provider=option.offer.provider,
        terms=option.offer.terms,
        price=option.price,
        cost=to_the_dollar(option.cost_per_month),
        per_token=option.cost_per_million_tokens,
        power=fleet.megawatts(),
        **contents,
    )


def by_when(lead: Path) -> Shown:
    """Return until when what is to be signed can be, when it starts and for how long it binds, as its quote says."""
    offer = lead.option.offer
    assert offer is not None
    if offer.quote is None:
        return say("By when: a list price has no last day; it can change any day until it is signed.", role="answer")
    quote, provider = offer.quote, offer.provider
    dates = {
        "sign by {expiry}, until when the quote of {provider} holds": quote.expiry,
        "service starts on {start}": quote.start,
        "it binds for {term} months": quote.term_months,
    }
    missing = {"last day to sign": quote.expiry, "start": quote.start, "term in months": quote.term_months}
    parts = [words for words, date in dates.items() if date]
    if unknown := [f"no {what}" for what, date in missing.items() if not date]:
        parts.append(f"the quote of {{provider}} states {joined(unknown)}: ask for it in writing")
    contents: dict[str, Any] = dict(zip(("expiry", "start", "term"), map(str, dates.values()), strict=True))
    return say(f"By when: {'; '.join(parts)}.", role="answer", provider=provider, **contents)


def _spare(brief: Brief) -> str:
    """What of the GPUs stands for a failure or a second site, in words; empty where nothing does."""
    spares, sites = brief.conditions.spares, brief.conditions.sites
    of_each = " of each site" if sites > 1 else ""
    parts = [f"{spares} deployments{of_each} that may fail"] if spares else []
    parts += [f"whole systems at each of {sites} sites that share the load"] if sites > 1 else []
    return f" Counted in: {' and '.join(parts)}." if parts else ""


def to_the_dollar(amount: Value) -> Value:
    """Return an amount of money that is shown to the dollar, so that it ties with what it is made from."""
    return replace(amount, digits=len(f"{amount.number:.0f}"))
