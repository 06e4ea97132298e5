"""Tables of how many statements hold, do not, or cannot be checked, by claimant and by publication."""

from collections.abc import Mapping, Sequence

from analysis.exhibits.statements import Cell, Shown
from analysis.exhibits.tables import table
from analysis.library.terms import Quoted
from analysis.library.values import counted
from analysis.studies.claims.docket import failing, flat, publications, who
from analysis.studies.claims.judgment import HOLDS, UNCOUNTED, Judgment, Verdict, count

_HEADS = ("Statements", "Hold", "Do not hold", "Contradict others", "Cannot be checked")
_NOTE = (
    "Hold: reproduced, or no further off than repeated runs of such rows differ. Contradict others: they do not "
    "agree with other figures printed with or about them, whatever the rows say."
)


def by_claimant(judged: Mapping[str, Sequence[Judgment]]) -> Shown:
    """Return how many statements of each claimant hold, the claimant of most statements first."""
    claimants: dict[str, list[Judgment]] = {}
    for judgment in flat(judged):
        claimants.setdefault(who(judgment.claim), []).append(judgment)
    ranked = sorted(claimants.items(), key=lambda pair: -len(pair[1]))
    rows = [[Quoted(name), *_counts(judgments)] for name, judgments in ranked]
    return table(
        "by-claimant", "What became of the statements of each claimant.", ["By whom", *_HEADS], rows, note=_NOTE
    )


def by_publication(judged: Mapping[str, Sequence[Judgment]]) -> Shown:
    """Return how many statements of each publication hold, the oldest first."""
    rows: list[list[Cell]] = []
    for judgments in publications(judged):
        claim = judgments[0].claim
        title = claim.value.sources[0].title
        rows.append([claim.date.isoformat(), Quoted(f"{who(claim)}: {title}"), *_counts(judgments)])
    caption = "What was published when, and what became of its statements."
    return table("publications", caption, ["Day", "By whom, title", *_HEADS], rows, note=_NOTE)


def _counts(judgments: Sequence[Judgment]) -> list[Cell]:
    return [
        counted(len(judgments), "statements"),
        counted(count(judgments, *HOLDS), "statements that hold"),
        counted(failing(judgments), "statements that do not hold"),
        counted(count(judgments, Verdict.CONTRADICTED), "statements that contradict others"),
        counted(count(judgments, *UNCOUNTED), "statements that cannot be checked"),
    ]
