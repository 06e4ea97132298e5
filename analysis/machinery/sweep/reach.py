"""The throughput of a platform at the interactivity of each scenario and what serves it, or why there is none."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.frontier.curves import Floats
from analysis.machinery.sweep.design import Codes, Columns
from analysis.machinery.sweep.inputs import ABOVE, REASONS, SERVICE, Inputs


class Reached(NamedTuple):
    """What one side of each scenario reaches, in tok/s/GPU, or why it does not, and with which series.

    Reasons and series are told by their places in `REASONS` and in the inputs; the accuracy is the lowest share of
    right answers of the series' rows. NaN where there is none.
    """

    throughput: Floats
    reason: Codes
    modeled: NDArray[np.bool_]
    series: Codes
    accuracy: Floats


def reached(role: str, columns: Columns, inputs: Inputs) -> Reached:
    """Return what one side of each scenario reaches.

    Scenarios of one platform and service share a curve, which answers all of them at once.
    """
    words, names = columns.words, (role, *SERVICE)
    sizes = tuple(len(words[name]) for name in names)
    group = np.ravel_multi_index([columns.codes[name] for name in names], sizes)
    order = np.argsort(group, kind="stable")
    present, starts = np.unique(group[order], return_index=True)
    points = np.broadcast_to(columns.amounts["interactivity"], columns.count)[order]
    none, nothing = np.full(columns.count, np.nan), np.zeros(columns.count, dtype=np.int16)
    found = Reached(none, nothing, nothing.astype(bool), nothing.copy(), none.copy())
    for number, low, high in zip(present, starts, [*starts, columns.count][1:], strict=True):
        places = np.unravel_index(number, sizes)
        key = tuple(words[name][place] for name, place in zip(names, places, strict=True))
        there, at = order[low:high], points[low:high]
        if key not in inputs.curves:
            found.reason[there] = REASONS.index(inputs.reasons[key])
            continue
        answer = inputs.curves[key]
        best = answer.curve.best(at)
        found.throughput[there] = answer.curve(at)
        found.reason[there] = np.where(best < 0, REASONS.index(ABOVE), 0)
        found.modeled[there] = answer.is_modeled
        found.series[there] = np.where(best < 0, 0, np.array(answer.series)[best])
        found.accuracy[there] = np.where(best < 0, np.nan, np.array(answer.accuracy)[best])
    return found
