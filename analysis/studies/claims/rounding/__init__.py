"""A printed figure and the unrounded values it can stand for: `printed("6,000").wide.interval`."""

from analysis.studies.claims.rounding.figures import Printed, Reading, printed
from analysis.studies.claims.rounding.grammar import BOUNDS, Bound

__all__ = ["BOUNDS", "Bound", "Printed", "Reading", "printed"]
