"""What a fleet holds, takes and costs, and which price would be worth paying for it."""

from tests.formulas.oracle.units import (
    DAY,
    HOUR,
    KILOWATT,
    MEGAWATT,
    MILLION_TOKENS,
    MONTH,
    SECOND,
    TOKEN,
    USD,
)


def purchases_needed(deployments, deployments_per_purchase):
    return deployments / deployments_per_purchase


def fleet_deployments(purchases, deployments_per_purchase):
    return deployments_per_purchase * purchases


def fleet_gpus(purchases, gpus_per_purchase):
    return gpus_per_purchase * purchases


def systems(fleet_gpus, gpus_per_system):
    return fleet_gpus / gpus_per_system


def purchases_within(gpus_within, gpus_per_purchase):
    return gpus_within / gpus_per_purchase


def fleet_power(fleet_gpus, power_per_gpu):
    return fleet_gpus * (power_per_gpu * KILOWATT) / MEGAWATT


def fleet_utilization(tokens_per_day, fleet_gpus, throughput_per_gpu):
    at_full_load = fleet_gpus * throughput_per_gpu * TOKEN / SECOND * DAY
    return tokens_per_day * TOKEN / at_full_load


def cost_per_month(fleet_gpus, price_per_gpu_hour):
    return fleet_gpus * price_per_gpu_hour * (USD / HOUR) * MONTH


def delivered_cost_per_million_tokens(cost_per_month, tokens_per_day):
    tokens = tokens_per_day * TOKEN / DAY * MONTH
    return cost_per_month * USD / tokens / (USD / MILLION_TOKENS)


def spare_capacity(fleet_deployments, deployments_needed):
    return (fleet_deployments - deployments_needed) / deployments_needed


def served_share(fleet_deployments, deployments_needed):
    return fleet_deployments / deployments_needed


def break_even_quote(cost_per_month, fleet_gpus):
    dollars_in_an_hour = cost_per_month * (USD / MONTH) * HOUR
    return dollars_in_an_hour / fleet_gpus


def gpus_within_budget(budget_per_month, price_per_gpu_hour):
    dollars_for_a_gpu = price_per_gpu_hour * (USD / HOUR) * MONTH
    return budget_per_month / dollars_for_a_gpu
