"""The figures of the measured benchmark."""

from analysis.studies.benchmark.charts.cost import cost_curves
from analysis.studies.benchmark.charts.frontier import pareto
from analysis.studies.benchmark.charts.ratio import cost_and_power_ratio, throughput_ratio
from analysis.studies.benchmark.charts.search import departures
