"""The claim that a brief is read for, in a sentence: where it holds, and what is left of it elsewhere."""

import math

from analysis.comparison.market import ends
from analysis.exhibits.statements import Phrase, Shown, conclude, phrase
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
