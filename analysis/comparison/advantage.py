"""How many times better one platform is than another along interactivity, and at which price they cost the same."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from analysis import formulas
from analysis.comparison import metrics
from analysis.comparison.contenders import Contender, contender
from analysis.frontier.crossings import Ratio, leads, ratio, ratio_bracket
from analysis.frontier.curves import Curve, Envelope, Floats
from analysis.library.quantities import quantity
from analysis.library.sources import Library
from analysis.library.values import Status, Value, calculate
from analysis.scenario import Parameters

_PIECE = 10  # places between two neighboring knots at which an extreme is sought before it is refined


@dataclass(frozen=True, eq=False)
class Advantage:
    """A subject over a baseline at equal interactivity, in every metric.

    Each metric is made from the throughput, so its ratio is the ratio of throughputs times a constant, and all have
    their extremes at the same interactivities.
    """

    baseline: Contender
    subject: Contender

    def __call__(self, key: str, interactivity: ArrayLike) -> Floats:
        """Return how many times better the subject is, in the shape of the interactivities (tok/s/user).

        Turned as `analysis.comparison.metrics.over` says. NaN where either was not measured.
        """
        before, after = (side.metric(key, interactivity) for side in (self.baseline, self.subject))
        return np.asarray(formulas.ratio(**metrics.over(key, before, after)))

    def bracket(self, key: str, interactivity: ArrayLike) -> tuple[Floats, Floats]:
        """Return between which ratios of a metric the measured rows put the curve, the lower ones first.

        Arguments as for a call.
        """
        times = self(key, interactivity) / self.throughput(interactivity)
        low, high = ratio_bracket(self.subject.curve, self.baseline.curve, interactivity)
        return times * low, times * high

    @cached_property
    def throughput(self) -> Ratio:
        """The ratio of the throughputs."""
        return ratio(self.subject.curve, self.baseline.curve)

    @property
    def ranges(self) -> Floats:
        """Where both were measured: rows of lowest and highest interactivity, rising, in tok/s/user."""
        return self.throughput.ranges

    def at(self, key: str, interactivity: float) -> Value | None:
        """Return the ratio of a metric at an interactivity (tok/s/user); None where either was not measured."""
        return compared(key, self.baseline.at(interactivity), self.subject.at(interactivity))

    @cached_property
    def places(self) -> Floats:
        """Interactivities that show the whole curve, in tok/s/user: knots, both sides of a jump, places between."""
        sides = (self.baseline, self.subject)
        knots = np.concatenate([member.interactivity for side in sides for member in side.curve.members])
        places = []
        for low, high in self.ranges:
            ends = np.unique(np.concatenate([[low, high], knots[(knots > low) & (knots < high)]]))
            between = np.linspace(ends[:-1], ends[1:], _PIECE, axis=-1)[:, 1:-1].ravel()
            places += [ends, between, np.nextafter(ends[:-1], np.inf), np.nextafter(ends[1:], -np.inf)]
        return np.unique(np.concatenate(places))

    @cached_property
    def highest(self) -> float:
        """The interactivity of the highest ratio, in tok/s/user."""
        return self._extreme(1.0)

    @cached_property
    def lowest(self) -> float:
        """The interactivity of the lowest ratio, in tok/s/user."""
        return self._extreme(-1.0)

    def constant(self, key: str) -> Value:
        """Return what the ratio of throughputs is multiplied by to give a metric's ratio, at every interactivity."""
        beside = metrics.METRICS[key].beside_throughput
        before, after = self.baseline.given[beside], self.subject.given[beside]
        mixing = metrics.mixing(key, before, after)
        return calculate(formulas.ratio, mixing=mixing, numerator=before, denominator=after)

    @property
    def name(self) -> str:
        """Both platforms, the subject first."""
        return f"{self.subject.platform.name} / {self.baseline.platform.name}"

    def place(self, interactivity: float, words: str) -> Value:
        """Return an interactivity of this curve, in tok/s/user, as a value that says in words what is there."""
        return Value(interactivity, quantity("interactivity"), self.name, Status.DERIVED, note=words)

    @property
    def highest_ratio(self) -> Value:
        """The highest ratio of throughputs."""
        return self._ratio(self.highest)

    @property
    def lowest_ratio(self) -> Value:
        """The lowest ratio of throughputs."""
        return self._ratio(self.lowest)

    def share_below(self, times: float) -> Value:
        """Return the percentile of a ratio of throughputs: the share of the common interactivities where it is lower.

        All interactivities that both platforms cover weigh the same, each tok/s/user as much as any other; how many
        users ask for which is not known. It is exact: the lengths are of the ranges in which the subject's curve lies
        below `times` the baseline's.

        Raises:
            InputError: The two count different things.
        """
        lifted = Envelope(
            tuple(
                Curve(member.interactivity, member.throughput * times, member.slopes * times)
                for member in self.baseline.curve.members
            )
        )
        held = leads(self.subject.curve, lifted)
        length = sum(lead.high - lead.low for lead in held)
        below = sum(lead.high - lead.low for lead in held if lead.leader < 0)
        return Value(below / length if length else np.nan, quantity("percentile"), self.name, Status.DERIVED)

    def _ratio(self, interactivity: float) -> Value:
        ratio = self.at("throughput_per_gpu", interactivity)
        assert ratio is not None, "both were measured at their extremes"
        return ratio

    def _extreme(self, sign: float) -> float:
        places = self.places
        around = int(np.argmax(sign * self.throughput(places)))
        start = float(places[around])
        low, high = places[max(around - 1, 0)], places[min(around + 1, len(places) - 1)]
        from scipy.optimize import minimize_scalar  # as late as in `Curve.spline`

        refined = minimize_scalar(lambda x: -sign * self.throughput(x), bounds=(low, high), method="bounded")
        better = sign * self.throughput(refined.x) > sign * self.throughput(start)
        return float(refined.x) if better else start


def advantage(library: Library, conditions: Parameters, **narrowed: Any) -> Advantage:
    """Return a scenario's subject over its baseline; other arguments and errors are those of `contender`."""
    pair = (conditions.baseline, conditions.subject)
    return Advantage(*(contender(library, conditions, hardware, **narrowed) for hardware in pair))


def compared(key: str, baseline: dict[str, Value], subject: dict[str, Value]) -> Value | None:
    """Return how many times better the subject is in a metric; None where one of the two was not measured."""
    return metrics.ratio(key, baseline[key], subject[key]) if baseline and subject else None


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
