"""The throughput of a platform at the interactivity of each scenario, or the reason why there is none."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from analysis.frontier.curves import Floats
from analysis.machinery.sweep.design import Codes, Columns, Options
from analysis.machinery.sweep.inputs import SERVICE, Inputs

FAILED = "failed"
ABOVE = "above the measured interactivity"
REASONS = ("", "no measured rows", ABOVE, "no price or power", FAILED)
"""Why a side has no result; at or below its highest interactivity a platform always has one."""


def reached_throughput(
    role: str, columns: Columns, words: Mapping[str, Options], inputs: Inputs
) -> tuple[Floats, Codes, NDArray[np.bool_]]:
    """Return the throughput of one side of each scenario, in tok/s/GPU, its reason in `REASONS`, if it is modeled.

    Scenarios of one platform and service share a curve, which answers all of them at once.

    Args:
        role: "baseline" or "subject".
        columns: The scenarios.
        words: The words of each choice.
        inputs: The curves.
    """
    names = (role, *SERVICE)
    sizes = tuple(len(words[name]) for name in names)
    group = np.ravel_multi_index([columns.codes[name] for name in names], sizes)
    order = np.argsort(group, kind="stable")
    present, starts = np.unique(group[order], return_index=True)
    points = np.broadcast_to(columns.amounts["interactivity"], columns.count)[order]
    reached, reason = np.full(columns.count, np.nan), np.ones(columns.count, dtype=np.int16)
    modeled = np.zeros(columns.count, dtype=bool)
    for number, low, high in zip(present, starts, [*starts, columns.count][1:], strict=True):
        places = np.unravel_index(number, sizes)
        key = tuple(words[name][place] for name, place in zip(names, places, strict=True))
        if key in inputs.curves:
            curve, here = inputs.curves[key], slice(low, high)
            reached[order[here]] = curve(points[here])
            reason[order[here]] = np.where(points[here] > curve.high, REASONS.index(ABOVE), 0)
            modeled[order[here]] = key in inputs.modeled
    return reached, reason, modeled
