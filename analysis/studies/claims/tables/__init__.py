"""The tables of the published comparison."""

from analysis.studies.claims.tables.conditions import (
    flops_per_dollar,
    under_conditions,
    verdicts_by_vintage,
    vintages,
)
from analysis.studies.claims.tables.printed import (
    conflict,
    implied,
    other_ledgers,
    published_and_recomputed,
    two_rows,
    verdicts,
)

__all__ = [
    "conflict",
    "flops_per_dollar",
    "implied",
    "other_ledgers",
    "published_and_recomputed",
    "two_rows",
    "under_conditions",
    "verdicts",
    "verdicts_by_vintage",
    "vintages",
]
