"""How much of a ratio each change makes, in every order of the changes, and at every interactivity."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import fmean

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analysis.frontier.curves import Floats
from analysis.studies.attribution.stacks import Stacks
from analysis.studies.attribution.steps import KINDS, Stack, Step, paths, taken, ways

Path = tuple[Stack, ...]


@dataclass(frozen=True)
class Orders:
    """The orders of some changes, and what each of them gives each change."""

    changes: tuple[Step, ...]
    reached: dict[Stack, float]  # the throughput of each stack on the way, in tok/s/GPU; NaN where it does not serve
    # The stacks along each order in which, once a stack serves, all that follow do. Those come first in which most
    # stacks serve, and among them the default order, if it is one.
    admissible: tuple[Path, ...]
    possible: int  # the number of orders, admissible or not

    @property
    def complete(self) -> bool:
        """Whether every change has a factor in every order."""
        return len(self.admissible) == self.possible and self.serves(self.admissible[0][0])

    @cached_property
    def pairs(self) -> dict[Step, list[tuple[Stack, Stack]]]:
        """The stacks before and after each change, in each admissible order in which both serve."""
        pairs: dict[Step, list[tuple[Stack, Stack]]] = {step: [] for step in self.changes}
        for path in self.admissible:
            for before, after in pairwise(path):
                if self.serves(before):
                    pairs[taken(self.changes, before, after)].append((before, after))
        return pairs

    def serves(self, stack: Stack) -> bool:
        """Return whether a stack serves."""
        return not math.isnan(self.reached[stack])

    def factor(self, pair: tuple[Stack, Stack]) -> float:
        """Return how many times the throughput of the first stack is that of the second."""
        before, after = pair
        return self.reached[after] / self.reached[before]

    def range(self, step: Step) -> tuple[tuple[Stack, Stack], tuple[Stack, Stack]] | None:
        """Return the pairs of stacks between which a change makes least and most; None where none serves."""
        ranked = sorted(self.pairs[step], key=self.factor)
        return (ranked[0], ranked[-1]) if ranked else None

    def average(self, step: Step) -> float:
        """Return the geometric mean of a change's factor over the orders; NaN unless every order has a factor.

        These means multiply to the ratio, as the factors of any one order do. In logarithms this is the Shapley
        value of the change.

        Source: L. S. Shapley, "A Value for n-Person Games", Contributions to the Theory of Games II (1953), 307.
        """
        if not self.complete:
            return math.nan
        return math.exp(fmean(math.log(self.factor(pair)) for pair in self.pairs[step]))


def in_all_orders(start: Stack, changes: Sequence[Step], throughput: Callable[[Stack], float]) -> Orders:
    """Return what every order of some changes gives each of them."""
    every = list(paths(start, changes))
    reached = {stack: float(throughput(stack)) for path in every for stack in path}
    served = {path: [not math.isnan(reached[stack]) for stack in path] for path in every}
    admissible = [path for path, serves in served.items() if serves[-1] and serves == sorted(serves)]
    admissible.sort(key=lambda path: -sum(served[path]))
    return Orders(tuple(changes), reached, tuple(admissible), len(every))


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
