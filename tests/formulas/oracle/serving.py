"""What serving a token costs, in money and energy."""

from tests.formulas.oracle.units import (
    HOUR,
    JOULE,
    KILOWATT,
    MEGAWATT,
    MILLION_TOKENS,
    PETAFLOP,
    SECOND,
    TOKEN,
    USD,
)


def cost_per_million_tokens(price_per_gpu_hour, throughput_per_gpu):
    dollars_in_a_second = price_per_gpu_hour * USD / HOUR
    tokens_in_a_second = throughput_per_gpu * TOKEN / SECOND
    return dollars_in_a_second / tokens_in_a_second / (USD / MILLION_TOKENS)


def tokens_per_dollar(price_per_gpu_hour, throughput_per_gpu):
    seconds_for_a_dollar = USD / (price_per_gpu_hour * USD / HOUR)
    return seconds_for_a_dollar * throughput_per_gpu * TOKEN / SECOND


def throughput_per_megawatt(throughput_per_gpu, power_per_gpu):
    gpus = MEGAWATT / (power_per_gpu * KILOWATT)
    return gpus * throughput_per_gpu


def energy_per_token(throughput_per_gpu, power_per_gpu):
    seconds_for_a_token = TOKEN / (throughput_per_gpu * TOKEN / SECOND)
    return power_per_gpu * KILOWATT * seconds_for_a_token / JOULE


def energy_per_output_token(energy_per_token, output_share):
    tokens_for_an_answer = TOKEN / output_share
    return energy_per_token * tokens_for_an_answer


def output_throughput_per_megawatt(energy_per_output_token):
    return MEGAWATT / (energy_per_output_token * JOULE)


def flops_per_dollar(peak_flops, price_per_gpu_hour):
    gpus_for_a_dollar_an_hour = (USD / HOUR) / (price_per_gpu_hour * USD / HOUR)
    return gpus_for_a_dollar_an_hour * peak_flops * PETAFLOP / SECOND


def break_even_price(other_price_per_gpu_hour, throughput_per_gpu, other_throughput_per_gpu):
    dollars_for_a_token = other_price_per_gpu_hour / HOUR / other_throughput_per_gpu
    return dollars_for_a_token * throughput_per_gpu / (USD / HOUR)


def blended_token_price(input_token_price, output_token_price, input_share):
    return output_token_price + input_share * (input_token_price - output_token_price)


def ratio(numerator, denominator):
    return numerator / denominator


def total_throughput_per_gpu(
    input_throughput_per_prefill_gpu, output_throughput_per_decode_gpu, prefill_gpus, decode_gpus
):
    tokens_in_a_second = sum(
        rate * gpus
        for rate, gpus in (
            (input_throughput_per_prefill_gpu, prefill_gpus),
            (output_throughput_per_decode_gpu, decode_gpus),
        )
    )
    return tokens_in_a_second / sum((prefill_gpus, decode_gpus))


def requests_accounted_for(throughput_per_gpu, gpus, latency, concurrency, tokens_per_request):
    arrivals_in_a_second = throughput_per_gpu * gpus / tokens_per_request
    return arrivals_in_a_second * latency * SECOND / concurrency


def deployment_gpus(prefill_gpus, decode_gpus):
    return sum((prefill_gpus, decode_gpus))
