"""What each serving stack of a platform delivers at every workload that it was measured at."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from analysis.errors import InputError
from analysis.frontier.constraints import Constraints
from analysis.frontier.curves import Floats
from analysis.frontier.operating import library_curve
from analysis.frontier.platform import ANY, PlatformCurve
from analysis.frontier.tariff import FEWEST, Lengths, Seconds, fitted
from analysis.library.choices import choice
from analysis.library.quantities import workloads
from analysis.library.sources import Library


@dataclass(frozen=True, eq=False)
class StackCurves:
    """What one serving stack of a platform delivers at each workload that it was measured at."""

    hardware: str  # key of the platform
    series: str  # framework, precision and speculative decoding
    curves: Mapping[Lengths, PlatformCurve]  # throughput by workload, of this stack alone, in tok/s/GPU

    def seconds(self, interactivity: ArrayLike) -> Seconds:
        """Return the GPU time of a request of each workload, in GPU s, at each interactivity (tok/s/user)."""
        points = np.atleast_1d(np.asarray(interactivity, dtype=float))
        return {lengths: sum(lengths) / curve(points) for lengths, curve in self.curves.items()}

    @cached_property
    def places(self) -> Floats:
        """The measured interactivities that all workloads reach, in tok/s/user; none where those are too few."""
        if len(self.curves) < FEWEST:
            return np.array([])
        knots = np.unique(np.concatenate([curve.knots["interactivity"] for curve in self.curves.values()]))
        return knots[knots <= min(curve.high for curve in self.curves.values())]


@lru_cache(maxsize=64)
def stacks(
    library: Library, hardware: str, *, as_of: date | str | None = None, constraints: Constraints = ANY
) -> tuple[StackCurves, ...]:
    """Return every stack of a platform with its curves, those of one workload included.

    A workload of which nothing is left by the last day (none: all days) and the constraints has no curve.
    """
    rows = library.benchmark[library.benchmark["hardware"] == hardware]
    measured: dict[str, dict[Lengths, PlatformCurve]] = {}
    for lengths in workloads(rows).values():
        try:
            curve = library_curve(library, hardware, lengths, as_of=as_of, constraints=constraints)
        except InputError:
            continue  # this workload has no row that may answer
        for position, series in enumerate(curve.series):
            measured.setdefault(series, {})[lengths] = _alone(curve, position)
    return tuple(StackCurves(hardware, series, curves) for series, curves in measured.items())


class Rule(NamedTuple):
    """How tariffs are fitted: the usual ratio of an input to an output token's time, and the pull toward it."""

    ratio: float
    pull: float


@lru_cache(maxsize=16)
def rule(library: Library, as_of: date | str | None = None) -> Rule:
    """Return how tariffs of a library's stacks are fitted.

    The usual ratio is the median over all stacks, each with the median along its measured interactivities, of a / b
    where the workloads decide alone.

    Raises:
        InputError: No stack was measured at two workloads.
    """
    usual = []
    for hardware in library.benchmark["hardware"].unique():
        for stack in stacks(library, hardware, as_of=as_of):
            if stack.places.size:
                usual.append(usual_ratio(stack))
    if not usual:
        raise InputError(f"{library.model}: no stack was measured at {FEWEST} workloads, so no tariff is known")
    return Rule(float(np.median(usual)), choice("ratio", "pull of the two-part tariff").number)


def usual_ratio(stack: StackCurves) -> float:
    """Return a / b of a stack where its workloads decide alone: the median along its measured interactivities."""
    free = fitted(stack.seconds(stack.places), 1.0, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(np.nanmedian(free.input_token / free.output_token))


def _alone(curve: PlatformCurve, position: int) -> PlatformCurve:
    """Return the curve of one series of a platform."""
    own = np.flatnonzero(curve.knots["curve"] == position)
    knots = curve.knots.iloc[own[0] : own[-1] + 1].assign(curve=0)  # they stand together
    return replace(curve, members=(curve.members[position],), series=(curve.series[position],), knots=knots)
