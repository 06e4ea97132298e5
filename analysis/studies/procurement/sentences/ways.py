"""Which ways cost less than what is advised and why they are not advised, and what was left to defaults."""

from analysis.exhibits.statements import Shown, answer, conclude, points, say, warn
from analysis.library.terms import Quoted, listing
from analysis.studies.procurement.brief import Brief
from analysis.studies.procurement.horizon import Path
from analysis.studies.procurement.load import months, stated
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
