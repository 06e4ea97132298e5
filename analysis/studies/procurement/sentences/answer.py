"""The question of a procurement brief, and its answer."""

from typing import Any

from analysis.exhibits.statements import Shown, say
from analysis.library.terms import Quoted
from analysis.library.values import counted
from analysis.studies.procurement.brief import Brief
from analysis.studies.procurement.growth import months_until
from analysis.studies.procurement.options import Option, rival
from analysis.studies.procurement.sentences.asked import limits_in_words, load_in_words, prices_in_words
from analysis.studies.procurement.sentences.basis import unequal


def question(brief: Brief) -> Shown:
    """Return what is asked: load, lengths and limits."""
    load, of_load = load_in_words(brief.load)
    limits, of_limits = limits_in_words(brief.conditions)
    contents: dict[str, Any] = {"lengths": brief.lengths, **of_limits, **of_load}
    return say(
        f"The question: which platform and which provider serve {load} at {{lengths}}, with {limits}, at which cost, "
        "and for how long?",
        **contents,
    )


def answer(brief: Brief) -> list[Shown]:
    """Return at which price the load is carried at the least cost, or what comes nearest where it is at none."""
    if brief.best:
        key = brief.best.fleet.platform.key
        cautions = [caution for platform, caution in unequal(brief).items() if platform == key]
        return [_least_costly(brief, brief.best), _bought(brief, brief.best), _next(brief, brief.best), *cautions]
    if brief.firm:
        return _beyond_limits(brief)
    if brief.fleets:
        unpriced = say(
            "{count} platforms meet the limits, and for none of them is a price public or quoted, spot prices and "
            "the like aside. Each is sized below; what it would cost is told at modeled prices only.",
            role="answer",
            finding=True,
            count=counted(len(brief.fleets), "platforms that meet the limits"),
        )
        return [unpriced]
    limits, of_limits = limits_in_words(brief.conditions)
    contents: dict[str, Any] = {"lengths": brief.lengths, **of_limits}
    return [
        say(f"No measured platform serves {{lengths}} with {limits}.", role="answer", finding=True, **contents),
        say(
            "The table of platforms that cannot serve it tells why, and how near they come, limit by limit.",
            role="answer",
        ),
    ]


def _least_costly(brief: Brief, best: Option) -> Shown:
    load, of_load = load_in_words(brief.load)
    assert best.offer is not None
    contents: dict[str, Any] = {**of_load}
    return say(
        f"Of {{offers}} {prices_in_words(brief.conditions)}, spot prices and the like aside, the least costly for "
        f"{load} is {{platform}} from {{provider}} ({{terms}}, {{price}} per GPU-hour): {{cost}} a month, "
        "{per_token} per million tokens."
        + ("" if brief.conditions.quotes else " A list price is not an offer: nobody has promised these GPUs."),
        role="answer",
        finding=True,
        offers=counted(len(brief.firm), "prices on platforms that meet the limits"),
        platform=best.fleet.platform.name,
        provider=best.offer.provider,
        terms=best.offer.terms,
        price=best.price,
        cost=best.cost_per_month,
        per_token=best.cost_per_million_tokens,
        **contents,
    )


def _bought(brief: Brief, best: Option) -> Shown:
    fleet, growth = best.fleet, brief.load.growth
    months = months_until(fleet.room, fleet.needed, growth, fleet.platform.name)
    lasting = "growth of {growth} a year exhausts them before a month is over"
    if months.number:
        lasting = "growth of {growth} a year exhausts them after {months} full months"
    if not growth.number:
        lasting = "the load is not said to grow"
    systems: dict[str, Any] = {}
    of_systems = ""
    if fleet.systems:
        systems, of_systems = {"systems": fleet.systems}, " ({systems} × {system})"
    return say(
        f"That is {{gpus}} GPUs{of_systems}, {{power}} MW of provisioned power; {lasting}; what binds is the "
        "{binding}.",
        role="answer",
        gpus=fleet.gpus,
        system=Quoted(fleet.platform.system),
        power=fleet.megawatts(),
        months=months,
        growth=growth,
        binding=best.binding,
        **systems,
    )


def _next(brief: Brief, best: Option) -> Shown:
    other = rival(best.fleet, brief.options)
    if other is None:
        return say(
            "No other platform has a price, spot prices and the like aside, at which it carries the load within "
            "these limits, so there is none to compare with.",
            role="answer",
        )
    even, ceiling = (brief.break_even(option.fleet.platform.key) for option in (other, best))
    assert other.offer is not None
    assert even is not None
    assert ceiling is not None
    return say(
        "The next platform, {platform} from {provider}, asks {price} per GPU-hour and would cost the same at {even}; "
        "up to {ceiling} per GPU-hour {best} stays the less costly.",
        role="answer",
        finding=True,
        platform=other.fleet.platform.name,
        provider=other.offer.provider,
        price=other.price,
        even=even,
        ceiling=ceiling,
        best=best.fleet.platform.name,
    )


def _beyond_limits(brief: Brief) -> list[Shown]:
    nearest = min(brief.firm, key=lambda option: option.cost_per_month.number)
    load, of_load = load_in_words(brief.load)
    assert nearest.offer is not None
    contents: dict[str, Any] = {**of_load}
    return [
        say(
            f"At none of the {prices_in_words(brief.conditions)} can {load} be carried within the limits of power "
            "and budget. The least costly, {platform} from {provider}, would take {gpus} GPUs, {power} MW and {cost} "
            "a month.",
            role="answer",
            finding=True,
            platform=nearest.fleet.platform.name,
            provider=nearest.offer.provider,
            gpus=nearest.fleet.gpus,
            power=nearest.fleet.megawatts(),
            cost=nearest.cost_per_month,
            **contents,
        ),
        *(
            say(
                "The limit of {limit} leaves room for {share} of the load on that platform.",
                role="answer",
                limit=limit.name,
                share=limit.served,
            )
            for limit in nearest.limits
            if limit.room.number < nearest.fleet.deployments.number
        ),
    ]
