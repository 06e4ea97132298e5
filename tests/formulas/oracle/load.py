"""What a buyer's load is, and how many deployments carry it."""

from tests.formulas.oracle.units import (
    DAY,
    SECOND,
    TOKEN,
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


def growth_per_year(growth_per_month):
    load = 1
    for _ in range(12):
        load += growth_per_month * load
    return load - 1
