"""The equations of the economics of a token, each written once, in plain arithmetic.

Every function takes floats, NumPy arrays, pandas Series, pint quantities or SymPy symbols, broadcasts where they
do, and does arithmetic only: no branch, no rounding, no input or output. Its name and the names of its arguments
are keys of `analysis.library.quantities`; the conversion constants belong to the units that the docstring names.
Kinds (of tokens, GPUs, FLOPS, power, prices) must not mix in a call: `analysis.library.values.calculate` refuses that
for values that know their kind.
"""

from analysis.formulas import (
    caching,
    finance,
    fleet,
    lifecycle,
    load,
    ownership,
    returns,
    sales,
    serving,
    site,
    tariff,
)
from analysis.formulas.caching import *
from analysis.formulas.finance import *
from analysis.formulas.fleet import *
from analysis.formulas.lifecycle import *
from analysis.formulas.load import *
from analysis.formulas.ownership import *
from analysis.formulas.returns import *
from analysis.formulas.sales import *
from analysis.formulas.serving import *
from analysis.formulas.site import *
from analysis.formulas.tariff import *

_MODULES = (caching, finance, fleet, lifecycle, load, ownership, returns, sales, serving, site, tariff)
__all__ = [name for module in _MODULES for name in module.__all__]
