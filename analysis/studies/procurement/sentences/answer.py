"""The question of a procurement brief, and its answer."""

from analysis.comparison.spread import spread
from analysis.exhibits import statements
from analysis.exhibits.statements import Shown, conclude, say
from analysis.library.quantities import Quoted
from analysis.library.values import Value, counted, counted_up
from analysis.studies.procurement.brief import Brief
from analysis.studies.procurement.horizon import Path, cost_of_capital, paths
from analysis.studies.procurement.load import SUBJECT, months
from analysis.studies.procurement.options import Option
from analysis.studies.procurement.sentences.basis import limits_in_words, load_in_words, prices_in_words, unequal
from analysis.studies.procurement.sentences.ways import by_when, other_ways, sign
from analysis.studies.procurement.ways import least


def question(brief: Brief) -> Shown:
    """Return what is asked: load, lengths and limits."""
    return say(
        "The question: which platform and which provider serve {load} at {lengths}, with {limits}, at which cost, "
        "and for how long?",
        load=load_in_words(brief.load),
        lengths=brief.lengths,
        limits=limits_in_words(brief.conditions),
    )


def answer(brief: Brief) -> list[Shown]:
    """Return what to sign now and what it takes over the horizon, or what comes nearest where nothing can be."""
    lead = least(brief)
    if lead and lead.option.fits:
        key = lead.option.fleet.platform.key
        cautions = [caution for platform, caution in unequal(brief).items() if platform == key]
        signed = [sign(brief, lead), by_when(lead), _growing(brief, lead), *other_ways(brief)]
        return [*signed, _next(brief, lead), *cautions]
    if lead:
        return [*_beyond_limits(brief, lead.option), _growing(brief, lead), *other_ways(brief)]
    if brief.firm:
        return [_not_enough(brief), *other_ways(brief)]
    if brief.fleets:
        unpriced = conclude(
            "{count} platforms meet the limits, and for none of them is a price public or quoted, spot prices and "
            "the like aside. Each is sized below; what it would cost is told at modeled prices only.",
            count=counted(len(brief.fleets), "platforms that meet the limits"),
        )
        return [unpriced]
    limits = limits_in_words(brief.conditions)
    none = "No measured platform serves {lengths} with {limits}."
    return [
        conclude(none, lengths=brief.lengths, limits=limits),
        statements.answer(
            "The table of platforms that cannot serve it tells why, and how near they come, limit by limit."
        ),
    ]


def _growing(brief: Brief, lead: Path) -> Shown:
    growth, horizon = brief.load.growth, months(brief.conditions)
    period = "year" if brief.conditions.growth_per_month is None else "month"
    rate = cost_of_capital(brief.library, brief.conditions)
    grows = (
        "The load grows by {growth} a {period}, so that it takes {later} GPUs and {last} a month after {months} "
        "months"
        if growth.number
        else "The load is not said to grow"
    )
    ends = " It outgrows what you allow: {ends}." if lead.ends else ""
    others = [each for each in paths(brief) if each.option.enough]
    if lead.ends and all(each.ends for each in others):
        ends += " No other offer lasts until the end, either."
    return conclude(
        f"{grows}. The total over {{months}} months is {{total}}; in money of today, at {{rate}} a year, {{present}}."
        f"{ends}",
        growth=growth.inputs.get("growth_per_month", growth),
        period=period,
        later=lead.gpus,
        last=lead.cost,
        months=horizon,
        total=lead.total,
        rate=rate,
        present=lead.present,
        ends=Quoted("; ".join(lead.ends)),
    )


def _next(brief: Brief, lead: Path) -> Shown:
    platform = lead.option.fleet.platform
    others = [each for each in paths(brief) if each.option.enough and each.option.fleet.platform != platform]
    if not others or others[0].option.offer is None:
        return statements.answer(
            "No other platform that was measured enough has a price, spot prices and the like aside, at which it "
            "carries the load within these limits, so there is none to compare with."
        )
    other, even = others[0], brief.break_even(platform.key)
    band = spread(brief.library).most(0.0)
    said = "The next platform, {platform} from {provider}, totals {total}, {more} more."
    if other.total.number <= lead.total.number * (1 + band.number) or _overlap(lead, other):
        said = (
            "Too close to call: {platform} from {provider} totals {total}, {more} more. Repeated runs of one "
            "configuration alone differ by up to {band}, so neither is shown to be the cheaper one: let both bid."
        )
    elif even is not None:
        said += " {best} stays the less costly up to {even} per GPU-hour."
    return conclude(
        said,
        platform=other.option.fleet.platform.name,
        provider=others[0].option.offer.provider,
        total=other.total,
        best=platform.name,
        more=_more(lead, other),
        band=band,
        even=even or "",
    )


def _more(lead: Path, other: Path) -> Value:
    more = other.total.number / lead.total.number - 1
    return counted_up(more, "price_gap", SUBJECT, "of the totals", {"other": other.total, "least": lead.total})


def _overlap(lead: Path, other: Path) -> bool:
    """Whether the ends of modeled throughputs leave open which of two fleets costs less."""
    costs = [
        [end.cost(each.option.price).number for end in each.option.fleet.ends] or [each.option.cost_per_month.number]
        for each in (lead, other)
    ]
    return min(costs[1]) <= max(costs[0])


def _not_enough(brief: Brief) -> Shown:
    return conclude(
        "None of the {count} platforms that meet the limits was measured enough there to be ranked: the table of how "
        "well each was measured says why. Have the load run before asking for prices.",
        count=counted(len(brief.fleets), "platforms that meet the limits"),
    )


def _beyond_limits(brief: Brief, nearest: Option) -> list[Shown]:
    assert nearest.offer is not None
    room = "The limit of {limit} leaves room for {share} of the load on that platform."
    return [
        conclude(
            "At none of the {prices} can {load} be carried within the limits of power and budget. The least costly, "
            "{platform} from {provider}, would take {gpus} GPUs, {power} MW and {cost} a month.",
            prices=prices_in_words(brief.conditions),
            load=load_in_words(brief.load),
            platform=nearest.fleet.platform.name,
            provider=nearest.offer.provider,
            gpus=nearest.fleet.gpus,
            power=nearest.fleet.megawatts(),
            cost=nearest.cost_per_month,
        ),
        *(
            statements.answer(room, limit=limit.name, share=limit.served)
            for limit in nearest.limits
            if limit.room.number < nearest.fleet.deployments.number
        ),
    ]
