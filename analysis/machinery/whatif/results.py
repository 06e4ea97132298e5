"""What the page computes at an operating point: lists of steps that run in Python and are written as JavaScript."""

from analysis import formulas
from analysis.comparison.metrics import METRICS, OPERATION, made_from, over, ratio_of
from analysis.formulas.steps import Step
from analysis.library.quantities import quantity

DELIVERED = {"throughput_per_gpu": "delivered_throughput_per_gpu"}
FACILITY = {"power_per_gpu": "facility_power_per_gpu"}
NEEDED, WHOLE = "deployments_for_load", "fleet_gpus"
"""The GPUs that a load needs, and the same as whole ones."""
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


def load_of_users() -> tuple[Step, ...]:
    """Return the steps from users who are served at once to the tokens of a day, as a buyer's load has them."""
    return (
        Step(formulas.input_share),
        Step(formulas.output_tokens_per_day),
        Step(formulas.tokens_per_day_for_output),
    )


def needed() -> tuple[Step, ...]:
    """Return the steps from the tokens of a day to the GPUs that carry its peak: deployments of `gpus`, of one."""
    return Step(formulas.peak_load), Step(formulas.deployments_for_load)


def fleet() -> tuple[Step, ...]:
    """Return the steps from whole GPUs to their power, what they cost, and what a token of the load then costs."""
    return (
        Step(formulas.fleet_power, renamed=FACILITY),
        Step(formulas.cost_per_month),
        Step(formulas.delivered_cost_per_million_tokens),
    )


def selling() -> tuple[Step, ...]:
    """Return the steps from a seller's prices to the mean price of a token and what its cost leaves of it."""
    return (
        Step(formulas.input_share),
        Step(formulas.mean_input_token_price),
        Step(formulas.blended_token_price, renamed={"input_token_price": "mean_input_token_price"}),
        Step(formulas.gross_margin, renamed={"token_price": "blended_token_price"}),
    )


def chains() -> dict[str, tuple[Step, ...]]:
    """Return every list of steps that one platform's amounts go through, by the name of its function."""
    return {step.__name__: step() for step in (serving, load_of_users, needed, fleet, selling)}


def every_step() -> tuple[Step, ...]:
    """Return the steps of all chains in their order."""
    return tuple(step for chain in chains().values() for step in chain)


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
    """Return the given amounts that each result of the chains is made from, by its name."""
    found: dict[str, list[str]] = {}
    for step in every_step():
        made_of = (given for name in step.sources.values() for given in found.setdefault(name, [name]))
        found[step.name] = list(dict.fromkeys(made_of))
        if step.name == NEEDED:
            found[WHOLE] = found[step.name]
    return found
