"""The claim that a brief is read for, in a sentence: where it holds, and what is left of it elsewhere."""

from analysis.comparison.market import ends
from analysis.exhibits.statements import Shown, say
from analysis.library.values import Value
from analysis.studies.business.brief import Brief
from analysis.studies.business.claim import Claimed


def claimed_ratio(brief: Brief, claim: Claimed | None) -> Shown | None:
    """Say how much dearer the baseline's tokens are at the point, where the market is served, and on equal terms.

    Args:
        brief: The figures of the brief.
        claim: On its two platforms; None where one of them does not serve the point, or both are one.
    """
    if claim is None:
        return None
    contents: dict[str, Value | str] = {"ratio": claim.at_point, "level": claim.level, **claim.names}
    opening = "At one operating point"
    verdict = ""
    if claim.judgment:
        opening = "{printed}: at one operating point"
        verdict = ", {verdict}"
        contents |= {"printed": claim.judgment.claim.value, "verdict": claim.judgment.words}
    return say(
        opening
        + " a million tokens on {baseline} cost {ratio} as much as on {subject}"
        + " ({lengths}, {floor} tok/s/user or more"
        + verdict
        + ")"
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
        return "; there is no such ratio at {level:2} tok/s/user, the middle of the market"
    low, high = ends(claim.at_level)
    contents |= {"market": claim.at_level, "low": low, "high": high, "day": claim.level.as_of}
    return (
        "; {market} ({low} to {high} by the measured rows) where the middle of the market was served on {day}, "
        "{level:2} tok/s/user"
    )


def _on_equal_terms(claim: Claimed, contents: dict[str, Value | str]) -> str:
    """What is left of the ratio under the first equal terms of both, at the point, else at the market's speed."""
    told = claim.on_equal_terms or claim.on_equal_terms_at_level
    if told is None:
        return "; like for like, no sound rows of both are measured at either."
    contents |= {"terms": told[0], "alike": told[1]}
    where = "at that point" if claim.on_equal_terms else "at {level:2} tok/s/user, where alone both are measured so"
    return "; like for like {alike} (" + where + ", {terms})."


def _placeholders(claim: Claimed) -> str:
    if not claim.placeholders:
        return ""
    return f" The price of a GPU-hour of {' and '.join(claim.placeholders)} is a placeholder of its source."
