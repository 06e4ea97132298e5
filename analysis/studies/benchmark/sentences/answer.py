"""What the two rows say, and what the curves around them say of it."""

from collections.abc import Sequence

from analysis.comparison.contenders import Contender, unpriced
from analysis.comparison.head_to_head import HeadToHead
from analysis.comparison.spread import leave_open, percentiles
from analysis.exhibits.statements import Shown, answer, conclude, listed, phrase, say, warn
from analysis.library.quantities import left_out, listing
from analysis.library.values import Value, counted
from analysis.studies.benchmark.like_for_like import serving
from analysis.studies.benchmark.point import COST, POWER, THROUGHPUT, Doubted, MeasuredPoint


def ratios(point: MeasuredPoint) -> Shown:
    """Say how many times better the subject's row is."""
    return conclude(
        "At {lengths} and at least {floor} tok/s/user the two measured rows give {subject} {ratio} the throughput "
        "per GPU of {baseline} and {power} its throughput per megawatt; a million tokens on {baseline} cost {cost} "
        "as much.",
        lengths=point.pair.lengths,
        floor=point.pair.floor,
        ratio=point.ratios[THROUGHPUT],
        power=point.ratios[POWER],
        cost=point.ratios[COST],
        **point.pair.names,
    )


def along_the_curve(point: MeasuredPoint) -> Shown:
    """Say between which ends the ratio runs, and how high in that range the point lies by either curve."""
    curve = point.curve
    low, high = percentiles(curve, point.ratios[THROUGHPUT].number)
    place = "higher than {low} of this range by one way to draw the curves between the rows, and {high} by another"
    if low.show() == high.show():
        place = "higher than {low} of this range, in both ways tried to draw the curves between the rows"
    return conclude(
        "That is one point of a curve. Over all interactivities that both curves span, the ratio of throughput at "
        "{lengths} runs from {lowest} to {highest}; {point} lies " + place + ".",
        lengths=point.pair.lengths,
        lowest=curve.lowest_ratio,
        highest=curve.highest_ratio,
        point=point.name,
        low=low,
        high=high,
    )


def at_the_floor(point: MeasuredPoint) -> Shown | None:
    """Say the ratio of the curves at exactly the floor; None where one of them does not reach it."""
    exact = point.curve.at(THROUGHPUT, point.pair.floor.number)
    if exact is None:
        return None
    return answer(
        "The rows stand at {first:4} and {second:4} tok/s/user; with both on their curves at exactly {floor} the "
        "ratio is {exact}.",
        first=point.pair.baseline.given["interactivity"],
        second=point.pair.subject.given["interactivity"],
        floor=point.pair.floor,
        exact=exact,
    )


def on_the_curves(pair: HeadToHead) -> Shown | None:
    """Say the ratio of costs at the speed that is asked; None where the measured rows are hardly faster than that."""
    if pair.beside is None:
        return None
    curve = pair.beside.ratio(COST)
    return answer(
        "The measured rows serve {first} and {second} tok/s/user where {floor} is asked. With both on their curves "
        "there, a million tokens on {baseline} cost {curve} as much as on {subject}{left_open}.",
        first=pair.baseline.given["interactivity"],
        second=pair.subject.given["interactivity"],
        floor=pair.floor,
        curve=curve,
        left_open=phrase("; the rows leave {low} to {high}", low=curve.ends[0], high=curve.ends[1])
        if curve.ends
        else "",
        **pair.names,
    )


def at_other_lengths(point: MeasuredPoint) -> Shown | None:
    """Say how high the ratio gets at other sequence lengths; None where both were measured at no others."""
    if not point.others:
        return None
    tops = {name: curve.highest_ratio for name, curve in point.others.items()}
    reached = point.ratios[THROUGHPUT].number
    below = all(top.number < reached for top in tops.values())
    is_open = any(top.bracket and top.bracket[1] >= reached for top in tops.values())
    return conclude(
        "At other sequence lengths the ratio of throughput reaches at most {tops} on the curves"
        + (", below that of {point} at {lengths}" if below else "")
        + ("; the measured rows around the highest do not rule out more than that." if below and is_open else "."),
        tops=listed(phrase("{top} ({name})", top=top, name=name) for name, top in tops.items()),
        lengths=point.pair.lengths,
        point=point.name,
    )


def doubted_rows(point: MeasuredPoint, doubted: Doubted) -> list[Shown]:
    """Say which of the two rows is of a series that answered far fewer questions rightly than most."""
    return [
        warn(
            "The row of {platform} is one of {series}, which answered only {accuracy} of the questions of its "
            "accuracy evaluations: its speed is not that of a service that answers rightly.",
            platform=point.library.platform(key).name,
            series=series,
            accuracy=doubted[key, series],
        )
        for key, series in point.series
        if (key, series) in doubted
    ]


def cheapest(platforms: Sequence[Contender], point: MeasuredPoint) -> Shown | None:
    """Say which platform has the lowest cost at the floor, and what the two have; None where none serves it.

    Where the measured rows leave the order of platforms open, none of them is said to have the lowest cost.
    """
    costs = _costs(platforms, point.pair.floor.number)
    if not costs:
        return None
    least = min(costs, key=lambda key: costs[key].number)
    told = [
        phrase("{platform} stands at {cost}", platform=side.platform.name, cost=costs[side.platform.key])
        for side in point.pair.sides
        if side.platform.key in costs and side.platform.key != least
    ]
    tied = [key for key, cost in costs.items() if key != least and leave_open(point.library, cost, costs[least])]
    lowest = "On their curves {cheapest} has the lowest cost there, {cost} per million tokens"
    if tied:
        lowest = (
            "On its curve {cheapest} stands at {cost} per million tokens; the rows around this point do not tell its "
            "cost apart from that of {tied}, so none of them is said to have the lowest"
        )
    return say(
        "Of {all} platforms with rows at {lengths} under these conditions, {some} serve {floor} tok/s/user. "
        + lowest
        + "{told}.{left_out}",
        all=counted(len(platforms), "platforms with rows at these lengths"),
        left_out=left_out(unpriced(point.library, point.pair.conditions)),
        some=counted(len(costs), "platforms that serve the floor"),
        lengths=point.pair.lengths,
        floor=point.pair.floor,
        cheapest=point.library.platform(least).name,
        cost=costs[least],
        tied=listing([point.library.platform(key).name for key in tied]),
        told=phrase("; {sides}", sides=listed(told, "; ")) if told else "",
    )


def doubted_lines(platforms: Sequence[Contender], point: MeasuredPoint, doubted: Doubted) -> list[Shown]:
    """Say whose curve follows a series at the floor that answered far fewer questions rightly than most."""
    floor = point.pair.floor.number
    behind = {side.platform.name: (side.platform.key, serving(side, floor)) for side in platforms}
    return [
        warn(
            "The line of {platform} is that of {series} there, a series that answered only {accuracy} of the "
            "questions of its accuracy evaluations: its speed is not that of a service that answers rightly.",
            platform=platform,
            series=series,
            accuracy=doubted[key, series],
        )
        for platform, (key, series) in behind.items()
        if (key, series) in doubted
    ]


def _costs(platforms: Sequence[Contender], interactivity: float) -> dict[str, Value]:
    """What a million tokens cost on the platforms that serve an interactivity, by their keys."""
    metrics = {side.platform.key: side.at(interactivity) for side in platforms}
    return {key: served[COST] for key, served in metrics.items() if served}
