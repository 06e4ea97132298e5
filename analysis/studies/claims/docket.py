"""The docket: every ledger judged, each under the prices and power that were in force when it was published."""

from collections.abc import Mapping, Sequence
from datetime import date

from analysis.comparison.head_to_head import compare
from analysis.library.sources import Library
from analysis.scenario import Parameters
from analysis.studies.claims.claim import Claim
from analysis.studies.claims.evidence import Evidence
from analysis.studies.claims.judgment import Judgment, Verdict
from analysis.studies.claims.ledgers import ledger, names
from analysis.studies.claims.verdicts import judge


def in_force(library: Library, day: date) -> str:
    """Return the newest vintage of prices and power of a day's month or before; before all of them the oldest."""
    month = day.isoformat()[:7]
    return max((vintage for vintage in library.vintages if vintage <= month), default=library.vintages[0])


def docket(library: Library, conditions: Parameters, *, vintage: str | None = None) -> dict[str, list[Judgment]]:
    """Return a verdict on each claim of each ledger, by the ledger's name.

    Args:
        library: The figures.
        conditions: Under which claims are judged that name no point of their own.
        vintage: Of prices and power; none: for each ledger the one in force on the day of its first claim.

    Raises:
        InputError: A platform does not serve the point.
    """
    pair, judged = compare(library, conditions), {}
    for name in names(library):
        claims = ledger(library, name)
        under = {"vintage": vintage or in_force(library, claims[0].date)}
        judged[name] = judge(claims, Evidence(library, pair.repriced(conditions.model_copy(update=under))))
    return judged


def decides(judgment: Judgment, *, brackets: bool = True) -> str:
    """Return in words what a verdict turns on: what is missing, what was replaced, or how far rows are apart.

    Args:
        judgment: The verdict.
        brackets: Whether to say what the rows around a wide value leave, where it does not stand beside the value.
    """
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


def flat(judged: Mapping[str, Sequence[Judgment]]) -> list[Judgment]:
    """Return the judgments of all ledgers by their day, the newest last."""
    return sorted((judgment for of_one in judged.values() for judgment in of_one), key=lambda each: each.claim.date)
