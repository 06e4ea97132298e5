"""What owning a GPU costs by the hour of the calendar, part by part, and what its idle hours cost by the token."""

from tests.formulas.oracle.units import HOUR, KILOWATT, MONTH, USD, YEAR


def capital_per_gpu(system_price, gpus, network_capital, storage_capital):
    whole = system_price + gpus * (network_capital + storage_capital)
    return whole / gpus


def depreciation_per_gpu_hour(capital_per_gpu, residual_value, economic_life):
    used_up = capital_per_gpu - residual_value * capital_per_gpu
    return used_up * USD / (economic_life * YEAR) / (USD / HOUR)


def capital_charge_per_gpu_hour(
    capital_per_gpu, capital_recovery_factor, project_finance_factor, residual_value, discount_factor
):
    """What is to be recovered is the capital with its tax, less what the resale is worth today."""
    to_recover = capital_per_gpu * project_finance_factor - residual_value * capital_per_gpu * discount_factor
    return to_recover * USD * capital_recovery_factor / YEAR / (USD / HOUR)


def financing_per_gpu_hour(capital_charge_per_gpu_hour, depreciation_per_gpu_hour):
    return capital_charge_per_gpu_hour - depreciation_per_gpu_hour


def facility_power_per_gpu(power_per_gpu, pue):
    return power_per_gpu * pue


def electricity_per_gpu_hour(facility_power_per_gpu, average_load, electricity_price):
    energy_in_an_hour = facility_power_per_gpu * KILOWATT * average_load * HOUR
    return energy_in_an_hour * electricity_price * (USD / (KILOWATT * HOUR))


def colocation_per_gpu_hour(power_per_gpu, colocation):
    rent = colocation * (USD / KILOWATT / MONTH)
    return power_per_gpu * KILOWATT * rent / (USD / HOUR)


def facility_per_gpu_hour(power_per_gpu, facility_capital, facility_recovery_factor):
    capital = power_per_gpu * KILOWATT * facility_capital * (USD / KILOWATT)
    return capital * (facility_recovery_factor / YEAR) / (USD / HOUR)


def space_per_gpu_hour(colocation_per_gpu_hour, facility_per_gpu_hour):
    return sum((colocation_per_gpu_hour, facility_per_gpu_hour))


def operations_per_gpu_hour(capital_per_gpu, support_rate, staff_cost, software_licenses):
    yearly = [support_rate * capital_per_gpu, staff_cost, software_licenses]
    return sum(one * USD / YEAR for one in yearly) / (USD / HOUR)


def owned_cost_per_gpu_hour(
    capital_charge_per_gpu_hour, electricity_per_gpu_hour, space_per_gpu_hour, operations_per_gpu_hour
):
    return sum((capital_charge_per_gpu_hour, electricity_per_gpu_hour, space_per_gpu_hour, operations_per_gpu_hour))


def levelized_price_per_gpu_hour(owned_cost_per_gpu_hour, availability):
    """The dollars of a year over the hours of it that can be sold."""
    dollars = owned_cost_per_gpu_hour * (USD / HOUR) * YEAR
    return dollars / (availability * YEAR) / (USD / HOUR)


def downtime_per_gpu_hour(levelized_price_per_gpu_hour, availability):
    """The price less what the hour would cost if every hour could be sold."""
    return levelized_price_per_gpu_hour - levelized_price_per_gpu_hour * availability


def delivered_throughput_per_gpu(throughput_per_gpu, utilization):
    return throughput_per_gpu * utilization


def idle_cost_per_million_tokens(cost_per_million_tokens, availability, utilization):
    """The cost less what a token would cost in a year without an idle hour."""
    return cost_per_million_tokens - cost_per_million_tokens * availability * utilization
