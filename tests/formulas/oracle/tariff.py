"""What tokens of each kind and requests of any lengths cost, from the GPU time that a token of each kind takes."""

from tests.formulas.oracle.units import HOUR, MILLION_TOKENS, SECOND, TOKEN, USD


def input_token_cost(price_per_gpu_hour, input_token_time):
    return _cost(price_per_gpu_hour, input_token_time)


def output_token_cost(price_per_gpu_hour, output_token_time):
    return _cost(price_per_gpu_hour, output_token_time)


def modeled_throughput_per_gpu(input_tokens, output_tokens, cache_hit_rate, input_token_time, output_token_time):
    computed = input_tokens - cache_hit_rate * input_tokens
    seconds = sum(
        tokens * TOKEN * (time * SECOND / MILLION_TOKENS)
        for tokens, time in ((computed, input_token_time), (output_tokens, output_token_time))
    )
    return (input_tokens + output_tokens) * TOKEN / seconds / (TOKEN / SECOND)


def output_price_for_all(cost_per_million_tokens, input_tokens, output_tokens):
    return cost_per_million_tokens * (1 + input_tokens / output_tokens)


def modeled_ttft(ttft_median, input_tokens, cache_hit_rate, measured_input_tokens):
    return ttft_median * ((input_tokens - cache_hit_rate * input_tokens) / measured_input_tokens)


def _cost(price, time):
    return (price * USD / HOUR) * (time * SECOND / MILLION_TOKENS) / (USD / MILLION_TOKENS)
