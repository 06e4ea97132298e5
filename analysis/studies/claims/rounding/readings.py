"""Between which ends does a printed figure lie, by how many digits count and under which bound?

A figure is printed in units of its last significant digit, the step. The half-way cases belong to both neighbors,
so every interval is closed: "$4.20" stands for [4.195, 4.205] USD. Per bound, for a figure v with step s:

    equal      [v - s/2, v + s/2]   rounded to the nearest step
    about      [v - s, v + s]       twice as wide
    at least   [v, inf)             a threshold is not rounded, so its zeros are not ambiguous
    at most    [0, v]               likewise
    nearly     [v - s, v]           between the previous printed step and the figure

A range runs from the lower end of its first figure to the upper end of its second one. Figures are not negative:
no interval reaches below 0.
"""

from dataclasses import dataclass
from decimal import Decimal, localcontext
from math import inf

from analysis.studies.claims.rounding.grammar import Bound, Figure

# More digits than the longest text can need, so that no end of an interval is itself rounded.
EXACT_DIGITS = 400


@dataclass(frozen=True)
class Reading:
    """One way to read which digits count."""

    step: float  # one unit of the last significant digit in this reading, of a range's finer end
    interval: tuple[float, float]  # lower and upper end of the unrounded values, both included

    def contains(self, value: float) -> bool:
        """Return whether the value is one of those that the figure can stand for in this reading."""
        return self.interval[0] <= value <= self.interval[1]


def readings(first: Figure, last: Figure, bound: Bound) -> tuple[Reading, ...]:
    """Return the readings from the narrowest, where every digit counts, to the one where no trailing zero does."""
    is_threshold = bound in ("at least", "at most")
    count = 1 if is_threshold else max(len(first.steps), len(last.steps))
    with localcontext(prec=EXACT_DIGITS):
        return tuple(_reading(first, last, bound, open_zeros) for open_zeros in range(count))


def _reading(first: Figure, last: Figure, bound: Bound, open_zeros: int) -> Reading:
    """Return the reading in which so many trailing zeros do not count, as far as each figure has them."""
    below = first.steps[min(open_zeros, len(first.steps) - 1)]
    above = last.steps[min(open_zeros, len(last.steps) - 1)]
    lower, upper = {
        "equal": (first.value - below / 2, last.value + above / 2),
        "about": (first.value - below, last.value + above),
        "at least": (first.value, Decimal(inf)),
        "at most": (Decimal(0), last.value),
        "nearly": (first.value - below, last.value),
    }[bound]
    return Reading(float(min(below, above)), (float(max(lower, Decimal(0))), float(upper)))
