"""An attribution in words, with the places that its values fill, and the doubts about the stacks on the way."""

from collections.abc import Mapping

from analysis.exhibits.statements import Cell
from analysis.library.values import Value
from analysis.studies.attribution.factors import Attribution, in_order
from analysis.studies.attribution.serving import FEATURES, Stack, said
from analysis.studies.attribution.steps import change


def product(attribution: Attribution) -> tuple[str, dict[str, Cell]]:
    """Return the factors as text with places, such as "{factor_a} (hardware, {change_a})", and what fills them.

    Args:
        attribution: With at least one factor that has a value.
    """
    parts: list[str] = []
    contents: dict[str, Cell] = {}
    for letter, factor in zip("abcdefgh", attribution.factors, strict=False):
        if factor.value:
            parts.append(f"{{factor_{letter}}} ({factor.step.kind}, {{change_{letter}}})")
            contents[f"factor_{letter}"] = factor.value
            contents[f"change_{letter}"] = change(attribution.stacks.library, factor.step)
    return " times ".join(parts), contents


def stands_on(attribution: Attribution, stack: Stack) -> str:
    """Return the series that a stack's throughput stands on at the attribution's interactivity; empty if none."""
    curve = attribution.stacks.curve_of(stack)
    return "" if curve is None else str(curve.series_at(attribution.interactivity))


def doubted(attribution: Attribution, suspects: Mapping[tuple[str, str], Value]) -> list[tuple[Stack, Value, bool]]:
    """Return the stacks of the default order that stand on a suspect series, its accuracy, and if they are an end.

    Args:
        attribution: The factors.
        suspects: The suspect series, as `analysis.studies.attribution.accuracy.suspects` returns them.
    """
    stacks = (attribution.start, *(factor.after for factor in attribution.factors))
    found = []
    for stack in stacks:
        accuracy = suspects.get((stack.hardware, stands_on(attribution, stack)))
        if accuracy:
            found.append((stack, accuracy, stack in (attribution.start, attribution.end)))
    return found


def undoubted(attribution: Attribution, suspects: Mapping[tuple[str, str], Value]) -> Attribution | None:
    """Return the same ratio in the first admissible order whose stacks stand on no suspect series; None if none does.

    Args:
        attribution: The factors.
        suspects: The suspect series, as `analysis.studies.attribution.accuracy.suspects` returns them.
    """
    others = (in_order(attribution, path) for path in attribution.orders.admissible)
    return next((other for other in others if not doubted(other, suspects)), None)


def differing(start: Stack, end: Stack) -> str:
    """Return how the software of two stacks differs, in words: "FP8 to FP4"; empty where it does not."""
    return ", ".join(
        f"{said(feature, before)} to {said(feature, after)}"
        for feature in FEATURES
        if (before := getattr(start, feature)) != (after := getattr(end, feature))
    )
