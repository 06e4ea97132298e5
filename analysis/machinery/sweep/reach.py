"""The throughput of a platform at the interactivity of each scenario, or the reason why there is none."""

from collections.abc import Mapping

import numpy as np

from analysis.frontier.curves import Envelope, Floats
from analysis.machinery.sweep.design import Codes, Columns, Options
from analysis.machinery.sweep.inputs import SERVICE, Inputs

FAILED = "failed"
REASONS = (
    "",
    "no measured rows",
    "below the measured interactivity",
    "above the measured interactivity",
    "between the measured interactivities",
    "no price or power",
    FAILED,
)


def reached_throughput(
    role: str, columns: Columns, words: Mapping[str, Options], inputs: Inputs
) -> tuple[Floats, Codes]:
    """Return the throughput of one side of each scenario, in tok/s/GPU, and the position of its reason in `REASONS`.

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
    for number, low, high in zip(present, starts, [*starts, columns.count][1:], strict=True):
        places = np.unravel_index(number, sizes)
        key = tuple(words[name][place] for name, place in zip(names, places, strict=True))
        if key in inputs.curves:
            curve, here = inputs.curves[key], slice(low, high)
            reached[order[here]] = curve(points[here])
            reason[order[here]] = _reasons(curve, points[here], reached[order[here]])
    return reached, reason


def _reasons(curve: Envelope, points: Floats, reached: Floats) -> Codes:
    beside = np.where(points < curve.low, 2, np.where(points > curve.high, 3, 4))
    return np.where(np.isnan(reached), beside, 0).astype(np.int16)
