"""The claim that a brief is read for, in a sentence: where it holds, and what is left of it elsewhere."""

import math

from analysis.comparison.market import ends
from analysis.exhibits.statements import Shown, say
from analysis.library.values import Value
from analysis.studies.business.brief import Brief
from analysis.studies.business.claim import Claimed
from analysis.studies.claims.judgment import Verdict

_VERDICTS = {
    Verdict.REPRODUCED: "the printed digits are reproduced",
    Verdict.WITHIN_REPEATABILITY: "outside of the printed digits, but no further than repeated runs differ",
}


def claimed_ratio(brief: Brief, claim: Claimed | None) -> Shown | None:
    """Say how much dearer the baseline's tokens are at the point, where the market is served, and on equal terms."""
    if claim is None:
        return None
    contents: dict[str, Value | str] = {"ratio": claim.at_point, "level": claim.level, **claim.names}
    printed, verdict = _printed(claim, contents)
    return say(
        printed
        + "At {lengths} and {floor} tok/s/user or more a million tokens on {baseline} cost {ratio} as much as on "
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


def _printed(claim: Claimed, contents: dict[str, Value | str]) -> tuple[str, str]:
    """What was printed, and its verdict where the scenario's rows are those of the print; else what those give."""
    judgment = claim.judgment
    if judgment is None:
        return "", ""
    contents |= {"printed": judgment.claim.value, "verdict": _VERDICTS.get(judgment.verdict, judgment.words)}
    given = judgment.recomputed
    if given is None or math.isclose(given.number, claim.at_point.number):
        return "{printed} is what was printed. ", ": {verdict}"
    contents["given"] = given
    return "{printed} is what was printed; the rows that fit the print give {given}: {verdict}. ", ""


def _at_the_market(claim: Claimed, contents: dict[str, Value | str]) -> str:
    if claim.at_level is None:
        contents["market_of"] = claim.market
        return " There is no such ratio at {level:2} tok/s/user, the middle of {market_of}."
    low, high = ends(claim.at_level)
    contents |= {"market": claim.at_level, "low": low, "high": high, "day": claim.level.as_of}
    contents["market_of"] = claim.market
    return (
        " Where the middle of {market_of} was served on {day}, {level:2} tok/s/user, it is {market} ({low} to {high} "
        "by the measured rows)."
    )


def _on_equal_terms(claim: Claimed, contents: dict[str, Value | str]) -> str:
    """What is left of the ratio under the first equal terms of both, at the point, else at the market's speed."""
    told = claim.on_equal_terms or claim.on_equal_terms_at_level
    if told is None:
        return " No sound rows keep equal terms at either speed."
    terms, alike = told
    contents |= {"terms": terms[:1].lower() + terms[1:] if terms.startswith("Best") else terms, "alike": alike}
    where = "at that point" if claim.on_equal_terms else "at {level:2} tok/s/user, for want of such rows at the point"
    best = claim.at_point if claim.on_equal_terms else claim.at_level
    higher = best is not None and alike.number > best.number
    return f" On equal terms ({{terms}}, {where}) it is {{alike}}" + (
        ", more than best against best, since {baseline} loses more by them." if higher else "."
    )


def _placeholders(claim: Claimed) -> str:
    if not claim.placeholders:
        return ""
    return f" The price of a GPU-hour of {' and '.join(claim.placeholders)} is a placeholder of its source."
