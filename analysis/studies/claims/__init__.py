"""A published statement, the interval that its printed figure stands for, and what it says in unrounded inputs."""

from analysis.studies.claims.claim import (
    Claim,
    Point,
    can_all_hold,
    can_follow,
    jointly,
    monomial,
    printed_values,
)

__all__ = [
    "Claim",
    "Point",
    "can_all_hold",
    "can_follow",
    "jointly",
    "monomial",
    "printed_values",
]
