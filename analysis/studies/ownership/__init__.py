"""What a GPU-hour and a token cost whoever owns the GPU."""

from analysis.studies.ownership.levelized import (
    COST,
    PRICE,
    Ownership,
    Performance,
    levelized,
    levelized_values,
)

__all__ = [
    "COST",
    "PRICE",
    "Ownership",
    "Performance",
    "levelized",
    "levelized_values",
]
