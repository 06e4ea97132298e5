"""The question of an investor brief and its answer: what is earned, what is left, and what comes back."""

from analysis.exhibits.statements import Phrase, Shown, conclude, listed, note, phrase, say
from analysis.library.quantities import Quoted, listing
from analysis.library.values import Value, counted
from analysis.studies.business.brief import HIGHEST_LIST, Brief
from analysis.studies.business.economics import Economics

_STATUSES = {
    "quoted": ("quoted",),
    "restated": ("third-party",),
    "placeholders": ("placeholder", "corrected"),
    "estimates": ("estimate", "assumed"),
}


def question(brief: Brief) -> Shown:
    """Say what is asked."""
    return say(
        "What does a GPU-hour earn and cost when the tokens of {model} sell at a public price, at {lengths} (input "
        "and output tokens of a request) and {floor} tok/s/user or more (what a user gets once an answer has begun), "
        "and what would change that?",
        model=Quoted(brief.seller.model),
        lengths=brief.lengths,
        floor=brief.floor_asked,
    )


def earned_and_paid(brief: Brief) -> Shown:
    """Say what a GPU-hour earns and costs on the platforms asked for, or on the best one where neither serves."""
    sides = [
        phrase(
            "{what} of {platform} earns {revenue} and costs {cost}",
            what=what,
            platform=side.platform.name,
            revenue=side["revenue_per_gpu_hour"],
            cost=side["price_per_gpu_hour"],
        )
        for what, side in zip(("a GPU-hour", "one"), brief.pair or [brief.best], strict=False)
    ]
    return conclude(
        "At {provider}'s price of {day}, {price} per million tokens of this workload, and with {load:2} of full load "
        "sold, {sides}.",
        provider=brief.seller.provider,
        day=brief.price.as_of,
        price=brief.price,
        load=brief.load,
        sides=listed(sides, "; "),
    )


def margin(brief: Brief) -> Shown:
    """Say what margin is left of the price on the platforms asked for, by who pays for the GPU-hour."""
    tiers = [tier for tier in brief.tiers if tier != HIGHEST_LIST]
    margins = [
        phrase(
            "{platform} {margins}",
            platform=side.platform.name,
            margins=listed([_margin_at(brief, tier, side) for tier in tiers], ", "),
        )
        for side in brief.pair or [brief.best]
    ]
    return conclude(
        "With {load:2} of full load sold at {provider}'s price, {price} per million tokens, which {speed}, the gross "
        "margin is: {margins}.",
        provider=brief.seller.provider,
        price=brief.price,
        load=brief.load,
        speed=_speed_of_the_price(brief),
        margins=listed(margins, "; "),
    )


def _margin_at(brief: Brief, tier: str, side: Economics) -> Phrase:
    margin = brief.margin_in(tier, side)
    return phrase("{margin} at {tier}", margin=margin or "no price", tier=Quoted(tier))


def _speed_of_the_price(brief: Brief) -> Phrase:
    """For which speed the price is asked, and at which one the tokens are served here."""
    floor, speed = brief.floor_asked, brief.seller.interactivity
    if speed is None:
        return phrase("names no speed and is taken to be for the {floor} tok/s/user asked for", floor=floor)
    told = "is for {speed} tok/s/user, and served at the {floor} asked for"
    if brief.floor.number < floor.number:
        told = "is for {speed} tok/s/user and not for the {floor} asked for, and served at that speed"
    return phrase(told, speed=speed, floor=floor)


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
    at_the_floor = _at_the_floor(brief)
    losing = [side.platform.name for side in brief.sides if not side.earns]
    best = at_the_floor.pop(brief.best.platform.name)
    curves = [name for name in losing if name in at_the_floor and at_the_floor[name].number > 0]
    low, high = best.reach
    left_open = {name: margin.reach for name, margin in at_the_floor.items()}
    unranked = [name for name, (least, most) in left_open.items() if least <= high and low <= most]
    return say(
        "By the measured rows a gross margin is left on {earning} of the {all} platforms measured at this level of "
        "service"
        + (" (on the curve at just this speed on {curves}, too)" if curves else "")
        + "; the highest is {margin}, on {best}, which is also how far the price of tokens can fall before it is "
        "gone."
        + (" What the rows around this speed leave open does not rank {others} against it." if unranked else ""),
        all=everyone,
        earning=counted(number, "platforms with a gross margin"),
        margin=brief.best["gross_margin"],
        best=brief.best.platform.name,
        curves=Quoted(listing(curves)),
        others=Quoted(listing(unranked)),
    )


def _at_the_floor(brief: Brief) -> dict[str, Value]:
    """The gross margin on each platform's curve at just the speed asked, with what the rows around it leave open."""
    speed = brief.floor.number
    throughputs = {side: side.contender.at(speed)["throughput_per_gpu"] for side in brief.sides}
    return {
        side.platform.name: side.under(throughput_per_gpu=throughput)["gross_margin"]
        for side, throughput in throughputs.items()
    }


def confidence(brief: Brief) -> Shown:
    """Say how many figures of each status the brief rests on."""
    counts = {
        name: counted(sum(value.status in statuses for value in brief.rests_on), f"{name} figures")
        for name, statuses in _STATUSES.items()
    }
    return note(
        "Confidence: this rests on {rows} measured "
        + ("row" if len(brief.sides) == 1 else "rows")
        + ", {quoted} quoted and {restated} third-party figures, "
        "{placeholders} placeholders or figures corrected since, and {estimates} estimates or assumptions"
        + (", the utilization among them" if brief.load.status == "estimate" else "")
        + "; every delivered token is taken to be sold at the list price.",
        rows=counted(len(brief.sides), "measured rows"),
        **counts,
    )
