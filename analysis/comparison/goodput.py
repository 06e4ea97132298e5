"""Goodput: the throughput of measured rows that keep both a speed and a wait for all but the slowest hundredth."""

from contextlib import suppress
from dataclasses import dataclass

import pandas as pd

from analysis.comparison.contenders import contender
from analysis.errors import InputError
from analysis.frontier import measured_operating_point
from analysis.frontier.constraints import Constraints
from analysis.library.sources import Library
from analysis.library.values import Value
from analysis.scenario import Parameters

TINY = 1e-9  # an interactivity that every row reaches, in tok/s/user


@dataclass(frozen=True, eq=False)
class Goodput:
    """The best measured row of a platform that keeps two limits on tails, and its throughput in tok/s/GPU."""

    row: pd.Series
    throughput: Value


def goodput(library: Library, conditions: Parameters, hardware: str, speed: float, wait: float) -> Goodput | None:
    """Return the row of highest throughput whose 99th percentiles keep a speed and a time to first token.

    Args:
        library: The figures.
        conditions: Workload, cut-off day, accuracy, vintage and prices; its own limits on tails are kept as well.
        hardware: Key of the platform.
        speed: That all but the slowest hundredth get at least, in tok/s/user.
        wait: For the first token, of all but the slowest hundredth, at most, in s.
    """
    speed_limit = max(speed, conditions.minimum_interactivity_p99 or speed)
    wait_limit = min(wait, conditions.maximum_ttft_p99 or wait)
    tails = {"minimum_interactivity_p99": speed_limit, "maximum_ttft_p99": wait_limit}
    with suppress(InputError):  # no row keeps both, or there are none at these lengths
        side = contender(library, conditions.model_copy(update=tails), hardware, constraints=Constraints())
        row = measured_operating_point(side.curve, TINY)
        return Goodput(row, side.measured(row)["throughput_per_gpu"])
    return None
