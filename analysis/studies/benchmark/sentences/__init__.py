"""The sentences of the measured benchmark."""

from analysis.studies.benchmark.sentences.answer import (
    along_the_curve,
    at_other_lengths,
    at_the_floor,
    cheapest,
    doubted_lines,
    doubted_rows,
    on_the_curves,
    ratios,
)
from analysis.studies.benchmark.sentences.search import matches, target
from analysis.studies.benchmark.sentences.trust import cut_off, doubted_matches, on_equal_terms, trust
