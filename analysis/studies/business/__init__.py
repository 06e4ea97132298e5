"""What a GPU earns and costs on each platform when its tokens sell at a public price."""

from analysis.studies.business.economics import (
    ECONOMICS,
    Economics,
    asked_interactivity,
    economics,
    utilizations,
)

__all__ = [
    "ECONOMICS",
    "Economics",
    "asked_interactivity",
    "economics",
    "utilizations",
]
