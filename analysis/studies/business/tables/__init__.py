"""The tables of the investor brief."""

from analysis.studies.business.tables.economics import assumptions, platforms, token_prices, unit_economics
from analysis.studies.business.tables.returns import returns, sensitivity, stated_return

__all__ = [
    "assumptions",
    "platforms",
    "returns",
    "sensitivity",
    "stated_return",
    "token_prices",
    "unit_economics",
]
