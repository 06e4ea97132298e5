"""What to sign now and by when, which ways cost less and why they are not advised, and what was left to defaults."""

from dataclasses import replace
from typing import Any

from analysis.exhibits.statements import Shown, answer, conclude, phrase, points, say, warn
from analysis.formulas.ownership import HOURS_PER_YEAR, MONTHS_PER_YEAR
from analysis.library.quantities import Quoted, listing
from analysis.library.values import Value, counted
from analysis.studies.procurement.brief import Brief
from analysis.studies.procurement.horizon import Path
from analysis.studies.procurement.load import months, stated
from analysis.studies.procurement.sentences.basis import load_in_words
from analysis.studies.procurement.ways import cheaper, least, ways

_DEFAULTS = {
    "input_tokens": "prompts of {input_tokens} tokens",
    "output_tokens": "answers of {output_tokens} tokens",
    "minimum_interactivity": "a speed of {speed} tok/s/user",
    "tokens_per_day": "{tokens} tokens a day",
    "peak_factor": "a peak of {peak} times the mean",
    "peak_utilization": "a fleet that is {full} full at that peak",
    "growth_per_year": "growth of {growth} a year",
    "horizon": "a horizon of {months} months",
    "sites": "one site",
    "spares": "nothing spare",
}
_INSTEAD = {
    "input_tokens": ("workloads",),
    "output_tokens": ("workloads",),
    "tokens_per_day": ("input_tokens_per_day", "concurrent_users"),
    "peak_factor": ("day_shape", "hourly_load"),
    "growth_per_year": ("growth_per_month",),
}
"""Which keys say the same in another way."""


def other_ways(brief: Brief) -> list[Shown]:
    """Return every way that totals less than what is advised, with why it is not advised and what to ask whom."""
    lead, less = least(brief), cheaper(brief)
    if not less:
        return [_next(brief, lead)] if lead else []
    intro = "Ways that total less than this rent of {rent}, and why none of them is advised as it stands:"
    if lead is None:
        intro = "What else serves the load, and why none of it is advised as it stands:"
    listed = [
        say(
            "{way}, {what}: {total}. Not advised: {hangs_on}. {ask}.",
            way=way.name, what=Quoted(way.what), total=way.total or "", hangs_on=Quoted(way.hangs_on),
            ask=Quoted(way.ask),
        )
        for way in less
    ]  # fmt: skip
    return [conclude(intro, **({"rent": lead.total} if lead else {})), points(listed)]


def _next(brief: Brief, lead: Path) -> Shown:
    dearer = [way for way in ways(brief) if way.total and way.amount > lead.total.number]
    said, way = "No other way that has a price totals less.", min(dearer, key=lambda way: way.amount, default=None)
    if way is None or way.total is None:
        return answer(said)
    said += " The next, {way} ({what}), totals {total} over {months} months."
    return conclude(
        said, way=way.name[0].lower() + way.name[1:], what=Quoted(way.what),
        total=way.total, months=months(brief.conditions),
    )  # fmt: skip


def defaults(brief: Brief) -> Shown | None:
    """Return which amounts of the load nobody stated, so that defaults stand for them; None where all are stated."""
    conditions, load = brief.conditions, brief.load
    left = [
        name
        for name in _DEFAULTS
        if not any(conditions.states(key) and getattr(conditions, key) for key in (name, *_INSTEAD.get(name, ())))
    ]
    if not left:
        return None
    alone = " If one deployment fails, what is left may not carry the peak." if "spares" in left else ""
    return warn(
        f"Not stated, so assumed: {listing([_DEFAULTS[name] for name in left])}.{alone} "
        f"State {', '.join(left)} in the scenario.",
        input_tokens=stated(conditions, "input_tokens"),
        output_tokens=stated(conditions, "output_tokens"),
        speed=stated(conditions, "minimum_interactivity", "interactivity"),
        peak=load.peak_factor,
        full=load.peak_utilization,
        growth=load.growth,
        months=months(conditions),
        tokens=load.tokens_per_day,
    )


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
