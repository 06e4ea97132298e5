"""What a buyer's load is, and how many deployments carry it."""

from analysis.formulas.number import Number
from analysis.formulas.ownership import MONTHS_PER_YEAR

__all__ = [
    "deployments_for_load", "deployments_for_requests", "growth_per_year", "output_tokens_per_day", "peak_load",
    "tokens_per_day", "tokens_per_day_for_input", "tokens_per_day_for_output",
]  # fmt: skip

SECONDS_PER_DAY = 86_400


def tokens_per_day(input_tokens_per_day: Number, output_tokens_per_day: Number) -> Number:
    """Return the tokens of a load, in tok/day.

    Args:
        input_tokens_per_day: Input tokens, in tok/day.
        output_tokens_per_day: Output tokens, in tok/day.
    """
    return input_tokens_per_day + output_tokens_per_day


def tokens_per_day_for_input(input_tokens_per_day: Number, input_share: Number) -> Number:
    """Return the tokens, mixed as they were measured, among which are these input tokens, in tok/day.

    Args:
        input_tokens_per_day: Input tokens of the load, in tok/day.
        input_share: Input tokens as a share of all tokens, as measured, above 0.
    """
    return input_tokens_per_day / input_share


def tokens_per_day_for_output(output_tokens_per_day: Number, input_share: Number) -> Number:
    """Return the tokens, mixed as they were measured, among which are these output tokens, in tok/day.

    Args:
        output_tokens_per_day: Output tokens of the load, in tok/day.
        input_share: Input tokens as a share of all tokens, as measured, below 1.
    """
    return output_tokens_per_day / (1 - input_share)


def output_tokens_per_day(concurrent_users: Number, interactivity: Number, peak_factor: Number) -> Number:
    """Return the output tokens of users of whom so many are served at once at the peak, in tok/day.

    Args:
        concurrent_users: Users served at once at the peak, in user.
        interactivity: What each of them gets, in tok/s/user.
        peak_factor: Load at the peak over the mean load.
    """
    return concurrent_users * interactivity * SECONDS_PER_DAY / peak_factor


def peak_load(tokens_per_day: Number, peak_factor: Number) -> Number:
    """Return the load at the peak, in tok/s.

    Args:
        tokens_per_day: Tokens of the load, in tok/day.
        peak_factor: Load at the peak over the mean load.
    """
    return tokens_per_day * peak_factor / SECONDS_PER_DAY


def deployments_for_load(
    peak_load: Number, throughput_per_gpu: Number, gpus: Number, peak_utilization: Number
) -> Number:
    """Return the deployments that carry a load at its peak, not rounded to whole ones.

    Args:
        peak_load: Load at the peak, in tok/s.
        throughput_per_gpu: Tokens that a GPU delivers in a second at full load, in tok/s/GPU.
        gpus: GPUs of a deployment, in GPU.
        peak_utilization: Load at the peak as a share of what the deployments deliver at full load.
    """
    return peak_load / (throughput_per_gpu * gpus * peak_utilization)


def deployments_for_requests(requests_in_flight: Number, concurrency: Number, peak_utilization: Number) -> Number:
    """Return the deployments that hold so many requests at once, not rounded to whole ones.

    Args:
        requests_in_flight: Requests at once at the peak.
        concurrency: Requests at once at which a deployment was measured.
        peak_utilization: Requests at the peak as a share of those that the deployments were measured with.
    """
    return requests_in_flight / (concurrency * peak_utilization)


def growth_per_year(growth_per_month: Number) -> Number:
    """Return the growth of a year in which each month grows alike, as a share of the load, dimensionless.

    Args:
        growth_per_month: Growth in a month as a share of the load.
    """
    return (1 + growth_per_month) ** MONTHS_PER_YEAR - 1
