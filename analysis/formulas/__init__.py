"""The equations of the economics of a token, each written once, in plain arithmetic.

Every function takes floats, NumPy arrays, pandas Series, pint quantities or SymPy symbols, broadcasts where they
do, and does arithmetic only: no branch, no rounding, no input or output. Its name and the names of its arguments
are keys of `analysis.quantities`; the conversion constants belong to the units that the docstring names. Kinds (of
tokens, GPUs, FLOPS, power, prices) must not mix in a call: `analysis.values.calculate` refuses that for values that
know their kind.
"""

from analysis.formulas.accuracy import accuracy_difference
from analysis.formulas.caching import (
    cache_hit_discount,
    prefill_cost_share,
    request_cost,
    session_hit_rate,
    session_output_tokens,
    session_prompt_tokens,
    session_reusable_tokens,
)
from analysis.formulas.finance import (
    capital_recovery_factor,
    capital_recovery_factor_near_zero,
    discount_factor,
    project_finance_factor,
)
from analysis.formulas.lifecycle import break_even_utilization, lifetime_gain
from analysis.formulas.ownership import (
    capital_charge_per_gpu_hour,
    capital_per_gpu,
    colocation_per_gpu_hour,
    delivered_throughput_per_gpu,
    depreciation_per_gpu_hour,
    downtime_per_gpu_hour,
    electricity_per_gpu_hour,
    facility_per_gpu_hour,
    facility_power_per_gpu,
    financing_per_gpu_hour,
    idle_cost_per_million_tokens,
    levelized_price_per_gpu_hour,
    operations_per_gpu_hour,
    owned_cost_per_gpu_hour,
    space_per_gpu_hour,
)
from analysis.formulas.serving import (
    blended_token_price,
    break_even_price,
    cost_per_million_tokens,
    deployment_gpus,
    energy_per_token,
    flops_per_dollar,
    ratio,
    requests_accounted_for,
    throughput_per_megawatt,
    tokens_per_dollar,
    total_throughput_per_gpu,
)
from analysis.formulas.site import (
    electricity_share,
    gpus_within_power,
    revenue_per_megawatt_year,
    tokens_per_year,
)

__all__ = [
    "accuracy_difference",
    "blended_token_price",
    "break_even_price",
    "break_even_utilization",
    "cache_hit_discount",
    "capital_charge_per_gpu_hour",
    "capital_per_gpu",
    "capital_recovery_factor",
    "capital_recovery_factor_near_zero",
    "colocation_per_gpu_hour",
    "cost_per_million_tokens",
    "delivered_throughput_per_gpu",
    "deployment_gpus",
    "depreciation_per_gpu_hour",
    "discount_factor",
    "downtime_per_gpu_hour",
    "electricity_per_gpu_hour",
    "electricity_share",
    "energy_per_token",
    "facility_per_gpu_hour",
    "facility_power_per_gpu",
    "financing_per_gpu_hour",
    "flops_per_dollar",
    "gpus_within_power",
    "idle_cost_per_million_tokens",
    "levelized_price_per_gpu_hour",
    "lifetime_gain",
    "operations_per_gpu_hour",
    "owned_cost_per_gpu_hour",
    "prefill_cost_share",
    "project_finance_factor",
    "ratio",
    "request_cost",
    "requests_accounted_for",
    "revenue_per_megawatt_year",
    "session_hit_rate",
    "session_output_tokens",
    "session_prompt_tokens",
    "session_reusable_tokens",
    "space_per_gpu_hour",
    "throughput_per_megawatt",
    "tokens_per_dollar",
    "tokens_per_year",
    "total_throughput_per_gpu",
]
