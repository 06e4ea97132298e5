"""What a fleet holds, takes and costs, and which price would be worth paying for it."""

from analysis.formulas.load import SECONDS_PER_DAY
from analysis.formulas.number import Number
from analysis.formulas.ownership import HOURS_PER_YEAR, MONTHS_PER_YEAR
from analysis.formulas.serving import KILOWATTS_PER_MEGAWATT, TOKENS_PER_MILLION

__all__ = [
    "break_even_quote", "cost_per_month", "delivered_cost_per_million_tokens", "fleet_deployments", "fleet_gpus",
    "fleet_power", "fleet_utilization", "gpus_within_budget", "purchases_needed", "purchases_within", "served_share",
    "spare_capacity", "systems",
]  # fmt: skip

HOURS_PER_DAY = 24


def purchases_needed(deployments: Number, deployments_per_purchase: Number) -> Number:
    """Return how often the smallest purchase is made for so many deployments, not rounded to whole ones.

    Args:
        deployments: Whole deployments.
        deployments_per_purchase: Deployments that the smallest purchase holds.
    """
    return deployments / deployments_per_purchase


def fleet_deployments(purchases: Number, deployments_per_purchase: Number) -> Number:
    """Return the deployments that a fleet has room for, dimensionless.

    Args:
        purchases: How often the smallest purchase was made.
        deployments_per_purchase: Deployments that it holds.
    """
    return purchases * deployments_per_purchase


def fleet_gpus(purchases: Number, gpus_per_purchase: Number) -> Number:
    """Return the GPUs of a fleet, in GPU.

    Args:
        purchases: How often the smallest purchase was made.
        gpus_per_purchase: GPUs of it, in GPU.
    """
    return purchases * gpus_per_purchase


def systems(fleet_gpus: Number, gpus_per_system: Number) -> Number:
    """Return the nodes or racks of a fleet, dimensionless.

    Args:
        fleet_gpus: GPUs of the fleet, in GPU.
        gpus_per_system: GPUs of a node or rack, in GPU.
    """
    return fleet_gpus / gpus_per_system


def purchases_within(gpus_within: Number, gpus_per_purchase: Number) -> Number:
    """Return how often the smallest purchase can be made within a limit, not rounded to whole ones.

    Args:
        gpus_within: GPUs within the limit, in GPU.
        gpus_per_purchase: GPUs of the smallest purchase, in GPU.
    """
    return gpus_within / gpus_per_purchase


def fleet_power(fleet_gpus: Number, power_per_gpu: Number) -> Number:
    """Return the power that a fleet takes within the stated boundary, in MW.

    Args:
        fleet_gpus: GPUs of the fleet, in GPU.
        power_per_gpu: Power per GPU within the boundary, in kW/GPU.
    """
    return fleet_gpus * power_per_gpu / KILOWATTS_PER_MEGAWATT


def fleet_utilization(tokens_per_day: Number, fleet_gpus: Number, throughput_per_gpu: Number) -> Number:
    """Return the mean load as a share of what all GPUs of a fleet deliver at full load, dimensionless.

    Args:
        tokens_per_day: Tokens of the load, in tok/day.
        fleet_gpus: GPUs of the fleet, those that stand idle included, in GPU.
        throughput_per_gpu: Tokens that a GPU delivers in a second at full load, in tok/s/GPU.
    """
    return tokens_per_day / (SECONDS_PER_DAY * fleet_gpus * throughput_per_gpu)


def cost_per_month(fleet_gpus: Number, price_per_gpu_hour: Number) -> Number:
    """Return what a fleet costs, used or not, in USD/month, a month being a twelfth of a year.

    Args:
        fleet_gpus: GPUs of the fleet, in GPU.
        price_per_gpu_hour: Price of a GPU for an hour, in USD/GPU/h.
    """
    return fleet_gpus * price_per_gpu_hour * HOURS_PER_YEAR / MONTHS_PER_YEAR


def delivered_cost_per_million_tokens(cost_per_month: Number, tokens_per_day: Number) -> Number:
    """Return what a million tokens of the load cost, idle capacity included, in USD/Mtok.

    Args:
        cost_per_month: What the fleet costs, in USD/month.
        tokens_per_day: Tokens of the load, in tok/day.
    """
    return TOKENS_PER_MILLION * cost_per_month * MONTHS_PER_YEAR * HOURS_PER_DAY / (HOURS_PER_YEAR * tokens_per_day)


def spare_capacity(fleet_deployments: Number, deployments_needed: Number) -> Number:
    """Return by how much a load may grow within a fleet, as a share of the load, dimensionless.

    Args:
        fleet_deployments: Deployments that the fleet has room for.
        deployments_needed: Deployments that carry the load, not rounded to whole ones.
    """
    return fleet_deployments / deployments_needed - 1


def served_share(fleet_deployments: Number, deployments_needed: Number) -> Number:
    """Return what a fleet carries as a share of a load, dimensionless; more than the whole where it has room.

    Args:
        fleet_deployments: Deployments that the fleet has room for.
        deployments_needed: Deployments that carry the load, not rounded to whole ones.
    """
    return fleet_deployments / deployments_needed


def break_even_quote(cost_per_month: Number, fleet_gpus: Number) -> Number:
    """Return the price at which a fleet costs so much in a month, in USD/GPU/h.

    Args:
        cost_per_month: What the fleet may cost, such as the cost of another one for the same load, in USD/month.
        fleet_gpus: GPUs of the fleet, in GPU.
    """
    return cost_per_month * MONTHS_PER_YEAR / (fleet_gpus * HOURS_PER_YEAR)


def gpus_within_budget(budget_per_month: Number, price_per_gpu_hour: Number) -> Number:
    """Return the GPUs that a budget pays for, in GPU, not rounded to whole systems.

    Args:
        budget_per_month: What may be spent, in USD/month.
        price_per_gpu_hour: Price of a GPU for an hour, in USD/GPU/h.
    """
    return budget_per_month * MONTHS_PER_YEAR / (price_per_gpu_hour * HOURS_PER_YEAR)
