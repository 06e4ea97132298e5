"""What the formulas compute with."""

from typing import Any

Number = Any  # a float, array, Series, pint quantity or SymPy expression
