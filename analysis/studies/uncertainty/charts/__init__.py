"""The figures of how sure a cost is: where two platforms break even, what moves the ratio, how probable each is."""

from analysis.studies.uncertainty.charts.break_even import break_even_line, break_even_surface
from analysis.studies.uncertainty.charts.doubts import exceedance, layers, tornadoes
