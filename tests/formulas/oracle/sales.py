"""What tokens sell for, what an hour of a GPU earns by them, and what is left of it."""

from tests.formulas.oracle.units import HOUR, MILLION_TOKENS, SECOND, TOKEN, USD, YEAR


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
