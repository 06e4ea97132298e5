"""Imported before kernels are forked: does once what makes libraries load their parts, and keeps nothing of it."""

import io

from analysis.charts import canvas
from analysis.formulas import cost_per_million_tokens
from analysis.sources import load
from analysis.symbolic import equation_latex

load()
with canvas() as (_figure, _axes):
    _axes.plot([1, 2], [1, 2])
    _figure.savefig(io.BytesIO(), format="svg")
equation_latex(cost_per_million_tokens)
