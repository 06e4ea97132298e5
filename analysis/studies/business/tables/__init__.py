"""The tables of the investor brief."""

from analysis.studies.business.tables.comparables import chips, price_history, rents
from analysis.studies.business.tables.economics import assumptions, platforms, unit_economics
from analysis.studies.business.tables.outlooks import by_outlook, prices_to_stop
from analysis.studies.business.tables.prices import by_kind, tiers, token_prices
from analysis.studies.business.tables.returns import by_decline, returns, sensitivity, stated_return
