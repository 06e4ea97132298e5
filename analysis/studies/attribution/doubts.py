"""Which stacks of an attribution were measured with suspect accuracy, and whether another order avoids them."""

from dataclasses import dataclass

from analysis.library.values import Value
from analysis.studies.attribution.accuracy import Suspects
from analysis.studies.attribution.factors import Attribution, in_order
from analysis.studies.attribution.serving import Stack


@dataclass(frozen=True)
class Doubt:
    """A stack of the default order that stands on a suspect series.

    Attributes:
        stack: The stack.
        series: The series that its throughput stands on.
        accuracy: The share of the questions that it answered rightly.
        is_end: Whether it is the first or the last stack, so that the ratio itself stands on it.
    """

    stack: Stack
    series: str
    accuracy: Value
    is_end: bool


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
