"""What a report has concluded of a ledger, one verdict a statement, for those who compare builds."""

from collections.abc import Iterable

from analysis.studies.claims.verdicts import Judgment


def concluded(ledger: str, judgments: Iterable[Judgment]) -> list[dict[str, str]]:
    """Return each verdict with a name that is the same in every build: the ledger's and the statement's.

    Args:
        ledger: Name of the ledger.
        judgments: Verdicts on its statements.
    """
    return [
        {"id": f"{ledger}/{one.claim.id}", "words": one.words, "sentence": one.claim.statement} for one in judgments
    ]
