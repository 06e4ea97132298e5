"""The tables of the measured benchmark."""

from analysis.studies.benchmark.tables.curves import best_series, cut_off, extremes, ratios
from analysis.studies.benchmark.tables.matches import accuracy, candidates, like_for_like, like_for_like_levels, trust
