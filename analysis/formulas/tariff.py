"""What tokens of each kind cost, and requests of any lengths, when a token of each kind takes its own GPU time."""

from analysis.formulas.number import Number
from analysis.formulas.serving import SECONDS_PER_HOUR, TOKENS_PER_MILLION

__all__ = [
    "input_token_cost", "modeled_throughput_per_gpu", "modeled_ttft", "output_price_for_all", "output_token_cost",
]  # fmt: skip


def input_token_cost(price_per_gpu_hour: Number, input_token_time: Number) -> Number:
    """Return the cost of a million computed input tokens, in USD/Mtok.

    Args:
        price_per_gpu_hour: Price of a GPU for an hour, in USD/GPU/h.
        input_token_time: GPU time of input tokens that no cache holds, in GPU s/Mtok.
    """
    return price_per_gpu_hour * input_token_time / SECONDS_PER_HOUR


def output_token_cost(price_per_gpu_hour: Number, output_token_time: Number) -> Number:
    """Return the cost of a million output tokens, in USD/Mtok.

    Args:
        price_per_gpu_hour: Price of a GPU for an hour, in USD/GPU/h.
        output_token_time: GPU time of output tokens, in GPU s/Mtok.
    """
    return price_per_gpu_hour * output_token_time / SECONDS_PER_HOUR


def modeled_throughput_per_gpu(
    input_tokens: Number,
    output_tokens: Number,
    cache_hit_rate: Number,
    input_token_time: Number,
    output_token_time: Number,
) -> Number:
    """Return the tokens per second of requests of these lengths, in tok/s/GPU.

    Input tokens that a cache holds count as tokens and take no GPU time.

    Args:
        input_tokens: Tokens of the prompt, in tok.
        output_tokens: Tokens of the answer, in tok.
        cache_hit_rate: Share of the prompt's tokens that are in the cache.
        input_token_time: GPU time of input tokens that no cache holds, in GPU s/Mtok.
        output_token_time: GPU time of output tokens, in GPU s/Mtok.
    """
    return (
        TOKENS_PER_MILLION
        * (input_tokens + output_tokens)
        / (input_tokens * (1 - cache_hit_rate) * input_token_time + output_tokens * output_token_time)
    )


def output_price_for_all(cost_per_million_tokens: Number, input_tokens: Number, output_tokens: Number) -> Number:
    """Return the price of output tokens that covers the cost of all tokens if input is free, in USD/Mtok.

    Args:
        cost_per_million_tokens: Cost of a million input and output tokens, in USD/Mtok.
        input_tokens: Tokens of a prompt, in tok.
        output_tokens: Tokens of an answer, in tok.
    """
    return cost_per_million_tokens * (input_tokens + output_tokens) / output_tokens


def modeled_ttft(
    ttft_median: Number, input_tokens: Number, cache_hit_rate: Number, measured_input_tokens: Number
) -> Number:
    """Return the time to first token of a prompt of another length, in s, in proportion to what is computed of it.

    Args:
        ttft_median: Median time to first token that was measured, in s.
        input_tokens: Tokens of the prompt, in tok.
        cache_hit_rate: Share of the prompt's tokens that are in the cache.
        measured_input_tokens: Tokens of the prompts that were measured, in tok.
    """
    return ttft_median * input_tokens * (1 - cache_hit_rate) / measured_input_tokens
