"""The docket: every ledger judged, each under the prices and power that were in force when it was published."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from analysis.comparison.head_to_head import compare
from analysis.library.sources import Library
from analysis.scenario import Parameters
from analysis.studies.claims.claim import Claim
from analysis.studies.claims.evidence import NO_LENGTHS, NO_POINT, NOTHING_MEASURED, Evidence, Finding
from analysis.studies.claims.judgment import HOLDS, UNCOUNTED, Judgment, Verdict
from analysis.studies.claims.ledgers import ledger, names
from analysis.studies.claims.verdicts import judge

OBSTACLES = {
    "are about what no row here measures": (NOTHING_MEASURED,),
    "are about models whose rows here are medians over runs": ("medians over runs",),
    "leave out the interactivity or the sequence lengths": (NO_POINT, NO_LENGTHS),
    "rest on rows of their day that are not at hand": ("of that day",),
    "are about models or platforms without rows here": (),
}
"""Why statements cannot be checked, by the words of their remarks that tell it; the last is the rest."""


def in_force(library: Library, day: date) -> str:
    """Return the newest vintage of prices and power of a day's month or before; before all of them the oldest."""
    month = day.isoformat()[:7]
    return max((vintage for vintage in library.vintages if vintage <= month), default=library.vintages[0])


def docket(library: Library, conditions: Parameters, *, vintage: str | None = None) -> dict[str, list[Judgment]]:
    """Return a verdict on each claim of each ledger, by the ledger's name.

    Raises:
        InputError: A platform does not serve the point.
    """
    pair, judged = compare(library, conditions), {}
    for name in names(library):
        claims = ledger(library, name)
        under = {"vintage": vintage or in_force(library, claims[0].date)}
        evidence = Evidence(library, pair.repriced(conditions.model_copy(update=under)))
        judged[name] = [_of_the_docket(judgment, evidence) for judgment in judge(claims, evidence)]
    return judged


def _of_the_docket(judgment: Judgment, evidence: Evidence) -> Judgment:
    """Nobody asks in a docket: a statement of another model than the rows' that names no point is not checkable."""
    of_others = not evidence.is_of_the_model(judgment.claim)
    if judgment.verdict != Verdict.NOT_ASKED or not of_others:
        return judgment
    return Judgment(judgment.claim, Verdict.NOT_CHECKABLE, Finding(None, NO_POINT))


def decides(judgment: Judgment, *, brackets: bool = True) -> str:
    """Return in words what a verdict turns on: what is missing, what was replaced, or how far rows are apart."""
    found = judgment.recomputed
    parts = [judgment.claim.hinges_on, judgment.remark]
    if judgment.since:
        parts.append(f"the rows at hand give {judgment.since.show()}")
    if brackets and found is not None and found.is_wide and found.bracket:
        low, high = (found.quantity.show(end, 2) for end in found.bracket)
        parts.append(f"interpolated: the rows around it leave {low} to {high}")
    if judgment.verdict == Verdict.WITHIN_REPEATABILITY and judgment.finding.spread:
        spread = judgment.finding.spread
        parts.append(f"{spread.inputs['band_share'].show(2)} of repeated runs differ by at most {spread.show()}")
    if judgment.claim.read in ("excerpt", "second-hand"):
        parts.append("read second-hand" if judgment.claim.read == "second-hand" else "read in an excerpt")
    return "; ".join(part for part in parts if part)


def who(claim: Claim) -> str:
    """Return who made a claim: the claimant, or the publisher of its source."""
    return claim.claimant or claim.value.sources[0].publisher or claim.value.sources[0].title


def publications(judged: Mapping[str, Sequence[Judgment]]) -> list[list[Judgment]]:
    """Return the judgments by the publication that their statements stand in, the oldest first."""
    by_source: dict[str, list[Judgment]] = {}
    for judgment in flat(judged):
        by_source.setdefault(judgment.claim.value.sources[0].id, []).append(judgment)
    return list(by_source.values())


def failing(judgments: Iterable[Judgment]) -> int:
    """Return how many statements the rows were held against and do not bear out as printed."""
    return sum(judgment.verdict not in (*HOLDS, *UNCOUNTED, Verdict.CONTRADICTED) for judgment in judgments)


def obstacles(judgments: Sequence[Judgment]) -> dict[str, int]:
    """Return how many statements cannot be checked for each of the reasons of `OBSTACLES`, the commonest first."""
    counts = dict.fromkeys(OBSTACLES, 0)
    *_, rest = OBSTACLES
    for judgment in judgments:
        if judgment.verdict in UNCOUNTED:
            told = (words for words, signs in OBSTACLES.items() if any(sign in judgment.remark for sign in signs))
            counts[next(told, rest)] += 1
    return dict(sorted(((words, number) for words, number in counts.items() if number), key=lambda pair: -pair[1]))


def flat(judged: Mapping[str, Sequence[Judgment]]) -> list[Judgment]:
    """Return the judgments of all ledgers by their day, the newest last."""
    return sorted((judgment for of_one in judged.values() for judgment in of_one), key=lambda each: each.claim.date)
