"""What the same load costs by API or owned, and what was left to defaults: what page one says beside its answer."""

from typing import Any

from analysis.exhibits.statements import Shown, say
from analysis.library.terms import Quoted
from analysis.library.values import Value
from analysis.studies.procurement.brief import Brief
from analysis.studies.procurement.horizon import Path, months
from analysis.studies.procurement.load import is_default
from analysis.studies.procurement.sentences.asked import joined
from analysis.studies.procurement.ways import API, OWNED, Way, least, ways

_DEFAULTS = {
    "peak_factor": "a peak of {peak} times the mean",
    "peak_utilization": "a fleet that is {full} full at that peak",
    "growth_per_year": "growth of {growth} a year",
    "horizon": "a horizon of {months} months",
    "spares": "no deployment that may fail",
    "sites": "one site",
    "tokens_per_day": "{tokens} tokens a day",
}


def other_ways(brief: Brief) -> Shown | None:
    """Return what the load costs by API and owned, beside what is to be signed; None without such figures."""
    every, lead = ways(brief), least(brief)
    known = _beside_rent(every)
    if not known:
        return None
    parts, contents = [], dict[str, Any]()
    for place, way in enumerate(known):
        parts.append(
            f"{way.name} ({{what{place}}}; if {{believed{place}}}) {{cost{place}}} a month, {{total{place}}} in all"
        )
        contents |= {f"what{place}": Quoted(way.what), f"cost{place}": way.cost, f"total{place}": way.total}
        contents[f"believed{place}"] = Quoted(way.believed)
    less = [way for way in known if lead and _amount(way.total) < lead.total.number]
    cheaper = [way.name[0].lower() + way.name[1:] for way in less]
    said = (
        f" Less in all than the rent: {' and '.join(cheaper)}. Ask why not that way before signing."
        if cheaper
        else ""
    )
    missing = [way.what for way in every if way.name == OWNED and not way.cost]
    return say(
        f"The other ways: {'; '.join(parts)}.{said}" + (" To compare more GPUs owned, {missing}." if missing else ""),
        role="answer",
        finding=True,
        missing=Quoted("; ".join(missing)),
        **contents,
    )


def less_than_rent(brief: Brief, lead: Path) -> list[Way]:
    """Return the ways by API and owned that cost less over the horizon than the rent that leads."""
    return [way for way in _beside_rent(ways(brief)) if _amount(way.total) < lead.total.number]


def _beside_rent(every: list[Way]) -> list[Way]:
    by_api = [way for way in every if way.name == API and way.cost][:1]
    return by_api + [way for way in every if way.name == OWNED and way.cost]


def defaults(brief: Brief) -> Shown | None:
    """Return which amounts of the load nobody stated, so that defaults stand for them; None where all are stated."""
    conditions, load = brief.conditions, brief.load
    left = [name for name in _DEFAULTS if is_default(conditions, name)]
    if conditions.growth_per_month is not None:
        left.remove("growth_per_year")
    if conditions.day_shape or conditions.hourly_load:
        left = [name for name in left if name != "peak_factor"]
    if conditions.input_tokens_per_day is not None or conditions.concurrent_users is not None:
        left = [name for name in left if name != "tokens_per_day"]
    if not left:
        return None
    return say(
        f"Not stated, so assumed: {joined([_DEFAULTS[name] for name in left])}. State {', '.join(left)} in the "
        "scenario.",
        role="caution",
        peak=load.peak_factor,
        full=load.peak_utilization,
        growth=load.growth,
        months=months(conditions),
        tokens=load.tokens_per_day,
    )


def _amount(value: Value | None) -> float:
    return value.number if value else float("inf")
