"""What utilization and software do to the cost of a token over the life of the hardware."""

from fractions import Fraction

from tests.formulas.oracle.units import DAY, YEAR


def break_even_utilization(cost_per_million_tokens, other_cost_per_million_tokens, other_utilization):
    """The share of its tokens at which a token of the one costs what a token of the other does at its own share."""
    return cost_per_million_tokens / (other_cost_per_million_tokens / other_utilization)


def lifetime_gain(speed_gain, ramp_share):
    """The mean of the speed over a life of 1: a trapezoid while it rises from 1, a rectangle after that."""
    trapezoid = ramp_share * Fraction(sum((1, speed_gain)), 2)
    return trapezoid + speed_gain - ramp_share * speed_gain


def ramp_share(observed_time, economic_life):
    return observed_time * DAY / (economic_life * YEAR)
