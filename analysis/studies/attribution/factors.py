"""The factors of a ratio at one point, each with the rows that it stands on, and which of them are in doubt."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from analysis import formulas
from analysis.errors import InputError
from analysis.library.quantities import quantity
from analysis.library.values import Status, Value, calculate
from analysis.studies.attribution.accuracy import Suspects
from analysis.studies.attribution.orders import Orders, Path, in_all_orders
from analysis.studies.attribution.stacks import Stacks
from analysis.studies.attribution.steps import Stack, Step, taken, ways

OPENS, UNSERVED = "opens", "not served"
Levels = Callable[[Stack], Value | None]


@dataclass(frozen=True)
class Factor:
    """One change of the default order."""

    step: Step
    before: Stack
    after: Stack
    # Throughput before and after, in tok/s/GPU; None where the stack does not serve.
    reached: tuple[Value | None, Value | None]
    value: Value | None  # how many times as fast it is after; None where it does not serve before
    # The least that the change makes in an admissible order; None where no order has a factor for it.
    low: Value | None
    high: Value | None  # the most that it makes; likewise
    average: Value | None  # the geometric mean over all orders (Shapley); None unless every order has a factor for it

    @property
    def words(self) -> str:
        """What stands where there is no number: the change opens the point, or comes before one that does."""
        return "" if self.value else OPENS if self.reached[1] else UNSERVED


@dataclass(frozen=True)
class Attribution:
    """A ratio of two stacks at equal interactivity, and its factors."""

    stacks: Stacks
    start: Stack
    end: Stack
    interactivity: float  # at which all of them are compared, in tok/s/user
    factors: tuple[Factor, ...]  # in the default order; those with a value multiply to `total`
    total: Value  # the throughput of the end over that of the first stack on the way that serves
    orders: Orders  # what every order says

    @property
    def opened(self) -> Stack:
        """The first stack on the way that serves: the start, unless a change opens the point."""
        return next((factor.after for factor in self.factors if factor.words == OPENS), self.start)

    def series(self, *stacks: Stack) -> str:
        """Return the measured series that the throughputs of some stacks stand on here, each once; empty if none."""
        curves = [curve for stack in stacks if (curve := self.stacks.curve_of(stack))]
        names = [str(curve.series_at(self.interactivity)) for curve in curves]
        return " to ".join(dict.fromkeys(filter(None, names)))


def attribute(stacks: Stacks, start: Stack, end: Stack, route: Sequence[str], interactivity: float) -> Attribution:
    """Return the factors of a ratio of two stacks, divided as finely as the measured stacks on the way allow.

    Raises:
        InputError: The end does not serve this interactivity.
    """
    if math.isnan(stacks.throughput(end, interactivity)):
        raise InputError(f"{stacks.name(end)}: not measured at {interactivity:g} tok/s/user")
    tried = (
        in_all_orders(start, changes, lambda stack: float(stacks.throughput(stack, interactivity)))
        for changes in ways(start, end, route)
    )
    orders = next(orders for orders in tried if orders.admissible)
    return _along(stacks, orders, orders.admissible[0], interactivity)


def in_order(attribution: Attribution, path: Path) -> Attribution:
    """Return the same ratio with its factors in another order of the changes."""
    return _along(attribution.stacks, attribution.orders, path, attribution.interactivity)


def _along(stacks: Stacks, orders: Orders, path: Path, interactivity: float) -> Attribution:
    value_of = cache(lambda stack: stacks.value(stack, interactivity))
    factors = tuple(
        _factor(orders, value_of, taken(orders.changes, before, after), before, after)
        for before, after in pairwise(path)
    )
    first = next(stack for stack in path if orders.serves(stack))
    return Attribution(stacks, path[0], path[-1], interactivity, factors, _ratio(value_of, first, path[-1]), orders)


def _factor(orders: Orders, value_of: Levels, step: Step, before: Stack, after: Stack) -> Factor:
    value = _ratio(value_of, before, after) if orders.serves(before) else None
    reach = orders.range(step)
    low, high = (_ratio(value_of, *pair) for pair in reach) if reach else (None, None)
    average = None
    if value and low and high and orders.complete:
        average = Value(
            orders.average(step), quantity("ratio"), value.subject, Status.DERIVED, value.kinds, value.sources,
            value.as_of, note=f"geometric mean over {orders.possible} orders, between the lowest and the highest",
            inputs={"lowest": low, "highest": high},
        )  # fmt: skip
    return Factor(step, before, after, (value_of(before), value_of(after)), value, low, high, average)


def _ratio(value_of: Levels, before: Stack, after: Stack) -> Value:
    denominator, numerator = value_of(before), value_of(after)
    assert numerator is not None
    assert denominator is not None
    return calculate(formulas.ratio, numerator=numerator, denominator=denominator)


@dataclass(frozen=True)
class Doubt:
    """A stack of the default order that stands on a suspect series."""

    stack: Stack
    series: str  # the series that its throughput stands on
    accuracy: Value  # the share of the questions that it answered rightly
    is_end: bool  # whether it is the first or the last stack, so that the ratio itself stands on it


def doubts(attribution: Attribution, suspects: Suspects) -> list[Doubt]:
    """Return the stacks of the default order that stand on a suspect series."""
    doubted = []
    for stack in (attribution.start, *(factor.after for factor in attribution.factors)):
        series = attribution.series(stack)
        accuracy = suspects.get((stack.hardware, series))
        if accuracy:
            is_end = stack in (attribution.start, attribution.end)
            doubted.append(Doubt(stack, series, accuracy, is_end))
    return doubted


def undoubted(attribution: Attribution, suspects: Suspects) -> Attribution | None:
    """Return the same ratio in the first admissible order without a suspect series; None if there is none."""
    others = (in_order(attribution, path) for path in attribution.orders.admissible)
    return next((other for other in others if not doubts(other, suspects)), None)
