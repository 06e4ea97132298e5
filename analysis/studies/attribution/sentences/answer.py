"""What the report answers first: the ratio and its factors, with equal software, at other lengths, and its doubts."""

from analysis import formulas
from analysis.exhibits.statements import Shown, answer, conclude, listed, phrase, warn
from analysis.library.values import calculate
from analysis.studies.attribution.factors import doubts
from analysis.studies.attribution.points import Point
from analysis.studies.attribution.sentences.factors import differing, product
from analysis.studies.attribution.study import Study


def ratio(point: Point) -> Shown:
    """Say how many times the tokens per GPU the subject delivers, and by which factors."""
    factors = product(point.best)
    if not factors:
        alone = (
            "{subject} is compared with itself, with the same software: the ratio is {total}, and there is no factor."
        )
        return conclude(alone, total=point.best.total, **point.pair.names)
    return conclude(
        "At {lengths} and {at} tok/s/user, {subject} delivers {total} the tokens per GPU of {baseline}: {factors}.",
        total=point.best.total,
        factors=factors,
        **point.where,
        **point.pair.names,
    )


def left_open(point: Point) -> Shown | None:
    """Say what the measured rows alone leave open of factors read far from any row; nothing where none is."""
    wide = [factor for factor in point.best.factors if factor.value and factor.value.is_wide]
    if not wide:
        return None
    return warn(
        "The factors are read from curves between measured rows. The rows alone leave them open from {ends}.",
        ends=listed(
            phrase("{low} to {high} ({kind})", low=low, high=high, kind=factor.step.kind)
            for factor in wide
            if factor.value
            for low, high in [factor.value.ends]
        ),
    )


def equal_software(point: Point) -> Shown | None:
    """Say what the ratio is with the same software on both sides; nothing of a platform beside itself."""
    if point.of_one_platform:
        return None
    if not point.equal_software:
        return answer(
            "Neither the best stack of {baseline} ({before}) nor that of {subject} ({after}) was measured on the "
            "other platform at this interactivity with sound accuracy, so the ratio with equal software is not "
            "known.",
            before=point.ends[0].software,
            after=point.ends[1].software,
            **point.pair.names,
        )
    stack, _, equal = point.equal_software
    differences = differing(*point.ends)
    rest = "the remaining {rest} is {what}." if differences else "that is all of the ratio."
    return conclude(
        "With the same software on both sides ({software}), {subject} delivers {equal} the tokens per GPU of "
        "{baseline}; " + rest,
        software=stack.software,
        equal=equal,
        rest=calculate(formulas.ratio, numerator=point.best.total, denominator=equal),
        what=differences,
        **point.pair.names,
    )


def price_and_power(point: Point) -> Shown | None:
    """Say what price and power make of the ratio; nothing of a platform beside itself."""
    if point.of_one_platform:
        return None
    price, cost = point.metric("cost_per_million_tokens")
    power, per_megawatt = point.metric("throughput_per_megawatt")
    return answer(
        "The price per GPU-hour is a factor of {price}, which makes the ratio {cost} in cost per million tokens. "
        "The power per GPU is a factor of {power}, which makes it {megawatt} in tokens per megawatt.",
        price=price,
        cost=cost,
        power=power,
        megawatt=per_megawatt,
    )


def at_other_lengths(study: Study) -> list[Shown]:
    """Say what the ratio is at the points of other sequence lengths, where it has factors."""
    sentences = []
    for point in study.points[1:]:
        if factors := product(point.best):
            told = "At {lengths} and {at} tok/s/user the ratio in throughput per GPU is {total}: {factors}."
            sentences.append(answer(told, total=point.best.total, factors=factors, **point.where))
    return sentences


def doubtful_ends(study: Study) -> list[Shown]:
    """Say which of the two stacks compared answers too few questions rightly for its speed to be trusted."""
    return [
        warn(
            "{platform} with {series} stands on one side of the ratio and answered {accuracy} of the questions of "
            "GSM8K rightly, far fewer than most: its speed, and with it the ratio, is suspect.",
            platform=study.library.platform(doubt.stack.hardware).name,
            series=doubt.series,
            accuracy=doubt.accuracy,
        )
        for doubt in doubts(study.here.best, study.suspects)
        if doubt.is_end
    ]
