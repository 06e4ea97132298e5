"""The claim that a brief is read for and what is left of it elsewhere, and the key considerations that bear on it."""

import math
from collections.abc import Iterator

from analysis import formulas
from analysis.comparison.market import ends
from analysis.exhibits.statements import Phrase, Shown, conclude, phrase, points, say
from analysis.library.quantities import TIERS
from analysis.library.values import calculate
from analysis.studies.business.brief import LOWEST_LIST, Brief
from analysis.studies.business.claim import Claimed
from analysis.studies.business.economics import Economics
from analysis.studies.business.outlooks import rival
from analysis.studies.claims.judgment import Verdict

_VERDICTS = {
    Verdict.REPRODUCED: "the printed digits are reproduced",
    Verdict.WITHIN_REPEATABILITY: "outside of the printed digits, but no further than repeated runs differ",
}


def claimed_ratio(brief: Brief, claim: Claimed | None) -> Shown | None:
    """Say how much dearer the baseline's tokens are at the point, where the market is served, and on equal terms."""
    if claim is None:
        return None
    before, after = _printed(claim)
    return conclude(
        "{before}At {lengths} and {floor} tok/s/user or more a million tokens on {baseline} cost {ratio} as much as "
        "on {subject}{after}.{at_the_market}{on_equal_terms}{placeholders}",
        before=before,
        after=after,
        lengths=brief.lengths,
        floor=brief.floor_asked,
        ratio=claim.at_point,
        at_the_market=_at_the_market(claim),
        on_equal_terms=_on_equal_terms(claim),
        placeholders=_placeholders(claim),
        **claim.names,
    )


def _printed(claim: Claimed) -> tuple[Phrase | str, Phrase | str]:
    """What was printed, and its verdict where the scenario's rows are those of the print; else what those give."""
    judgment = claim.judgment
    if judgment is None:
        return "", ""
    printed, verdict = judgment.claim.value, _VERDICTS.get(judgment.verdict, judgment.words)
    given = judgment.recomputed
    if given is None or math.isclose(given.number, claim.at_point.number):
        return phrase("{printed} is what was printed. ", printed=printed), phrase(": {verdict}", verdict=verdict)
    told = "{printed} is what was printed; the rows that fit the print give {given}: {verdict}. "
    return phrase(told, printed=printed, given=given, verdict=verdict), ""


def _at_the_market(claim: Claimed) -> Phrase:
    if claim.at_level is None:
        told = " There is no such ratio at {level:2} tok/s/user, the middle of {market}."
        return phrase(told, level=claim.level, market=claim.market)
    low, high = ends(claim.at_level)
    return phrase(
        " Where the middle of {market} was served on {day}, {level:2} tok/s/user, it is {ratio} ({low} to {high} "
        "by the measured rows).",
        market=claim.market,
        day=claim.level.as_of,
        level=claim.level,
        ratio=claim.at_level,
        low=low,
        high=high,
    )


def _on_equal_terms(claim: Claimed) -> Phrase | str:
    """What is left of the ratio under the first equal terms of both, at the point, else at the market's speed."""
    told = claim.on_equal_terms or claim.on_equal_terms_at_level
    if told is None:
        return " No sound rows keep equal terms at either speed."
    terms, alike = told
    where = "at that point" if claim.on_equal_terms else "at {level:2} tok/s/user, for want of such rows at the point"
    best = claim.at_point if claim.on_equal_terms else claim.at_level
    higher = best is not None and alike.number > best.number
    return phrase(
        f" On equal terms ({{terms}}, {where}) it is {{alike}}"
        + (", more than best against best, since {baseline} loses more by them." if higher else "."),
        terms=terms[:1].lower() + terms[1:] if terms.startswith("Best") else terms,
        level=claim.level,
        alike=alike,
        baseline=claim.names["baseline"],
    )


def _placeholders(claim: Claimed) -> str:
    if not claim.placeholders:
        return ""
    return f" The price of a GPU-hour of {' and '.join(claim.placeholders)} is a placeholder of its source."


def considerations(brief: Brief, claim: Claimed | None) -> Shown:
    """Say what bears on the figures above, each with the platform and the figure; what no data hold comes last."""
    first = (brief.pair or [brief.best])[0]
    told = [*_of_the_ratio(claim), *_of_the_price(brief, first), *_of_the_capacity(brief, first)]
    return points([*told, *_of_a_rival(brief, first), _without_data(brief, first)])


def _of_the_ratio(claim: Claimed | None) -> Iterator[Shown]:
    if claim and claim.at_level:
        lower, higher = sorted((claim.at_point, claim.at_level), key=lambda ratio: ratio.number)
        yield say(
            "Operating point: tokens of {baseline} cost {ratio} as much as those of {subject} at {floor} tok/s/user "
            "and {market} at {level:2}: which of the two users pay for moves the ratio by {times}.",
            times=calculate(formulas.ratio, numerator=higher, denominator=lower),
            ratio=claim.at_point,
            market=claim.at_level,
            level=claim.level,
            floor=claim.asked_at,
            subject=claim.names["subject"],
            baseline=claim.names["baseline"],
        )


def _of_the_price(brief: Brief, first: Economics) -> Iterator[Shown]:
    yield say(
        "Price: {provider}'s is a list price of {day} of one model; {platform} keeps a margin down to {cost} per "
        "million tokens, and so can whoever else owns it.",
        provider=brief.seller.provider,
        day=brief.price.as_of,
        platform=first.platform.name,
        cost=first["cost_per_million_tokens"],
    )


def _of_the_capacity(brief: Brief, first: Economics) -> Iterator[Shown]:
    listed = brief.tiers.get(LOWEST_LIST, {})
    asked = {side.platform.name: listed.get(side.platform.key) for side in (first, *brief.pair)}
    known = [(name, price) for name, price in asked.items() if price]
    if known:
        name, price = known[0]
        own = next(side for side in brief.sides if side.platform.name == name)
        yield say(
            "Capacity: a GPU-hour of {platform} is taken at {own} here and publicly asked for at {price} or more "
            "where nobody may take it back: {times} as much. Supply decides who deploys at which of them, and no "
            "data here tell of supply.",
            platform=name,
            own=own["price_per_gpu_hour"],
            price=price,
            times=calculate(
                formulas.ratio, mixing=("price", "assumptions"), numerator=price,
                denominator=own["price_per_gpu_hour"],
            ),
        )  # fmt: skip


def _of_a_rival(brief: Brief, first: Economics) -> Iterator[Shown]:
    """The cheapest tokens of another vendor beside those of the first platform, both rented on the same terms."""
    beside = rival(brief, brief.by_key)
    rented = brief.library.known_price(first.platform.key, "rental_3yr", brief.conditions.vintage)
    if beside and rented:
        quoted = beside["price_per_gpu_hour"].kinds["price"] != TIERS["rental_3yr"]
        yield say(
            "Rivals: at three-year rental a million tokens cost a tenant {own} on {platform}, and {cost} on {rival}"
            + (" at its quote." if quoted else "."),
            rival=beside.platform.name,
            cost=beside["cost_per_million_tokens"],
            own=first.under(price_per_gpu_hour=rented)["cost_per_million_tokens"],
            platform=first.platform.name,
        )


def _without_data(brief: Brief, first: Economics) -> Shown:
    return say(
        "Power: a megawatt of {platform} earns {revenue} a year at this price, if the site has it; lead times, "
        "carbon and water have no data here, and positioning changes with each release of hardware and software.",
        platform=first.platform.name,
        revenue=first["revenue_per_megawatt_year"],
    )
