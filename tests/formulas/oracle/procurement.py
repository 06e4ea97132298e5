"""What a buyer's load asks of a fleet, what the fleet costs, and which price would be worth paying."""

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


def tokens_per_day(input_tokens_per_day, output_tokens_per_day):
    return sum((input_tokens_per_day, output_tokens_per_day))


def tokens_per_day_for_input(input_tokens_per_day, input_share):
    return input_tokens_per_day / input_share


def tokens_per_day_for_output(output_tokens_per_day, input_share):
    output_share = 1 - input_share
    return output_tokens_per_day / output_share


def output_tokens_per_day(concurrent_users, interactivity, peak_factor):
    at_the_peak = concurrent_users * interactivity * TOKEN / SECOND
    return at_the_peak / peak_factor * DAY


def peak_load(tokens_per_day, peak_factor):
    mean = tokens_per_day * TOKEN / DAY
    return mean * peak_factor / (TOKEN / SECOND)


def deployments_for_load(peak_load, throughput_per_gpu, gpus, peak_utilization):
    carried_by_one = throughput_per_gpu * gpus * peak_utilization
    return peak_load / carried_by_one


def deployments_for_requests(requests_in_flight, concurrency, peak_utilization):
    held_by_one = concurrency * peak_utilization
    return requests_in_flight / held_by_one


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


def growth_per_year(growth_per_month):
    load = 1
    for _ in range(12):
        load += growth_per_month * load
    return load - 1


def break_even_quote(cost_per_month, fleet_gpus):
    dollars_in_an_hour = cost_per_month * (USD / MONTH) * HOUR
    return dollars_in_an_hour / fleet_gpus


def gpus_within_budget(budget_per_month, price_per_gpu_hour):
    dollars_for_a_gpu = price_per_gpu_hour * (USD / HOUR) * MONTH
    return budget_per_month / dollars_for_a_gpu
