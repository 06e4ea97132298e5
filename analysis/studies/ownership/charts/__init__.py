"""The figures of the report on owning: what a cost is made of, and what would close the gap to a published price."""

from analysis.studies.ownership.charts.gaps import Move, closing, moves
from analysis.studies.ownership.charts.parts import cost_parts
