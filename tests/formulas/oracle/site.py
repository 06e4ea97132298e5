"""What electricity is in the cost, and what a site of limited power delivers and earns in a year."""

from tests.formulas.oracle.units import KILOWATT, MEGAWATT, MILLION_TOKENS, SECOND, TOKEN, USD, YEAR


def electricity_share(electricity_per_gpu_hour, owned_cost_per_gpu_hour):
    return electricity_per_gpu_hour / owned_cost_per_gpu_hour


def gpus_within_power(site_power, facility_power_per_gpu):
    return site_power * MEGAWATT / (facility_power_per_gpu * KILOWATT)


def tokens_per_year(gpus, delivered_throughput_per_gpu, availability):
    seconds_of_service = availability * YEAR / SECOND
    return gpus * delivered_throughput_per_gpu * seconds_of_service


def revenue_per_megawatt_year(token_price, tokens_per_year, site_power):
    revenue_in_a_second = token_price * (USD / MILLION_TOKENS) * (tokens_per_year * TOKEN / YEAR)
    return revenue_in_a_second / (site_power * MEGAWATT) / (USD / MEGAWATT / YEAR)
