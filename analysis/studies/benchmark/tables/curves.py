"""Tables of the curves: their ratio at service levels, its extremes, the best series, and the same with every row."""

from collections.abc import Mapping

import numpy as np

from analysis.comparison.advantage import Advantage
from analysis.exhibits.statements import Cell, Shown
from analysis.exhibits.tables import records, table
from analysis.frontier.crossings import best_stretches
from analysis.library.quantities import Quoted
from analysis.library.sources import TIERS
from analysis.library.values import Value
from analysis.studies.benchmark.like_for_like import NOT_SERVED
from analysis.studies.benchmark.point import COMPARED, COST, POWER, THROUGHPUT, MeasuredPoint


def ratios(point: MeasuredPoint) -> Shown:
    """Return every metric's ratio at the service levels and at the point, and that of throughput at other lengths."""
    lengths, pair = point.pair.lengths, point.pair
    rows: list[list[Cell]] = [
        [level, "service level", *_ratios(point, level), *_elsewhere(point, level)] for level in point.levels
    ]
    own: list[Cell] = [point.interactivity, point.name.removeprefix("the "), *point.ratios.values()]
    return table(
        "ratios",
        "{subject} over {baseline} at service levels; for cost {baseline} over {subject}.",
        [
            "Interactivity (tok/s/user)",
            "Where",
            *(Quoted(f"{metric}, {lengths}") for metric in ("Throughput", "Cost", "Throughput per megawatt")),
            *(Quoted(f"Throughput, {name}") for name in point.others),
        ],
        [*rows, [*own, *_elsewhere(point, point.interactivity)]],
        note="Cost and throughput per megawatt are made from the throughput, so at every point their ratios are its "
        "ratio times {cost:4} and {power:4}: prices and power are those of {vintage}, {tier}.",
        cost=point.curve.constant(COST),
        power=point.curve.constant(POWER),
        vintage=pair.conditions.vintage,
        tier=TIERS[pair.conditions.price_tier],
        **pair.names,
    )


def extremes(point: MeasuredPoint) -> Shown:
    """Return where both platforms were measured and where their ratio is lowest and highest, a workload a row."""
    return table(
        "extremes",
        "Where the ratio is lowest and highest, {subject} over {baseline}.",
        [
            "Sequence lengths",
            "Both measured from (tok/s/user)",
            "to (tok/s/user)",
            "Lowest ratio of throughput",
            "at (tok/s/user)",
            "Highest ratio of throughput",
            "at (tok/s/user)",
            "At an end of the range",
        ],
        [[lengths, *_extremes(curve)] for lengths, curve in point.curves.items()],
        note="At an end of the range a curve stops because nothing faster or slower was measured: a ratio there says "
        "as much of that as of the hardware.",
        **point.pair.names,
    )


def best_series(point: MeasuredPoint) -> Shown:
    """Return which series is the best of its platform in which range of interactivity."""
    return records(
        "best-series",
        "Which series is the best of its platform at which interactivity, {lengths}.",
        [
            {
                "Platform": side.platform.name,
                "Series": side.curve.series[stretch.member],
                "From (tok/s/user)": side.place(stretch.low, "where a series becomes the best"),
                "To (tok/s/user)": side.place(stretch.high, "where it ends to be the best"),
            }
            for side in (point.curve.baseline, point.curve.subject)
            for stretch in best_stretches(side.curve)
        ],
        note="Where no series is listed, the platform runs the next one listed at its lowest interactivity, which "
        "serves faster than asked.",
        lengths=point.pair.lengths,
    )


def cut_off(point: MeasuredPoint, later: Mapping[str, Advantage], last_day: str) -> Shown:
    """Return the ratio of throughput with the rows until the cut-off day and with every row, a workload a row."""
    floor, readings = point.pair.floor, (("until the cut-off", point.curves), ("every row", later))
    rows: list[dict[str, Cell]] = [
        {
            "Sequence lengths": lengths,
            **{
                f"At the floor, {words}": curves[lengths].at(THROUGHPUT, floor.number) or NOT_SERVED
                for words, curves in readings
            },
            **{f"Highest, {words}": curves[lengths].highest_ratio for words, curves in readings},
        }
        for lengths in point.curves
    ]
    return records(
        "cut-off",
        "{subject} over {baseline} with the rows until {day}, and with every row of the snapshot, until {last}.",
        rows,
        note="Ratios of throughput; the floor is {floor} tok/s/user.",
        floor=floor,
        day=str(point.pair.conditions.as_of),
        last=last_day,
        **point.pair.names,
    )


def _ratios(point: MeasuredPoint, level: Value) -> list[Cell]:
    return [point.curve.at(key, level.number) or NOT_SERVED for key in COMPARED]


def _elsewhere(point: MeasuredPoint, level: Value) -> list[Cell]:
    return [curve.at(THROUGHPUT, level.number) or NOT_SERVED for curve in point.others.values()]


def _extremes(curve: Advantage) -> list[Cell]:
    low, high = float(curve.ranges[0, 0]), float(curve.ranges[-1, 1])
    places = {"lowest": curve.lowest, "highest": curve.highest}
    at_end = [name for name, place in places.items() if np.isclose(place, [low, high]).any()]
    return [
        curve.place(low, "lowest that both cover"),
        curve.place(high, "highest that both cover"),
        curve.lowest_ratio,
        curve.place(curve.lowest, "of the lowest ratio"),
        curve.highest_ratio,
        curve.place(curve.highest, "of the highest ratio"),
        " and ".join(at_end) or "neither",
    ]
