"""The claim that a brief is read for, in sentences: where it holds, and what is left of it elsewhere."""

from analysis import formulas
from analysis.comparison.market import at_the_market, ends, market_level
from analysis.exhibits.statements import Shown, say
from analysis.library.values import Value, calculate
from analysis.studies.benchmark.like_for_like import Match, like_for_like
from analysis.studies.business.brief import Brief

_COST = "cost_per_million_tokens"


def claimed_ratio(brief: Brief) -> list[Shown]:
    """Say how much dearer the baseline's tokens are at the point, where the market is served, and on equal terms.

    Nothing is said where one of the two does not serve the point, or both are one.
    """
    if len(brief.pair) < 2:
        return []
    subject, baseline = brief.pair
    names = {"subject": subject.platform.name, "baseline": baseline.platform.name}
    at_point = calculate(formulas.ratio, numerator=baseline[_COST], denominator=subject[_COST])
    level, elsewhere = market_level(brief.library), at_the_market(brief.library, brief.conditions)
    contents: dict[str, Value | str] = {}
    market = "; there is no such ratio at {level:2} tok/s/user, where most tokens are served."
    if elsewhere is not None:
        low, high = ends(elsewhere)
        contents = {"market": elsewhere, "low": low, "high": high}
        market = (
            "; {market} ({low} to {high} by the measured rows) at {level:2} tok/s/user, the middle of the market on "
            "{day}."
        )
    placeholders = [side.platform.name for side in brief.pair if side["price_per_gpu_hour"].status == "placeholder"]
    price = (
        f" The price of a GPU-hour of {' and '.join(placeholders)} is a placeholder of its source."
        if placeholders
        else ""
    )
    first = say(
        "A million tokens on {baseline} cost {ratio} as much as on {subject} at one operating point, {lengths} and "
        "{floor} tok/s/user or more" + market + price,
        role="answer",
        finding=True,
        ratio=at_point,
        lengths=brief.lengths,
        floor=brief.floor,
        level=level,
        day=level.as_of,
        **names,
        **contents,
    )
    return [first, _on_equal_terms(brief, level)]


def _on_equal_terms(brief: Brief, level: Value) -> Shown:
    """Say what is left of the ratio under the first equal terms of both, at the floor, else at the market's."""
    _, *matches = like_for_like(brief.library, brief.conditions)
    at_floor, at_level = (_first(matches, place.number) for place in (brief.floor, level))
    if at_floor:
        terms, ratio = at_floor
        return say("Like for like it is {ratio} there ({terms}).", role="answer", ratio=ratio, terms=terms)
    none = "Like for like, with equal precision and decoding or equal size, no sound rows of both are measured there"
    if at_level is None:
        return say(none + ".", role="answer")
    terms, ratio = at_level
    return say(
        none + "; at {level:2} tok/s/user it is {ratio} ({terms}).",
        role="answer",
        level=level,
        ratio=ratio,
        terms=terms,
    )


def _first(matches: list[Match], interactivity: float) -> tuple[str, Value] | None:
    ratios = ((match.terms, match.ratio(_COST, interactivity)) for match in matches)
    return next(((terms, ratio) for terms, ratio in ratios if ratio is not None), None)
