"""The tables of the published comparison."""

from analysis.studies.claims.tables.conditions import (
    by_claimant,
    by_publication,
    flops_per_dollar,
    under_conditions,
    verdicts_by_vintage,
    vintages,
)
from analysis.studies.claims.tables.printed import (
    conflict,
    docket,
    implied,
    published_and_recomputed,
    two_rows,
    verdicts,
)
