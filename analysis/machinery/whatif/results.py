"""What the page computes at an operating point: lists of steps that run in Python and are written as JavaScript."""

from analysis import formulas
from analysis.comparison.metrics import METRICS, OPERATION, made_from, over, ratio_of
from analysis.formulas.steps import Step, inputs
from analysis.library.quantities import quantity

DELIVERED = {"throughput_per_gpu": "delivered_throughput_per_gpu"}
FACILITY = {"power_per_gpu": "facility_power_per_gpu"}
OTHER = "other_"
"""How the names of the baseline's amounts begin."""
UNNAMED = {"electricity_per_million_tokens": "Electricity per million tokens"}
"""Titles of amounts whose step has another name than its formula."""


def ratios() -> list[str]:
    """Return the amounts that two platforms are compared by: the metrics that follow from what the page knows."""
    return made_from(OPERATION)


def serving() -> tuple[Step, ...]:
    """Return the steps from price, power and measured throughput to every metric and to what electricity costs."""
    made = [formula for key in ratios() if (formula := METRICS[key].formula)]
    return (
        Step(formulas.delivered_throughput_per_gpu),
        Step(formulas.facility_power_per_gpu),
        *(Step(formula, renamed=DELIVERED | FACILITY) for formula in made),
        Step(formulas.electricity_per_gpu_hour),
        Step(
            formulas.cost_per_million_tokens,
            "electricity_per_million_tokens",
            {"price_per_gpu_hour": "electricity_per_gpu_hour"} | DELIVERED,
        ),
        Step(formulas.electricity_share, renamed={"owned_cost_per_gpu_hour": "price_per_gpu_hour"}),
    )


def title(step: Step) -> str:
    """Return the name of what a step makes, as a heading begins it."""
    return UNNAMED.get(step.name, quantity(step.formula.__name__).title)


def other(name: str) -> str:
    """Return the name of the baseline's amount, where the subject's has this name."""
    return OTHER + name


def comparison() -> tuple[Step, ...]:
    """Return the steps from a subject's amounts and a baseline's, the latter by `other`, to how they compare."""
    return (
        *(Step(formulas.ratio, ratio_of(name), over(name, other(name), name)) for name in ratios()),
        Step(
            formulas.break_even_price,
            renamed=DELIVERED | {"other_throughput_per_gpu": other("delivered_throughput_per_gpu")},
        ),
    )


def origins() -> dict[str, list[str]]:
    """Return the given amounts that each result of `serving` is made from, by its name."""
    found: dict[str, list[str]] = {name: [name] for name in inputs(serving())}
    for step in serving():
        made_of = (given for name in step.sources.values() for given in found[name])
        found[step.name] = list(dict.fromkeys(made_of))
    return found
