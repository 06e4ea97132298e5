"""The economics of a token: formulas, evidence and verdicts behind comparisons of AI accelerators.

    from analysis import Parameters, compare, load

    pair = compare(load(), Parameters(baseline="h200", subject="gb300"))
    pair.ratio("cost_per_million_tokens").show()

Names are loaded when they are first used, so that importing the package stays cheap.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis.claims import jointly
    from analysis.claims.evidence import Evidence
    from analysis.claims.verdicts import judge
    from analysis.errors import InputError
    from analysis.formulas import (
        blended_token_price,
        break_even_price,
        cost_per_million_tokens,
        energy_per_token,
        flops_per_dollar,
        ratio,
        throughput_per_megawatt,
        tokens_per_dollar,
    )
    from analysis.frontier import platform_curve, throughput_curve
    from analysis.head_to_head import compare
    from analysis.rounding import printed
    from analysis.scenario import Parameters
    from analysis.sources import load
    from analysis.values import Value, calculate

_HOMES = {
    "analysis.claims": ("jointly",),
    "analysis.errors": ("InputError",),
    "analysis.claims.evidence": ("Evidence",),
    "analysis.formulas": (
        "blended_token_price",
        "break_even_price",
        "cost_per_million_tokens",
        "energy_per_token",
        "flops_per_dollar",
        "ratio",
        "throughput_per_megawatt",
        "tokens_per_dollar",
    ),
    "analysis.frontier": ("platform_curve", "throughput_curve"),
    "analysis.head_to_head": ("compare",),
    "analysis.rounding": ("printed",),
    "analysis.scenario": ("Parameters",),
    "analysis.sources": ("load",),
    "analysis.values": ("Value", "calculate"),
    "analysis.claims.verdicts": ("judge",),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Evidence",
    "InputError",
    "Parameters",
    "Value",
    "blended_token_price",
    "break_even_price",
    "calculate",
    "compare",
    "cost_per_million_tokens",
    "energy_per_token",
    "flops_per_dollar",
    "jointly",
    "judge",
    "load",
    "platform_curve",
    "printed",
    "ratio",
    "throughput_curve",
    "throughput_per_megawatt",
    "tokens_per_dollar",
]


def __getattr__(name: str) -> Any:
    """Return a public name from the module that it lives in."""
    if name not in _HOME:
        raise AttributeError(f"module 'analysis' has no attribute {name!r}")
    globals()[name] = value = getattr(import_module(_HOME[name]), name)
    return value


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(__all__)
