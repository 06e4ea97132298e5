"""What stands behind an investor brief: prices, service, doubts, software, and a stated return with what it needs."""

from collections.abc import Iterable, Mapping

from analysis import formulas
from analysis.comparison.contenders import unpriced
from analysis.exhibits.statements import Shown, points, say, warn
from analysis.library.quantities import Quoted, left_out, listing
from analysis.library.values import Value, calculate
from analysis.studies.attribution.software import MODEL, Software
from analysis.studies.business.brief import Brief
from analysis.studies.business.stated_returns import Statement, returned


def mean_price(brief: Brief) -> Shown:
    """Say over which tokens the price is a mean."""
    return say(
        "The price here is the mean over the tokens of a request, {share:2} of them input: {price} per million of "
        "either kind.",
        share=brief.price.inputs["input_share"],
        price=brief.price,
    )


def speed_of_the_seller(brief: Brief) -> Shown:
    """Say at which speed the price is sold, and that the economics stand there where another one is asked for."""
    if brief.seller.interactivity is None:
        return warn(
            "{provider} does not say how fast its tokens come: its price is taken to be for the {floor} tok/s/user "
            "that are asked for.",
            provider=brief.seller.provider,
            floor=brief.floor_asked,
        )
    slower = brief.floor.number < brief.floor_asked.number
    names = [offer.provider for offer in brief.offers if brief.meets_the_floor(offer)]
    return warn(
        "The price of {provider} is for a service of {speed} tok/s/user, "
        + (
            "slower than the {floor} asked for: revenue, cost, margin and returns stand at the price's own speed, on "
            "the rows that serve it, unlike a procurement brief of the same scenario. "
            if slower
            else "as fast as the {floor} asked for or faster; a service of just that speed may sell for less. "
        )
        + "Of the public prices {sellers} known to be for the speed that is asked for.",
        provider=brief.seller.provider,
        speed=brief.seller.interactivity,
        floor=brief.floor_asked,
        sellers=Quoted(f"only {'those' if names[1:] else 'that'} of {listing(names)} {'are' if names[1:] else 'is'}")
        if names
        else "none is",
    )


def doubted_rows(brief: Brief) -> list[Shown]:
    """Say what the data check doubts of the rows."""
    told = "The data check doubts the row of {platform}: {doubts}."
    doubted = [side for side in brief.sides if side.row["doubts"]]
    return [warn(told, platform=side.platform.name, doubts=side.row["doubts"]) for side in doubted]


def unserved(brief: Brief) -> Shown | None:
    """Say on which platforms no row serves the point, and which have no price; None where all are told."""
    lacking = unpriced(brief.library, brief.conditions)
    missing = [platform.name for key, platform in brief.library.with_rows.items() if key not in brief.by_key]
    names = ", ".join(name for name in missing if name not in lacking)
    sentence = "No row serves this level of service on {names}." if names else ""
    return say(sentence + "{left_out}", names=Quoted(names), left_out=left_out(lacking)) if missing else None


def without_capital(brief: Brief) -> Shown | None:
    """Say for which platforms no capital is public; None where it is for all."""
    owned = {returns.platform.key for returns in brief.owned}
    names = [side.platform.name for key, side in brief.by_key.items() if key not in owned]
    return say("No public figure of the capital: {names}.", names=Quoted(", ".join(names))) if names else None


def software(brief: Brief, gained: Iterable[Software]) -> list[Shown]:
    """Say what software has gained on the platforms of the brief, and on the two that were asked for."""
    by_stack = {(gain.hardware, gain.framework): gain for gain in gained if gain.hardware in brief.by_key}
    later = [gain for gain in by_stack.values() if gain.is_later]
    if not later:
        return []
    ranked = sorted(later, key=lambda gain: gain.interactivity.number)
    asked = [by_stack.get((side.platform.key, side.row["framework"])) for side in brief.pair]
    gains = [_gain(brief, gain) for gain in asked if gain]
    return [_range_of_gains(brief, ranked[0], ranked[-1]), *([points(gains)] if gains else [])]


def stated_return(brief: Brief, stated: Statement, cases: Mapping[str, Mapping[str, Value]]) -> Shown:
    """Say what was stated, what the restatements leave out, and whether the cases of `stated_cases` tell the rest."""
    return say(
        "{publisher} stated that a {investment} {platform} generates {revenue} of token revenue, {multiple} the "
        "investment. Those who restate it name no period, price, load or operating point"
        + ("; what it needs in each can be computed." if cases else ", and no throughput of {model}."),
        publisher=stated.revenue.sources[0].publisher,
        investment=stated.investment,
        platform=stated.platform.name,
        revenue=stated.revenue,
        multiple=stated.multiple,
        model=Quoted(brief.library.model) if not cases else "",
    )


def needed_for_the_stated_return(stated: Statement, cases: Mapping[str, Mapping[str, Value]]) -> Shown | None:
    """Say wherever the statement holds, from the last of the cases of `stated_cases`; None where there is none."""
    if not cases:
        return None
    *_, last = cases.values()
    return say(
        "Revenue is proportional to throughput, utilization, price and years: the statement holds wherever their "
        "product is at least {factor} that of the last row.",
        factor=calculate(formulas.ratio, numerator=stated.revenue, denominator=last["earned"]),
    )


def at_the_stated_investment(brief: Brief, stated: Statement) -> Shown | None:
    """Say what comes back on the stated investment, beside the price of the same system that the returns above take.

    None where no return of the platform is told above.
    """
    above = {owned.platform.key: owned for owned in brief.owned}.get(stated.platform.key)
    here = returned(brief, stated)
    if above is None or here is None:
        return None
    system = above["capital_per_gpu"].inputs.get("system_price")
    if system is None or system.number == stated.investment.number:
        return None
    return warn(
        "The returns above take {system} for the same system, its public price. At the stated {investment} the "
        "capital comes back after {months} months, not {before}; the net present value is {worth} per GPU, not "
        "{other}.",
        system=system,
        investment=stated.investment,
        months=here.payback or "no number of",
        before=above.payback or "never",
        worth=here.worth,
        other=above.worth,
    )


def _range_of_gains(brief: Brief, least: Software, most: Software) -> Shown:
    return say(
        "Software moves the cost of a token on hardware that is paid for. Between the first and the last run of the "
        "same configuration of {model}, the median speed of a platform and framework changed by factors from {low} "
        "({low_name}) to {high} ({high_name}); a gain of {high} makes up for a fall of the token price by {offset}.",
        model=Quoted(MODEL),
        low=least.interactivity,
        low_name=f"{brief.library.platform(least.hardware).name}, {least.framework}",
        high=most.interactivity,
        high_name=f"{brief.library.platform(most.hardware).name}, {most.framework}",
        offset=calculate(formulas.price_fall_offset, speed_gain=most.interactivity),
    )


def _gain(brief: Brief, gain: Software) -> Shown:
    gained = "{gain} over {runs} configurations, {first} to {last}."
    if not gain.is_later:
        gained = "no later run; {runs} configurations were run twice within days, the last on {last}."
    return say(
        "{platform} with {framework}, the framework of its row here: " + gained,
        platform=brief.library.platform(gain.hardware).name,
        framework=gain.framework,
        gain=gain.interactivity,
        runs=gain.configurations,
        first=gain.first,
        last=gain.last,
    )
