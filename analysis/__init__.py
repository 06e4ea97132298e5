"""The economics of a token: formulas, evidence and verdicts behind comparisons of AI accelerators.

from analysis import Parameters, compare, curves, load

pair = compare(load(), Parameters(baseline="h200", subject="gb300"))
pair.ratio("cost_per_million_tokens").show()
pair.to_frame()
cost(None, "gb300", 40, input_tokens=8192, output_tokens=1024)
curves(None, ["h100", "mi355x"], input_tokens=8192, output_tokens=1024, price={"h100": 1.99})
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from analysis.library.places import VERSION

if TYPE_CHECKING:
    from analysis.comparison.head_to_head import compare
    from analysis.comparison.tidy import cost, curves, tariff
    from analysis.errors import InputError
    from analysis.library.choices import define, value
    from analysis.library.sources import load
    from analysis.library.values import Value, calculate
    from analysis.scenario import Parameters

__version__ = VERSION
__all__ = [
    "InputError", "Parameters", "Value", "__version__", "calculate", "compare", "cost", "curves", "define", "load",
    "tariff", "value",
]  # fmt: skip
_HOMES = {
    "comparison.head_to_head": {"compare"}, "comparison.tidy": {"cost", "curves", "tariff"}, "errors": {"InputError"},
    "library.choices": {"define", "value"}, "library.sources": {"load"}, "library.values": {"Value", "calculate"},
    "scenario": {"Parameters"},
}  # fmt: skip


def __getattr__(name: str) -> Any:
    """Return what this package offers by a name; its module is loaded when it is first asked for."""
    for home, names in _HOMES.items():
        if name in names:
            return globals().setdefault(name, getattr(import_module(f"{__name__}.{home}"), name))
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*globals(), *__all__]
