"""What a platform reaches when its operator may choose the best series at each interactivity."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analysis.frontier.curves import Curve, Floats, Whole


@dataclass(frozen=True, eq=False)
class Envelope:
    """The highest throughput among curves, each answering only inside its own range, in tok/s/GPU.

    An operator runs one configuration at a time, so nothing lies between two series: the envelope can jump where a
    series ends, and has a gap where none was measured.

    Attributes:
        members: One curve per series.
        counts: What the throughput counts and for which workload; empty where nobody said.
    """

    members: tuple[Curve, ...]
    counts: str = ""

    def __call__(self, interactivity: ArrayLike) -> Floats:
        """Return the throughput at each interactivity, in tok/s/GPU and its shape; NaN where not measured."""
        highest: Floats = np.fmax.reduce([member(interactivity) for member in self.members])
        return highest

    def best(self, interactivity: ArrayLike) -> Whole:
        """Return the position of the highest member at each interactivity, in its shape; -1 where none answers."""
        reached = np.array([member(interactivity) for member in self.members])
        served = ~np.isnan(reached).all(axis=0)
        return np.where(served, np.argmax(np.nan_to_num(reached), axis=0), -1)

    @property
    def low(self) -> float:
        """The lowest interactivity measured, in tok/s/user."""
        return min(member.low for member in self.members)

    @property
    def high(self) -> float:
        """The highest interactivity measured, in tok/s/user."""
        return max(member.high for member in self.members)

    @property
    def ranges(self) -> Floats:
        """Where the envelope answers: rows of lowest and highest interactivity, rising and apart, in tok/s/user."""
        ranges = np.array(sorted((member.low, member.high) for member in self.members))
        reach = np.maximum.accumulate(ranges[:, 1])
        apart = ranges[1:, 0] > reach[:-1]
        return np.column_stack([ranges[np.append(True, apart), 0], reach[np.append(apart, True)]])


ThroughputCurve = Curve | Envelope
