"""What the page computes at an operating point: lists of steps that run in Python and are written as JavaScript."""

from analysis import formulas
from analysis.comparison.head_to_head import SUBJECT_BELOW
from analysis.formulas.steps import Step, inputs
from analysis.library.quantities import quantity

DELIVERED = {"throughput_per_gpu": "delivered_throughput_per_gpu"}
FACILITY = {"power_per_gpu": "facility_power_per_gpu"}
UNNAMED = {"electricity_per_million_tokens": "Electricity per million tokens"}
"""Titles of amounts whose step has another name than its formula."""

RATIOS = (
    "price_per_gpu_hour",
    "throughput_per_gpu",
    "cost_per_million_tokens",
    "throughput_per_megawatt",
    "energy_per_token",
)
"""The amounts that two platforms are compared by."""

SERVING = (
    Step(formulas.delivered_throughput_per_gpu),
    Step(formulas.cost_per_million_tokens, renamed=DELIVERED),
    Step(formulas.facility_power_per_gpu),
    Step(formulas.throughput_per_megawatt, renamed=DELIVERED | FACILITY),
    Step(formulas.energy_per_token, renamed=DELIVERED | FACILITY),
    Step(formulas.electricity_per_gpu_hour),
    Step(
        formulas.cost_per_million_tokens,
        "electricity_per_million_tokens",
        {"price_per_gpu_hour": "electricity_per_gpu_hour"} | DELIVERED,
    ),
    Step(formulas.electricity_share, renamed={"owned_cost_per_gpu_hour": "price_per_gpu_hour"}),
)
"""From price, power and measured throughput to what a platform's tokens cost."""


def title(step: Step) -> str:
    """Return the name of what a step makes, as a heading begins it."""
    return UNNAMED.get(step.name, quantity(step.formula.__name__).title)


OTHER = "other_"


def other(name: str) -> str:
    """Return the name of the baseline's amount, where the subject's has this name."""
    return OTHER + name


def ratio_of(name: str) -> str:
    """Return the name of the ratio of two platforms in an amount."""
    return f"{name}_ratio"


def _ratio(name: str) -> Step:
    """Above 1 the subject is ahead, in price as in throughput the one with more."""
    above, below = (other(name), name) if name in SUBJECT_BELOW else (name, other(name))
    return Step(formulas.ratio, ratio_of(name), {"numerator": above, "denominator": below})


COMPARISON = (
    *(_ratio(name) for name in RATIOS),
    Step(
        formulas.break_even_price,
        renamed=DELIVERED | {"other_throughput_per_gpu": other("delivered_throughput_per_gpu")},
    ),
)
"""From the amounts of a subject and those of a baseline, the latter by `other`, to how they compare."""


def origins() -> dict[str, list[str]]:
    """Return the given amounts that each result of `SERVING` is made from, by its name."""
    found: dict[str, list[str]] = {name: [name] for name in inputs(SERVING)}
    for step in SERVING:
        made_from = (given for name in step.sources.values() for given in found[name])
        found[step.name] = list(dict.fromkeys(made_from))
    return found
