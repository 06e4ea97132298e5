"""What utilization and software do to the cost of a token over the life of the hardware, and to its answers."""

from analysis.formulas.number import Number

__all__ = ["accuracy_difference", "break_even_utilization", "lifetime_gain", "ramp_share"]

DAYS_PER_YEAR = 365
PERCENT = 100


def break_even_utilization(
    cost_per_million_tokens: Number, other_cost_per_million_tokens: Number, other_utilization: Number
) -> Number:
    """Return the utilization at which a platform's token costs as much as another's, dimensionless.

    Below it the platform has lost its advantage; above 1 there is none to lose.

    Args:
        cost_per_million_tokens: Cost of the platform at full load, in USD/Mtok.
        other_cost_per_million_tokens: Cost of the other platform at full load, in USD/Mtok.
        other_utilization: Utilization of the other platform, as a share of full load.
    """
    return other_utilization * cost_per_million_tokens / other_cost_per_million_tokens


def lifetime_gain(speed_gain: Number, ramp_share: Number) -> Number:
    """Return the mean speed over the life of the hardware as a multiple of the first, dimensionless.

    The speed rises steadily from the first to the last measurement and then stays. Cost per token, averaged over all
    tokens of the life, falls by this factor.

    Args:
        speed_gain: Last measured speed as a multiple of the first.
        ramp_share: Time between the two measurements as a share of the life.
    """
    return ramp_share * (1 + speed_gain) / 2 + (1 - ramp_share) * speed_gain


def ramp_share(observed_time: Number, economic_life: Number) -> Number:
    """Return the time between two measurements as a share of the life of the hardware, dimensionless.

    Args:
        observed_time: Time between first and last measurement, in days.
        economic_life: Life of the hardware, in years.
    """
    return observed_time / (DAYS_PER_YEAR * economic_life)


def accuracy_difference(accuracy_after: Number, accuracy_before: Number) -> Number:
    """Return by how many percentage points accuracy rises with a change, dimensionless.

    Args:
        accuracy_after: Share of questions answered rightly after the change.
        accuracy_before: Share of questions answered rightly before it.
    """
    return PERCENT * (accuracy_after - accuracy_before)
