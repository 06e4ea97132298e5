"""The equations of the economics of a token, each written once, in plain arithmetic.

Every function takes floats, NumPy arrays, pandas Series, pint quantities or SymPy symbols, broadcasts where they
do, and does arithmetic only: no branch, no rounding, no input or output. Its name and the names of its arguments
are keys of `analysis.quantities`; the conversion constants belong to the units that the docstring names. Kinds (of
tokens, GPUs, FLOPS, power, prices) must not mix in a call: `analysis.values.calculate` refuses that for values that
know their kind.
"""

from analysis.formulas.serving import (
    blended_token_price,
    break_even_price,
    cost_per_million_tokens,
    energy_per_token,
    flops_per_dollar,
    ratio,
    requests_accounted_for,
    throughput_per_megawatt,
    tokens_per_dollar,
    total_throughput_per_gpu,
)

__all__ = [
    "blended_token_price",
    "break_even_price",
    "cost_per_million_tokens",
    "energy_per_token",
    "flops_per_dollar",
    "ratio",
    "requests_accounted_for",
    "throughput_per_megawatt",
    "tokens_per_dollar",
    "total_throughput_per_gpu",
]
