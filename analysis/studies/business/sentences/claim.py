"""The claim that a brief is read for, in a sentence: where it holds, and what is left of it elsewhere."""

from analysis.comparison.market import ends
from analysis.exhibits.statements import Shown, say
from analysis.library.values import Value
from analysis.studies.business.brief import Brief
from analysis.studies.business.claim import Claimed


def claimed_ratio(brief: Brief, claim: Claimed | None) -> Shown | None:
    """Say how much dearer the baseline's tokens are at the point, where the market is served, and on equal terms."""
    if claim is None:
        return None
    contents: dict[str, Value | str] = {"ratio": claim.at_point, "level": claim.level, **claim.names}
    opening, verdict = "At one operating point", ""
    if claim.judgment:
        opening = "{printed} is what was printed. At one operating point"
        verdict = ", which is {verdict}"
        contents |= {"printed": claim.judgment.claim.value, "verdict": claim.judgment.words}
    return say(
        opening
        + ", {lengths} and {floor} tok/s/user or more, a million tokens on {baseline} cost {ratio} as much as on "
        + "{subject}"
        + verdict
        + "."
        + _at_the_market(claim, contents)
        + _on_equal_terms(claim, contents)
        + _placeholders(claim),
        role="answer",
        finding=True,
        lengths=brief.lengths,
        floor=brief.floor_asked,
        **contents,
    )


def _at_the_market(claim: Claimed, contents: dict[str, Value | str]) -> str:
    if claim.at_level is None:
        return " There is no such ratio at {level:2} tok/s/user, the middle of the market."
    low, high = ends(claim.at_level)
    contents |= {"market": claim.at_level, "low": low, "high": high, "day": claim.level.as_of}
    return (
        " Where the middle of the market was served on {day}, {level:2} tok/s/user, it is {market} ({low} to {high} "
        "by the measured rows)."
    )


def _on_equal_terms(claim: Claimed, contents: dict[str, Value | str]) -> str:
    """What is left of the ratio under the first equal terms of both, at the point, else at the market's speed."""
    told = claim.on_equal_terms or claim.on_equal_terms_at_level
    if told is None:
        return " No sound rows compare like with like at either speed."
    contents |= {"terms": told[0], "alike": told[1]}
    where = "at that point" if claim.on_equal_terms else "at {level:2} tok/s/user, for want of such rows at the point"
    return " Like for like, it is {alike} ({terms}, " + where + ")."


def _placeholders(claim: Claimed) -> str:
    if not claim.placeholders:
        return ""
    return f" The price of a GPU-hour of {' and '.join(claim.placeholders)} is a placeholder of its source."
