"""The question of an investor brief and its answer: what is earned, what is left, and what comes back."""

from typing import Any

from analysis.exhibits.statements import Shown, say
from analysis.library.terms import Quoted
from analysis.library.values import Value, counted
from analysis.studies.business.brief import HIGHEST_LIST, Brief
from analysis.studies.business.returns import WITHOUT_LIMIT

_STATUSES = {
    "quoted": ("quoted",),
    "restated": ("third-party",),
    "placeholders": ("placeholder", "corrected"),
    "estimates": ("estimate", "assumed"),
}


def question(brief: Brief) -> Shown:
    """Say what is asked."""
    return say(
        "What does a GPU-hour earn and cost when the tokens of {model} sell at a public price, at {lengths} and "
        "{floor} tok/s/user or more, and what would change that?",
        model=Quoted(brief.seller.model),
        lengths=brief.lengths,
        floor=brief.floor_asked,
    )


def earned_and_paid(brief: Brief) -> Shown:
    """Say what a GPU-hour earns and costs on the platforms asked for, or on the best one where neither serves."""
    told = brief.pair or [brief.best]
    first, other = told[0], told[-1]
    beside: dict[str, Any] = {
        "other": other.platform.name,
        "other_revenue": other["revenue_per_gpu_hour"],
        "other_cost": other["price_per_gpu_hour"],
    }
    return say(
        "At {provider}'s price of {day}, {price} per million tokens of this workload, and with {load:2} of full load "
        "sold, a GPU-hour of {platform} earns {revenue} and costs {cost}"
        + ("; one of {other} earns {other_revenue} and costs {other_cost}." if len(told) > 1 else "."),
        role="answer",
        finding=True,
        provider=brief.seller.provider,
        day=brief.price.as_of,
        price=brief.price,
        load=brief.load,
        platform=first.platform.name,
        revenue=first["revenue_per_gpu_hour"],
        cost=first["price_per_gpu_hour"],
        **(beside if len(told) > 1 else {}),
    )


def margin(brief: Brief) -> Shown:
    """Say what margin is left of the price on the platforms asked for, by who pays for the GPU-hour."""
    told = brief.pair or [brief.best]
    contents: dict[str, Value | str] = {}
    parts = []
    for number, side in enumerate(told):
        contents[f"platform{number}"] = side.platform.name
        margins = {tier: brief.margin_in(tier, side) for tier in brief.tiers if tier != HIGHEST_LIST}
        named = []
        for place, (tier, margin) in enumerate(margins.items()):
            contents |= {f"margin{number}_{place}": margin or "none known", f"tier{place}": Quoted(tier)}
            named.append(f"{{margin{number}_{place}}} at {{tier{place}}}")
        parts.append(f"{{platform{number}}} {', '.join(named)}")
    return say(
        "Sold at {provider}'s price for {speed} tok/s/user, {price} per million tokens, the gross margin is: "
        + "; ".join(parts)
        + ". {load:2} of full load is taken to be sold.",
        role="answer",
        finding=True,
        provider=brief.seller.provider,
        speed=brief.floor,
        price=brief.price,
        load=brief.load,
        **contents,
    )


def earning(brief: Brief) -> Shown:
    """Say on how many platforms a gross margin is left, and how high the highest is."""
    everyone = counted(len(brief.sides), "platforms that serve the point")
    number = sum(side.earns for side in brief.sides)
    if not number:
        return say(
            "A gross margin is left on none of the {all} platforms measured at this level of service: on the "
            "nearest, {best}, a million tokens cost {cost}.",
            all=everyone,
            best=brief.best.platform.name,
            cost=brief.best["cost_per_million_tokens"],
        )
    return say(
        "A gross margin is left on {earning} of the {all} platforms measured at this level of service; the highest "
        "is {margin}, on {best}, which is also how far the price of tokens can fall before it is gone.",
        all=everyone,
        earning=counted(number, "platforms with a gross margin"),
        margin=brief.best["gross_margin"],
        best=brief.best.platform.name,
    )


def payback(brief: Brief) -> Shown:
    """Say on which platforms a GPU is worth more than its capital, and what the best one returns."""
    if not brief.owned:
        return say(
            "For none of these platforms is there a public figure of the capital, so no return is computed.",
            role="answer",
        )
    worthy = [owned for owned in brief.owned if owned.worth.number > 0]
    best = max(brief.owned, key=lambda owned: owned.worth.number)
    if not worthy or best.rate is None or best.payback is None:
        return say(
            "On none of the platforms whose capital has a public figure does it earn its cost of {interest} a year.",
            role="answer",
            interest=best["cost_of_capital"],
        )
    cause = f" ({WITHOUT_LIMIT})" if best.rate.number > 1 else ""
    return say(
        "The capital has a public figure for {all} of them; at this price and load it earns more than its cost of "
        "{interest} a year on {worthy}. The net present value over {life:1} years is highest on {platform}, {worth} "
        "per GPU: paid back in {months} months, {rate} a year" + cause + ".",
        role="answer",
        finding=True,
        all=counted(len(brief.owned), "platforms with a public capital"),
        interest=best["cost_of_capital"],
        worthy=counted(len(worthy), "platforms that earn their cost of capital"),
        life=best["economic_life"],
        platform=best.platform.name,
        worth=best.worth,
        months=best.payback,
        rate=best.rate,
    )


def confidence(brief: Brief) -> Shown:
    """Say how many figures of each status the brief rests on."""
    counts = {
        name: counted(sum(value.status in statuses for value in brief.rests_on), f"{name} figures")
        for name, statuses in _STATUSES.items()
    }
    return say(
        "Confidence: this rests on {rows} measured "
        + ("row" if len(brief.sides) == 1 else "rows")
        + ", {quoted} quoted and {restated} third-party figures, "
        "{placeholders} placeholders or figures corrected since, and {estimates} estimates or assumptions"
        + (", the utilization among them" if brief.load.status == "estimate" else "")
        + "; every delivered token is taken to be sold at the list price.",
        role="note",
        finding=False,
        rows=counted(len(brief.sides), "measured rows"),
        **counts,
    )
