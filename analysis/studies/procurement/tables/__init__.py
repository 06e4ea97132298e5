"""The tables of a procurement brief: what each platform needs, what providers ask, and what was asked and assumed."""

from analysis.studies.procurement.tables.offers import assumptions, offers, variations
from analysis.studies.procurement.tables.platforms import features, fleets, operating_points, unserved
from analysis.studies.procurement.tables.quotes import keys, quotes
from analysis.studies.procurement.tables.ways import coverage, horizon, ways_to_serve
