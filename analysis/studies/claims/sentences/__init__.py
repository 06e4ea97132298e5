"""The sentences on statements: on the published table, and on all statements of the docket."""

from analysis.studies.claims.sentences.docket import agreement, not_checkable, which_hold
from analysis.studies.claims.sentences.published import (
    from_first_to_last,
    one_point,
    outside,
    ratios,
    remarks,
    reproduced,
    together,
)
