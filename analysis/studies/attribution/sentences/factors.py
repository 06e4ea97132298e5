"""What is to be said of the factors of a ratio: the rows behind it, its order, and the stacks that are in doubt."""

from collections.abc import Iterator

from analysis.exhibits.statements import Phrase, Shown, listed, phrase, points, say
from analysis.studies.attribution.factors import Attribution, doubts, undoubted
from analysis.studies.attribution.points import Point
from analysis.studies.attribution.steps import FEATURES, UNDIVIDED, Stack, change, in_words
from analysis.studies.attribution.study import Study


def product(attribution: Attribution) -> Phrase | None:
    """Return the factors that have a value, such as "2.1x (hardware, H200 to B200)", as a product; None without any.

    Where the rows do not tell the changes apart, the words say so in place of a factor.
    """
    library = attribution.stacks.library
    factors = [factor for factor in attribution.factors if factor.value]
    if [factor.step.kind for factor in factors] == [UNDIVIDED]:
        return phrase("the rows do not tell its changes apart ({change})", change=change(library, factors[0].step))
    told = "{value} ({kind}, {change})"
    steps = [(factor.value, factor.step) for factor in factors if factor.value]
    parts = [phrase(told, value=value, kind=step.kind, change=change(library, step)) for value, step in steps]
    return listed(parts, " times ") if parts else None


def differing(start: Stack, end: Stack) -> str:
    """Return how the software of two stacks differs, in words: "FP8 to FP4"; empty where it does not."""
    return ", ".join(
        f"{in_words(feature, before)} to {in_words(feature, after)}"
        for feature in FEATURES
        if (before := getattr(start, feature)) != (after := getattr(end, feature))
    )


def remarks(study: Study, point: Point) -> Shown:
    """Return what is to be said of the factors at a point, as a list."""
    return points(
        [*_rows(point), *_precision(point), *_average(point), *_doubts(study, point), *_avoided(study, point)]
    )


def order_matters(point: Point) -> Shown | None:
    """Say for which change from the plain stack the order matters most; nothing where it does for none."""
    ranges = [
        (high.number / low.number, factor.step.kind, low, high)
        for factor in point.from_plain.factors
        if (low := factor.low) and (high := factor.high) and high.number > low.number
    ]
    if not ranges:
        return None
    _, kind, low, high = max(ranges, key=lambda spread: spread[0])
    return say(
        "At {lengths} the order matters most for {kind}: its factor lies between {low} and {high}, depending on "
        "what was changed before.",
        lengths=point.workload,
        kind=kind,
        low=low,
        high=high,
    )


def _rows(point: Point) -> Iterator[Shown]:
    yield say(
        "The measured rows of highest throughput at or above {floor} tok/s/user serve {before:4} and {after:4}, and "
        "give {rows}; the curves at {at} give {curve}, which is what is taken apart here. Row against curve: "
        "{between:4}.",
        floor=point.pair.floor,
        at=point.at,
        before=point.pair.baseline.given["interactivity"],
        after=point.pair.subject.given["interactivity"],
        rows=point.pair.ratio("throughput_per_gpu"),
        curve=point.best.total,
        between=point.row_against_curve,
    )


def _precision(point: Point) -> Iterator[Shown]:
    start, end = point.ends
    if start.precision != end.precision and point.stacks.curve(start.hardware, precision=end.precision) is None:
        yield say(
            "{baseline} was not measured in {precision}, so that the hardware has to change before the precision.",
            baseline=point.pair.baseline.platform.name,
            precision=end.precision.upper(),
        )


def _average(point: Point) -> Iterator[Shown]:
    factors = point.best.factors
    if point.best.orders.complete and len(factors) > 1:
        averages = listed(
            phrase("{kind} {average}", kind=factor.step.kind, average=factor.average)
            for factor in factors
            if factor.average
        )
        yield say(
            "Every order is admissible, so that the factors have a Shapley average: {averages}.", averages=averages
        )


def _doubts(study: Study, point: Point) -> Iterator[Shown]:
    for doubt in doubts(point.best, study.suspects):
        yield say(
            "{platform} with {series} answered {accuracy} of the questions of GSM8K rightly, far fewer than most: "
            "its speed is suspect. {what}",
            platform=study.library.platform(doubt.stack.hardware).name,
            series=doubt.series,
            accuracy=doubt.accuracy,
            what="The ratio itself stands on it."
            if doubt.is_end
            else "It lies between the two ends, so the ratio does not depend on it, but the division into factors "
            "does.",
        )


def _avoided(study: Study, point: Point) -> Iterator[Shown]:
    other = undoubted(point.best, study.suspects)
    if other and other.factors != point.best.factors and (factors := product(other)):
        yield say("In an order that avoids suspect stacks the factors are {factors}.", factors=factors)
