"""What to sign now and by when."""

from dataclasses import replace
from typing import Any

from analysis.exhibits.statements import Shown, answer, conclude, phrase
from analysis.formulas.ownership import HOURS_PER_YEAR, MONTHS_PER_YEAR
from analysis.library.terms import Quoted, listing
from analysis.library.values import Value, counted
from analysis.studies.procurement.brief import Brief
from analysis.studies.procurement.horizon import Path
from analysis.studies.procurement.sentences.asked import load_in_words
from analysis.studies.procurement.ways import cheaper


def sign(brief: Brief, lead: Path) -> Shown:
    """Return what to sign now, and how many ways total less but are not advised."""
    option, fleet, less = lead.option, lead.option.fleet, len(cheaper(brief))
    assert option.offer is not None
    ways = "the one cheaper way" if less == 1 else Quoted(f"one of the {less} cheaper ways")
    of_systems = " ({systems} × {system})"
    return conclude(
        "What to sign now{unless}: {gpus} GPUs of {platform}{systems} from {provider}, {terms}, at {price} per "
        "GPU-hour. That is {cost} a month of {hours} hours for {load}, {per_token} per million tokens, and {power} "
        "MW of power.{spare}",
        unless=phrase(", unless {ways} below proves to hold", ways=ways) if less else "",
        systems=phrase(of_systems, systems=fleet.systems, system=Quoted(fleet.platform.system))
        if fleet.systems
        else "",
        load=load_in_words(brief.load),
        spare=_spare(brief),
        gpus=fleet.gpus,
        hours=counted(HOURS_PER_YEAR / MONTHS_PER_YEAR, "hours of a month, a twelfth of a year"),
        platform=fleet.platform.name,
        provider=option.offer.provider,
        terms=option.offer.terms,
        price=option.price,
        cost=to_the_dollar(option.cost_per_month),
        per_token=option.cost_per_million_tokens,
        power=fleet.megawatts(),
    )


def by_when(lead: Path) -> Shown:
    """Return until when what is to be signed can be, when it starts and for how long it binds, as its quote says."""
    offer = lead.option.offer
    assert offer is not None
    if offer.quote is None:
        return answer("By when: a list price is no offer and has no last day; ask for an offer that names one.")
    quote, provider = offer.quote, offer.provider
    dates = {
        "sign by {expiry}, until when the quote of {provider} holds": quote.expiry,
        "service starts on {start}": quote.start,
        "it binds for {term} months": quote.term_months,
    }
    missing = {"last day to sign": quote.expiry, "start": quote.start, "term in months": quote.term_months}
    parts = [words for words, date in dates.items() if date]
    if unknown := [f"no {what}" for what, date in missing.items() if not date]:
        parts.append(f"the quote of {{provider}} states {listing(unknown)}: ask for it in writing")
    contents: dict[str, Any] = dict(zip(("expiry", "start", "term"), map(str, dates.values()), strict=True))
    return answer(f"By when: {'; '.join(parts)}.", provider=provider, **contents)


def _spare(brief: Brief) -> str:
    """What of the GPUs stands for a failure or a second site, in words; empty where nothing does."""
    spares, sites = brief.conditions.spares, brief.conditions.sites
    of_each = " at each site" if sites > 1 else ""
    spare = "one spare deployment" if spares == 1 else f"{spares} spare deployments"
    parts = [f"{spare}{of_each} in case {'one fails' if spares == 1 else 'as many fail'}"] if spares else []
    parts += [f"whole systems at each of {sites} sites that share the load"] if sites > 1 else []
    return f" Counted in: {' and '.join(parts)}." if parts else ""


def to_the_dollar(amount: Value) -> Value:
    """Return an amount of money that is shown to the dollar, so that it ties with what it is made from."""
    return replace(amount, digits=len(f"{amount.number:.0f}"))
