"""The figures of the investor brief."""

from analysis.studies.business.charts.claim import claim_along_interactivity
from analysis.studies.business.charts.margins import margin_bands, price_room, tornado
