"""What tokens sell for, what an hour of a GPU earns by them, and what is left of it."""

from analysis.formulas.number import Number
from analysis.formulas.serving import SECONDS_PER_HOUR, TOKENS_PER_MILLION

__all__ = [
    "gross_margin", "gross_profit_per_gpu_hour", "input_share", "least_utilization", "mean_input_token_price",
    "price_fall_offset", "revenue_per_gpu_hour", "token_price_for_revenue", "token_revenue", "years_for_revenue",
]  # fmt: skip


def input_share(input_tokens: Number, output_tokens: Number) -> Number:
    """Return the input tokens of a request as a share of all its tokens, dimensionless.

    Args:
        input_tokens: Tokens of the prompt, in tok.
        output_tokens: Tokens of the answer, in tok.
    """
    return input_tokens / (input_tokens + output_tokens)


def mean_input_token_price(price_of_cache_miss: Number, price_of_cache_hit: Number, cache_hit_rate: Number) -> Number:
    """Return what input tokens sell for when a share of them is billed as cached, in USD/Mtok.

    Args:
        price_of_cache_miss: Price of input tokens that are not in the cache, in USD/Mtok.
        price_of_cache_hit: Price of input tokens that are, in USD/Mtok.
        cache_hit_rate: Share of the input tokens that are in the cache.
    """
    return cache_hit_rate * price_of_cache_hit + (1 - cache_hit_rate) * price_of_cache_miss


def revenue_per_gpu_hour(token_price: Number, delivered_throughput_per_gpu: Number) -> Number:
    """Return the revenue of a GPU in an hour when every delivered token is sold, in USD/GPU/h.

    Args:
        token_price: Price of tokens of the kind that the throughput counts, in USD/Mtok.
        delivered_throughput_per_gpu: Tokens delivered in a second, averaged over all hours, in tok/s/GPU.
    """
    return SECONDS_PER_HOUR * delivered_throughput_per_gpu * token_price / TOKENS_PER_MILLION


def gross_profit_per_gpu_hour(revenue_per_gpu_hour: Number, price_per_gpu_hour: Number) -> Number:
    """Return the revenue of a GPU in an hour less the price of that hour, in USD/GPU/h.

    Args:
        revenue_per_gpu_hour: Revenue of a GPU in an hour, in USD/GPU/h.
        price_per_gpu_hour: Price of a GPU for an hour, in USD/GPU/h.
    """
    return revenue_per_gpu_hour - price_per_gpu_hour


def gross_margin(token_price: Number, cost_per_million_tokens: Number) -> Number:
    """Return the share of the price of tokens that their cost leaves, dimensionless.

    It is also by how much the price may fall, as a share of it, before nothing is left.

    Args:
        token_price: Price of tokens, in USD/Mtok.
        cost_per_million_tokens: Cost of a million delivered tokens, in USD/Mtok.
    """
    return (token_price - cost_per_million_tokens) / token_price


def least_utilization(utilization: Number, cost_per_million_tokens: Number, token_price: Number) -> Number:
    """Return the utilization at which the cost of tokens takes all of their price, dimensionless.

    Above 1 there is none: even at full load the tokens cost more than they sell for.

    Args:
        utilization: Tokens sold as a share of those at full load.
        cost_per_million_tokens: Cost of a million delivered tokens at that utilization, in USD/Mtok.
        token_price: Price of tokens, in USD/Mtok.
    """
    return utilization * cost_per_million_tokens / token_price


def token_revenue(token_price: Number, tokens_per_year: Number, economic_life: Number) -> Number:
    """Return the revenue of a system over its life when every delivered token is sold, in USD.

    Args:
        token_price: Price of tokens, in USD/Mtok.
        tokens_per_year: Tokens that the system delivers in a year, in tok/year.
        economic_life: Years that it serves.
    """
    return token_price * tokens_per_year * economic_life / TOKENS_PER_MILLION


def token_price_for_revenue(token_revenue: Number, tokens_per_year: Number, economic_life: Number) -> Number:
    """Return the price at which a system's tokens sell for a revenue over its life, in USD/Mtok.

    Args:
        token_revenue: Revenue over the life, in USD.
        tokens_per_year: Tokens that the system delivers in a year, in tok/year.
        economic_life: Years that it serves.
    """
    return TOKENS_PER_MILLION * token_revenue / (tokens_per_year * economic_life)


def years_for_revenue(token_revenue: Number, token_price: Number, tokens_per_year: Number) -> Number:
    """Return the years in which a system's tokens sell for a revenue, in years.

    Args:
        token_revenue: Revenue over these years, in USD.
        token_price: Price of tokens, in USD/Mtok.
        tokens_per_year: Tokens that the system delivers in a year, in tok/year.
    """
    return TOKENS_PER_MILLION * token_revenue / (token_price * tokens_per_year)


def price_fall_offset(speed_gain: Number) -> Number:
    """Return the fall of the token price that a gain in speed makes up for, as a share of the price, dimensionless.

    Args:
        speed_gain: Throughput after the gain as a multiple of that before.
    """
    return 1 - 1 / speed_gain
