"""At which price of a GPU-hour one platform's token costs as much as another's."""

import numpy as np
from numpy.typing import ArrayLike

from analysis import formulas
from analysis.comparison.advantage import Advantage
from analysis.frontier.curves import Floats
from analysis.library.values import Value, calculate


def break_even_price(other_price: Value, throughput: Value | None, other_throughput: Value | None) -> Value | None:
    """Return the price at which a platform's token costs as much as another's, in USD/GPU/h.

    None where one of the two was not measured.

    Raises:
        MixedKindsError: The throughputs count different things.
    """
    if throughput is None or other_throughput is None:
        return None
    throughputs = {"throughput_per_gpu": throughput, "other_throughput_per_gpu": other_throughput}
    return calculate(formulas.break_even_price, mixing=(), other_price_per_gpu_hour=other_price, **throughputs)


def price_at(curves: Advantage, interactivity: float) -> Value | None:
    """Return the subject's price at which its token costs as much as the baseline's at a speed, in USD/GPU/h."""
    sides = (side.at(interactivity) for side in (curves.subject, curves.baseline))
    return break_even_price(curves.baseline.price, *(metrics.get("throughput_per_gpu") for metrics in sides))


def prices_along(curves: Advantage, interactivity: ArrayLike) -> Floats:
    """Return the subject's break-even price at each interactivity, in USD/GPU/h; NaN where one was not measured."""
    throughputs = (side.curve(interactivity) for side in (curves.subject, curves.baseline))
    return np.asarray(formulas.break_even_price(curves.baseline.price.number, *throughputs))
