"""What tokens earn, what is left of it, and when that pays a capital back."""

from tests.formulas.oracle.units import HOUR, KILOWATT, MEGAWATT, MILLION_TOKENS, MONTH, SECOND, TOKEN, USD, YEAR


def input_share(input_tokens, output_tokens):
    return 1 - output_tokens / sum((input_tokens, output_tokens))


def mean_input_token_price(price_of_cache_miss, price_of_cache_hit, cache_hit_rate):
    return price_of_cache_miss - cache_hit_rate * (price_of_cache_miss - price_of_cache_hit)


def revenue_per_gpu_hour(token_price, delivered_throughput_per_gpu):
    tokens = delivered_throughput_per_gpu * TOKEN / SECOND * HOUR
    return tokens * token_price * (USD / MILLION_TOKENS)


def gross_profit_per_gpu_hour(revenue_per_gpu_hour, price_per_gpu_hour):
    return revenue_per_gpu_hour - price_per_gpu_hour


def gross_margin(token_price, cost_per_million_tokens):
    return 1 - cost_per_million_tokens / token_price


def least_utilization(utilization, cost_per_million_tokens, token_price):
    """What an hour costs whatever is sold in it, over what it would earn at full load, both by the million tokens."""
    cost_at_full_load = cost_per_million_tokens * utilization
    return cost_at_full_load / token_price


def running_cost_per_gpu_hour(electricity_per_gpu_hour, space_per_gpu_hour, operations_per_gpu_hour):
    return sum((electricity_per_gpu_hour, space_per_gpu_hour, operations_per_gpu_hour))


def capital_outlay_per_gpu(capital_per_gpu, tax_rate, depreciation_present_value):
    saved = capital_per_gpu * depreciation_present_value * tax_rate
    return saved - capital_per_gpu


def annual_cash_flow_per_gpu(
    revenue_per_gpu_hour, running_cost_per_gpu_hour, annual_price_decline, years_passed, tax_rate
):
    revenue = revenue_per_gpu_hour
    for _ in range(int(years_passed)):
        revenue -= annual_price_decline * revenue
    profit = (revenue - running_cost_per_gpu_hour) * (USD / HOUR) * YEAR
    return profit - tax_rate * profit


def resale_proceeds_per_gpu(capital_per_gpu, residual_value, tax_rate):
    price = residual_value * capital_per_gpu
    return price - tax_rate * price


def annual_revenue_decline(annual_price_decline, annual_throughput_gain):
    return annual_price_decline - annual_throughput_gain * (1 - annual_price_decline)


def revenue_after_cut(revenue_per_gpu_hour, next_chip_price_cut):
    return revenue_per_gpu_hour - next_chip_price_cut * revenue_per_gpu_hour


def net_present_value_per_megawatt(net_present_value, power_per_gpu):
    return net_present_value * MEGAWATT / (power_per_gpu * KILOWATT)


def net_present_value_per_system(net_present_value, gpus):
    return gpus * net_present_value


def payback_time(capital_per_gpu, annual_cash_flow_per_gpu):
    dollars_in_a_month = annual_cash_flow_per_gpu * (USD / YEAR) * MONTH
    return capital_per_gpu / dollars_in_a_month


def token_revenue(token_price, tokens_per_year, economic_life):
    tokens = tokens_per_year * TOKEN / YEAR * (economic_life * YEAR)
    return tokens * token_price * (USD / MILLION_TOKENS)


def token_price_for_revenue(token_revenue, tokens_per_year, economic_life):
    millions = tokens_per_year * economic_life * TOKEN / MILLION_TOKENS
    return token_revenue / millions


def years_for_revenue(token_revenue, token_price, tokens_per_year):
    dollars_in_a_year = tokens_per_year * TOKEN * token_price * (USD / MILLION_TOKENS)
    return token_revenue / dollars_in_a_year


def price_fall_offset(speed_gain):
    """The fall after which as many dollars come in as before the gain: speed_gain * (1 - fall) = 1."""
    return (speed_gain - 1) / speed_gain
