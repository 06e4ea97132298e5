"""What serving a token costs, in money and energy, from price, power and throughput."""

from analysis.formulas.number import Number

__all__ = [
    "blended_token_price", "break_even_price", "cost_per_million_tokens", "deployment_gpus",
    "energy_per_output_token", "energy_per_token", "flops_per_dollar", "output_throughput_per_megawatt", "ratio",
    "requests_accounted_for", "throughput_per_megawatt", "tokens_per_dollar", "total_throughput_per_gpu",
]  # fmt: skip

SECONDS_PER_HOUR = 3600
TOKENS_PER_MILLION = 1_000_000
KILOWATTS_PER_MEGAWATT = 1000
WATTS_PER_KILOWATT = 1000
WATTS_PER_MEGAWATT = 1_000_000


def cost_per_million_tokens(price_per_gpu_hour: Number, throughput_per_gpu: Number) -> Number:
    """Return the cost of a million tokens at full load, in USD/Mtok.

    Args:
        price_per_gpu_hour: Price of a GPU for an hour, in USD/GPU/h.
        throughput_per_gpu: Tokens that a GPU delivers in a second, in tok/s/GPU.
    """
    return TOKENS_PER_MILLION * price_per_gpu_hour / (SECONDS_PER_HOUR * throughput_per_gpu)


def tokens_per_dollar(price_per_gpu_hour: Number, throughput_per_gpu: Number) -> Number:
    """Return the tokens that a dollar buys at full load, in tok/USD: the reciprocal of the cost per token.

    Args:
        price_per_gpu_hour: Price of a GPU for an hour, in USD/GPU/h.
        throughput_per_gpu: Tokens that a GPU delivers in a second, in tok/s/GPU.
    """
    return SECONDS_PER_HOUR * throughput_per_gpu / price_per_gpu_hour


def throughput_per_megawatt(throughput_per_gpu: Number, power_per_gpu: Number) -> Number:
    """Return the tokens per second that a megawatt serves, in tok/s/MW.

    Args:
        throughput_per_gpu: Tokens that a GPU delivers in a second, in tok/s/GPU.
        power_per_gpu: Power that a GPU takes within the stated boundary, in kW/GPU.
    """
    return KILOWATTS_PER_MEGAWATT * throughput_per_gpu / power_per_gpu


def energy_per_token(throughput_per_gpu: Number, power_per_gpu: Number) -> Number:
    """Return the energy behind a token, in J/tok.

    Args:
        throughput_per_gpu: Tokens that a GPU delivers in a second, in tok/s/GPU.
        power_per_gpu: Power that a GPU takes within the stated boundary, in kW/GPU.
    """
    return WATTS_PER_KILOWATT * power_per_gpu / throughput_per_gpu


def energy_per_output_token(energy_per_token: Number, output_share: Number) -> Number:
    """Return the energy behind an output token where all of it is charged to the answers, in J/tok.

    Args:
        energy_per_token: Energy behind an input or output token, in J/tok.
        output_share: Output tokens as a share of all tokens, above 0 to 1.
    """
    return energy_per_token / output_share


def output_throughput_per_megawatt(energy_per_output_token: Number) -> Number:
    """Return the output tokens per second that a megawatt serves, in tok/s/MW.

    Args:
        energy_per_output_token: Energy behind an output token within the stated boundary, in J/tok.
    """
    return WATTS_PER_MEGAWATT / energy_per_output_token


def flops_per_dollar(peak_flops: Number, price_per_gpu_hour: Number) -> Number:
    """Return the peak arithmetic rate that a dollar an hour rents, in PFLOP/s per USD/h.

    Args:
        peak_flops: Peak rate of a GPU at a stated precision and sparsity, in PFLOP/s/GPU.
        price_per_gpu_hour: Price of a GPU for an hour, in USD/GPU/h.
    """
    return peak_flops / price_per_gpu_hour


def break_even_price(
    other_price_per_gpu_hour: Number, throughput_per_gpu: Number, other_throughput_per_gpu: Number
) -> Number:
    """Return the price at which a platform's cost per token equals the other platform's, in USD/GPU/h.

    Args:
        other_price_per_gpu_hour: Price of the other platform, in USD/GPU/h.
        throughput_per_gpu: Throughput of the platform, in tok/s/GPU.
        other_throughput_per_gpu: Throughput of the other platform, in tok/s/GPU.
    """
    return other_price_per_gpu_hour * throughput_per_gpu / other_throughput_per_gpu


def blended_token_price(input_token_price: Number, output_token_price: Number, input_share: Number) -> Number:
    """Return the mean price of a token when a share of all tokens are input tokens, in USD/Mtok.

    Args:
        input_token_price: Price of input tokens, in USD/Mtok.
        output_token_price: Price of output tokens, in USD/Mtok.
        input_share: Input tokens as a share of all tokens, 0 to 1.
    """
    return input_share * input_token_price + (1 - input_share) * output_token_price


def ratio(numerator: Number, denominator: Number) -> Number:
    """Return how many times one amount is the other, dimensionless.

    Args:
        numerator: An amount of any quantity.
        denominator: An amount of the same quantity and kind.
    """
    return numerator / denominator


def total_throughput_per_gpu(
    input_throughput_per_prefill_gpu: Number,
    output_throughput_per_decode_gpu: Number,
    prefill_gpus: Number,
    decode_gpus: Number,
) -> Number:
    """Return input and output tokens per second over all GPUs of a disaggregated deployment, in tok/s/GPU.

    Args:
        input_throughput_per_prefill_gpu: Input tokens per second and prefill GPU, in tok/s/GPU.
        output_throughput_per_decode_gpu: Output tokens per second and decode GPU, in tok/s/GPU.
        prefill_gpus: GPUs of the prefill workers.
        decode_gpus: GPUs of the decode workers.
    """
    return (input_throughput_per_prefill_gpu * prefill_gpus + output_throughput_per_decode_gpu * decode_gpus) / (
        prefill_gpus + decode_gpus
    )


def requests_accounted_for(
    throughput_per_gpu: Number, gpus: Number, latency: Number, concurrency: Number, tokens_per_request: Number
) -> Number:
    """Return the share of the requests in flight that throughput and latency account for (Little's law).

    A share far from 1 says that the row's GPU count, latency or throughput cannot all be right.

    Args:
        throughput_per_gpu: Input and output tokens per second over all GPUs, in tok/s/GPU.
        gpus: GPUs of the deployment.
        latency: Median end-to-end latency of a request, in s.
        concurrency: Requests in flight.
        tokens_per_request: Mean input and output tokens of a request, in tok.

    Source of the method: J. D. C. Little, "A Proof for the Queuing Formula L = lambda W", Operations Research
    9 (1961), 383.
    """
    return throughput_per_gpu * gpus * latency / (concurrency * tokens_per_request)


def deployment_gpus(prefill_gpus: Number, decode_gpus: Number) -> Number:
    """Return the GPUs of a disaggregated deployment, in GPU.

    Args:
        prefill_gpus: GPUs of the prefill workers.
        decode_gpus: GPUs of the decode workers.
    """
    return prefill_gpus + decode_gpus
