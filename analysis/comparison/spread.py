"""How far two measurements, or two curves between the rows, lie apart, and what that leaves of a ratio."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analysis import formulas
from analysis.comparison.advantage import Advantage
from analysis.comparison.metrics import over
from analysis.frontier.curves import Envelope, Floats
from analysis.library.choices import choice
from analysis.library.quantities import quantity
from analysis.library.sources import Library
from analysis.library.values import Source, Status, Value

SOURCE, SUBJECT = "inferencex-rows", "repeated run"


@dataclass(frozen=True, eq=False)
class Spread:
    """How repeated runs of configurations differ, as logarithms of last over first, one entry a configuration.

    It is an upper bound of the spread of measurement: what was changed in software between two runs is in it too.
    """

    throughput: Floats  # of the throughput
    interactivity: Floats  # of the interactivity
    repeats: pd.DataFrame  # the rows that they come from
    within: Value  # days between first and last run, at most
    band: Value  # share of the repeated runs that a band covers
    source: Source  # where the runs were read

    def factor(self, elasticity: ArrayLike) -> Floats:
        """Return the factor by which most of the repeated runs differ at most at equal interactivity.

        A run that is i faster and delivers t more moves its whole curve, so at equal interactivity the throughput
        differs by t - e i (logarithms), where e is the elasticity of the curve there. The factor is the exponential
        of a quantile of that difference, 1 for no spread.

        It is also the factor within which a ratio of two platforms stands, each measured once: the error of a ratio
        is the difference of two single errors, as is the difference between two runs.
        """
        slope = np.asarray(elasticity, dtype=float)[..., None]
        factor: Floats = np.exp(
            np.quantile(np.abs(self.throughput - slope * self.interactivity), self.band.number, axis=-1)
        )
        return factor

    def typical(self, name: str) -> Value:
        """Return by which share half of the repeated runs differ at most, in the unit 1.

        Args:
            name: "throughput" or "interactivity".
        """
        return self._value(float(np.expm1(np.median(np.abs(getattr(self, name))))), f"{name} of one configuration")

    def most(self, elasticity: float) -> Value:
        """Return by which share most of the repeated runs differ at most at equal interactivity, in the unit 1.

        Args:
            elasticity: Relative change of throughput per relative change of interactivity, negative.
        """
        return self._value(float(self.factor(elasticity)) - 1, "throughput at equal interactivity")

    def _value(self, number: float, what: str) -> Value:
        return Value(
            number, quantity("measurement_spread"), what, Status.DERIVED, sources=(self.source,),
            place="data/software_gains.csv", inputs={"age": self.within, "band_share": self.band}, digits=2,
        )  # fmt: skip


@lru_cache(maxsize=64)
def spread(library: Library) -> Spread:
    """Return how configurations differ that were run again within a few days."""
    within, share = choice("age", SUBJECT), choice("band_share", SUBJECT)
    table = library.tables["software_gains"]
    repeats = table[(table["last_date"] - table["first_date"]).dt.days <= within.number]
    changes = {
        name: np.log(repeats[f"last_{name}"] / repeats[f"first_{name}"]).to_numpy(dtype=float)
        for name in ("throughput", "interactivity")
    }
    return Spread(**changes, repeats=repeats, within=within, band=share, source=library.sources[SOURCE])


def leave_open(library: Library, first: Value, second: Value) -> bool:
    """Return whether the measured rows, or the spread of repeated runs, leave open which of two values is higher."""
    allowed = float(spread(library).factor(0.0))
    (low, high), (other_low, other_high) = (value.bracket or (value.number,) * 2 for value in (first, second))
    return low <= other_high * allowed and other_low <= high * allowed


def elasticity(curve: Envelope, interactivity: ArrayLike) -> Floats:
    """Return the relative change of throughput per relative change of interactivity, in the shape asked.

    NaN above the highest measured; 0 where a faster series serves, and at a series of a single point.
    """
    speed = np.asarray(interactivity, dtype=float)
    level = np.zeros_like(speed)  # of a series of a single point
    slopes = np.array([member.spline(speed, 1) if member.spline else level for member in curve.members])
    best = curve.best(speed)
    slope = np.take_along_axis(slopes, np.maximum(best, 0)[None], axis=0)[0]
    slope = np.where(curve.served_at(speed) > speed, 0.0, slope)
    relative: Floats = slope * speed / curve(speed)
    return relative


def steeper(curves: Sequence[Envelope], interactivity: ArrayLike) -> Floats:
    """Return the elasticity of the steepest of several curves, in the shape asked; NaN where none was measured."""
    steepest: Floats = np.fmin.reduce([elasticity(curve, interactivity) for curve in curves])
    return steepest


_PLACES = 4001  # of a range that are looked at; a share is exact to one in so many


def power_law(curve: Envelope, interactivity: ArrayLike) -> Floats:
    """Return the throughput of the best series when it follows a power law between neighboring rows, in tok/s/GPU.

    As everywhere, a series serves what lies below its first row by that row. NaN where nothing was measured.
    """
    asked = np.asarray(interactivity, dtype=float)
    reached = [
        np.interp(np.log(asked), np.log(series.interactivity), np.log(series.throughput), right=np.nan)
        for series in curve.members
    ]
    lowest = min(series.interactivity[0] for series in curve.members)
    return np.where(asked < lowest, np.nan, np.exp(np.fmax.reduce(reached)))


def straight_in_logs(curves: Advantage, interactivity: float) -> float:
    """Return the ratio of costs when both throughputs follow a power law between neighboring rows.

    Args:
        curves: The curves of the two platforms.
        interactivity: At which both serve, in tok/s/user. NaN where one was not measured.
    """
    costs = [
        formulas.cost_per_million_tokens(side.price.number, float(power_law(side.curve, interactivity)))
        for side in (curves.baseline, curves.subject)
    ]
    return float(formulas.ratio(**over("cost_per_million_tokens", *costs)))


def percentiles(curves: Advantage, times: float) -> tuple[Value, Value]:
    """Return the lower and the higher percentile of a ratio of throughputs, by the two curves between the rows."""
    smooth = curves.share_below(times)
    lengths = np.diff(curves.ranges).ravel()
    if not lengths.sum():
        return smooth, smooth
    share = np.average([_below(curves, low, high, times) for low, high in curves.ranges], weights=lengths)
    straight = replace(smooth, number=float(share), note="with straight lines between the logarithms of the rows")
    low, high = sorted((smooth, straight), key=lambda value: value.number)
    return low, high


def _below(curves: Advantage, low: float, high: float, times: float) -> float:
    places = np.linspace(low, high, _PLACES)
    ratios = power_law(curves.subject.curve, places) / power_law(curves.baseline.curve, places)
    return float(np.mean(ratios < times))
