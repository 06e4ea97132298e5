"""The factors of a ratio of two platforms at every interactivity, each platform with its best stack there."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analysis.frontier.curves import Floats
from analysis.studies.attribution.serving import Stack
from analysis.studies.attribution.stacks import Stacks
from analysis.studies.attribution.steps import KINDS, paths, taken, ways


def along(
    stacks: Stacks, baseline: str, subject: str, route: Sequence[str], interactivity: ArrayLike
) -> pd.DataFrame:
    """Return the ratio of two platforms at each interactivity, and its factors by kind of change.

    Each factor is that of the finest way to divide the ratio and of the first order in which all stacks on the way
    serve. The factors of a row multiply to its ratio.

    Returns:
        A row a point: interactivity (tok/s/user), baseline and subject (their best stack, in words), ratio, and a
        column each of `KINDS`, which is 1 where nothing of the kind changes. Numbers are NaN and stacks empty where
        not both platforms serve.
    """
    points = np.atleast_1d(np.asarray(interactivity, dtype=float))
    ends = list(zip(stacks.best(baseline, points), stacks.best(subject, points), strict=True))
    tables = []
    for start, end in dict.fromkeys(ends):
        there = points[[each == (start, end) for each in ends]]
        if start is None or end is None:
            nothing = dict.fromkeys(("ratio", *KINDS), np.nan)
            tables.append(pd.DataFrame({"interactivity": there, "baseline": "", "subject": "", **nothing}))
        else:
            tables.append(_divided(stacks, start, end, route, there))
    return pd.concat(tables).sort_values("interactivity", ignore_index=True)


def _divided(stacks: Stacks, start: Stack, end: Stack, route: Sequence[str], points: Floats) -> pd.DataFrame:
    ratio = stacks.throughput(end, points) / stacks.throughput(start, points)
    factors = {kind: np.ones(len(points)) for kind in KINDS}
    undivided = np.ones(len(points), dtype=bool)
    for changes in ways(start, end, route):
        for path in paths(start, changes):
            if not undivided.any():
                break
            reached = np.array([stacks.throughput(stack, points) for stack in path])
            served = undivided & ~np.isnan(reached).any(axis=0)
            for place, (before, after) in enumerate(pairwise(path)):
                kind = taken(changes, before, after).kind
                factors[kind][served] *= reached[place + 1, served] / reached[place, served]
            undivided &= ~served
    names = {"baseline": stacks.name(start), "subject": stacks.name(end)}
    return pd.DataFrame({"interactivity": points, **names, "ratio": ratio, **factors})
