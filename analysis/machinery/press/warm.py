"""Imported before kernels are forked: does once what makes libraries load their parts, and keeps nothing of it."""

import io

from analysis.exhibits import canvas
from analysis.exhibits.symbolic import equation_latex
from analysis.formulas import cost_per_million_tokens
from analysis.library.sources import load

load().demand_whole()
with canvas() as (_figure, _axes):
    _axes.plot([1, 2], [1, 2])
    _figure.savefig(io.BytesIO(), format="svg")
equation_latex(cost_per_million_tokens)
