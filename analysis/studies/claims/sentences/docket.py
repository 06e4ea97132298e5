"""What became of all statements of all publications, in sentences."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from analysis.exhibits.statements import Shown, listed, phrase, say
from analysis.library.quantities import Quoted
from analysis.library.sources import Library
from analysis.library.values import Status, counted
from analysis.studies.claims.claim import can_all_hold
from analysis.studies.claims.docket import failing, flat, obstacles, publications
from analysis.studies.claims.judgment import UNCOUNTED, Judgment, Verdict, count
from analysis.studies.claims.ledgers import ledger


def which_hold(verdicts: Mapping[str, Sequence[Judgment]]) -> Shown:
    """Say how many statements of all publications hold, by the judgments on each ledger."""
    judgments = flat(verdicts)
    reproduced = [judgment.recomputed for judgment in judgments if judgment.verdict is Verdict.REPRODUCED]
    kinds = {
        "supplied": sum(value is not None and Status.SUPPLIED in value.cautions for value in reproduced),
        "under": count(judgments, Verdict.ONLY_UNDER, Verdict.SUPERSEDED),
        "contradicted": count(judgments, Verdict.CONTRADICTED),
    }
    words = {
        "supplied": " ({supplied} of them only restate rows that their claimant supplied)",
        "under": ", {under} hold only under a condition",
        "contradicted": " {contradicted} more contradict other figures printed with or about them, whatever "
        "the rows say.",
    }
    told = {kind: words[kind] if number else "" for kind, number in kinds.items()}
    contents: dict[str, Any] = {
        kind: counted(number, f"statements {kind}") for kind, number in kinds.items() if number
    }
    return say(
        "Of {all} statements that were printed from {first} to {last} in {sources} publications, {checked} can be "
        "held against the rows, prices and power at hand: {reproduced} are reproduced"
        + told["supplied"]
        + ", {near} lie no further off than repeated runs of such rows differ"
        + told["under"]
        + " and {fails} do not hold."
        + told["contradicted"],
        finding=True,
        all=counted(len(judgments), "published statements"),
        first=judgments[0].claim.value.as_of,
        last=judgments[-1].claim.value.as_of,
        sources=counted(len(publications(verdicts)), "publications"),
        checked=counted(
            len(judgments) - count(judgments, *UNCOUNTED, Verdict.CONTRADICTED), "statements held against rows"
        ),
        reproduced=counted(len(reproduced), "statements reproduced"),
        near=counted(count(judgments, Verdict.WITHIN_REPEATABILITY), "statements within repeatability"),
        fails=counted(failing(judgments) - kinds["under"], "statements that do not hold"),
        **contents,
    )


def not_checkable(verdicts: Mapping[str, Sequence[Judgment]]) -> Shown | None:
    """Say how many statements cannot be checked and why, by the judgments on each ledger; None where all can be."""
    reasons = obstacles(flat(verdicts))
    if not reasons:
        return None
    parts = [
        phrase("{number} {words}", number=counted(number, f"statements that {words}"), words=words)
        for words, number in reasons.items()
    ]
    return say(
        "{all} cannot be checked: {reasons}.",
        all=counted(sum(reasons.values()), "statements that cannot be checked"),
        reasons=listed(parts, ", "),
    )


def agreement(library: Library, names: Iterable[str]) -> Shown:
    """Say of how many ledgers the printed figures agree among themselves, which is no verdict about the data."""
    claims = {name: ledger(library, name) for name in names}
    apart = [of_one for of_one in claims.values() if not can_all_hold(of_one)]
    told = ", ".join(dict.fromkeys(of_one[0].value.sources[0].title for of_one in apart))
    return say(
        "Apart from any row, figures that were printed together or about one another agree among themselves in "
        "{agree} of {ledgers} sets" + (", in {apart} they do not: {told}." if apart else "."),
        agree=counted(len(claims) - len(apart), "sets of figures that agree"),
        ledgers=counted(len(claims), "sets of figures"),
        apart=counted(len(apart), "sets of figures that do not"),
        told=Quoted(told),
    )
