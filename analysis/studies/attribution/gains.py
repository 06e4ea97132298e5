"""What one change of a serving stack gains at equal interactivity, wherever the rows have it with and without."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from numpy.typing import ArrayLike

from analysis import formulas
from analysis.frontier import PlatformCurve
from analysis.frontier.crossings import ratio_bracket
from analysis.frontier.curves import Floats
from analysis.library.quantities import quantity
from analysis.library.sources import Platform
from analysis.library.values import Value, calculate, counted
from analysis.studies.attribution.accuracy import Suspects
from analysis.studies.attribution.stacks import Stacks
from analysis.studies.attribution.steps import FEATURES, Stack, in_words


@dataclass(frozen=True)
class Gain:
    """Two measured stacks that differ in one feature."""

    stacks: Stacks
    feature: str
    before: Stack
    after: Stack

    @property
    def platform(self) -> Platform:
        """The platform of both."""
        return self.stacks.library.platform(self.after.hardware)

    @property
    def common(self) -> str:
        """What both have in common besides the platform, in words."""
        return ", ".join(in_words(name, getattr(self.after, name)) for name in FEATURES if name != self.feature)

    @property
    def names(self) -> set[tuple[str, str]]:
        """The platform and name of every series that the two stand on."""
        return {
            (curve.hardware, name)
            for curve in (self._curve(self.before), self._curve(self.after))
            for name in curve.series
        }

    def rivals(self, prices: Mapping[str, Value], interactivity: float) -> list[Value]:
        """Return what the stack without the change delivers on platforms of the same kind that are not dearer.

        Of the same kind: of the same vendor and built into the same kind of system.

        Returns:
            In tok/s/GPU, of those that serve.
        """
        own = self.platform
        alike = [
            platform.key
            for platform in self.stacks.platforms
            if (platform.system, platform.vendor) == (own.system, own.vendor)
            and {platform.key, own.key} <= {*prices}
            and prices[platform.key].number <= prices[own.key].number
        ]
        values = [self.stacks.value(replace(self.before, hardware=key), interactivity) for key in alike]
        return [value for value in values if value]

    def is_suspect(self, suspects: Suspects) -> bool:
        """Return whether one of the two stands on a suspect series."""
        return not self.names.isdisjoint(suspects)

    def __call__(self, interactivity: ArrayLike) -> Floats:
        """Return how many times as much is served with the change, at each point; NaN where not both serve."""
        return self.stacks.throughput(self.after, interactivity) / self.stacks.throughput(self.before, interactivity)

    def bracket(self, interactivity: ArrayLike) -> tuple[Floats, Floats]:
        """Return between which gains the measured rows put the change, the lower ends first, at each point."""
        return ratio_bracket(self._curve(self.after), self._curve(self.before), interactivity)

    def levels(self, interactivity: float) -> tuple[Value | None, Value | None]:
        """Return the throughput without and with the change, in tok/s/GPU; None where it does not serve."""
        return self.stacks.value(self.before, interactivity), self.stacks.value(self.after, interactivity)

    def value(self, interactivity: float) -> Value | None:
        """Return how many times as much is served with the change; None where not both serve."""
        before, after = self.levels(interactivity)
        return calculate(formulas.ratio, numerator=after, denominator=before) if before and after else None

    @property
    def reach(self) -> tuple[Value, Value]:
        """The highest interactivity measured without and with the change, in tok/s/user."""
        return self._reach(self.before), self._reach(self.after)

    def _reach(self, stack: Stack) -> Value:
        knots = self._curve(stack).knots
        row = knots.loc[knots["interactivity"].idxmax()]
        return self.stacks.library.measured(row, "interactivity_median", quantity("interactivity").key, {})

    def _curve(self, stack: Stack) -> PlatformCurve:
        curve = self.stacks.curve_of(stack)
        assert curve is not None
        return curve


def gains(stacks: Stacks, feature: str, before: str | bool, after: str | bool) -> list[Gain]:
    """Return every pair of measured stacks that differ in one feature only, by platform."""
    pairs = []
    for platform in stacks.platforms:
        for stack in stacks.every:
            change: dict[str, Any] = {feature: before}
            other = replace(stack, **change)
            if stack.hardware == platform.key and getattr(stack, feature) == after and other in stacks.every:
                pairs.append(Gain(stacks, feature, other, stack))
    return pairs


def ranked(pairs: Iterable[Gain], interactivity: float) -> list[Value]:
    """Return the gains of the pairs that both serve an interactivity (tok/s/user), the lowest first."""
    values = [value for gain in pairs if (value := gain.value(interactivity))]
    return sorted(values, key=lambda value: value.number)


def median(values: list[Value]) -> Value:
    """Return the gain that half of the ranked gains do not exceed, one of them."""
    return values[(len(values) - 1) // 2]


def sure(values: Iterable[Value]) -> Value:
    """Return of how many gains the measured rows alone show that they are gains, whatever lies between the rows."""
    return counted(sum(value.reach[0] > 1 for value in values), "pairs that gain in any case")
