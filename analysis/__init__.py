"""The economics of a token: formulas, evidence and verdicts behind comparisons of AI accelerators.

from analysis import Parameters, compare, curves, load

pair = compare(load(), Parameters(baseline="h200", subject="gb300"))
pair.ratio("cost_per_million_tokens").show()
pair.to_frame()
cost(None, "gb300", 40, input_tokens=8192, output_tokens=1024)
curves(None, ["h100", "mi355x"], input_tokens=8192, output_tokens=1024, price={"h100": 1.99})
"""

import pandas as pd

from analysis.comparison.head_to_head import compare
from analysis.comparison.tidy import cost, curves, tariff
from analysis.errors import InputError
from analysis.library.choices import define, value
from analysis.library.places import VERSION
from analysis.library.sources import load
from analysis.library.values import Value, calculate
from analysis.scenario import Parameters

# Its tables have some hundred rows, of which a few are taken at a time: Arrow's words cost a report a seventh.
pd.set_option("mode.string_storage", "python")

__version__ = VERSION
__all__ = [
    "InputError", "Parameters", "Value", "__version__", "calculate", "compare", "cost", "curves", "define", "load",
    "tariff", "value",
]  # fmt: skip
