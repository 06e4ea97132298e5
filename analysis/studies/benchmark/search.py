"""Which operating points can have produced printed figures, of all workloads, series, kinds and interactivities."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.extensions import ExtensionArray

from analysis.frontier import PlatformCurve
from analysis.frontier.crossings import Stretch
from analysis.frontier.curves import Floats, cubic_at
from analysis.frontier.tokens import KINDS, throughput
from analysis.studies.benchmark.targets import Target
from analysis.studies.benchmark.workloads import PLACE, Field
from analysis.studies.claims.consistency.feasibility import Interval

CANDIDATE = [
    *PLACE, "baseline_series", "subject_series", "interactivity", "baseline_throughput", "subject_throughput",
    "departure", "both_best",
]  # fmt: skip
Pieces = Callable[[PlatformCurve], Sequence[Stretch]]
_HALVINGS = 50  # of a range of interactivity: to the last digit of a float


def on_curves(wanted: Target, searched: Iterable[Field], pieces: Pieces) -> pd.DataFrame:
    """Return the point of every pair of curves that comes nearest to what is printed, the nearest pair first.

    Both platforms are taken at equal interactivity. One row a pair, with the columns `CANDIDATE`: workload, what is
    counted, the two series, the interactivity in tok/s/user, both throughputs in tok/s/GPU, the departure as
    `analysis.studies.benchmark.targets.Target.departure` defines it, and whether both series are the best of their
    platforms there. The point is exact: along two falling curves the excess falls and
    the shortfall rises, so the nearest point is where the two meet, or an end of the common range.

    Args:
        wanted: The throughputs that the printed figures leave.
        searched: Where to search.
        pieces: Which curves of a platform to take: `analysis.frontier.crossings.own_stretches` for every series in
            its own range, `analysis.frontier.crossings.best_stretches` for the best of all at each interactivity.
    """
    pairs = [
        (field, first, second)
        for field in searched
        for first, second in product(pieces(field.baseline), pieces(field.subject))
        if max(first.low, second.low) <= min(first.high, second.high)
    ]
    return _ranked([_nearest(wanted, *zip(*pairs, strict=True))] if pairs else [])


def _nearest(
    wanted: Target, places: Sequence[Field], first: Sequence[Stretch], second: Sequence[Stretch]
) -> pd.DataFrame:
    platforms = [field.baseline for field in places], [field.subject for field in places]
    low = np.maximum([piece.low for piece in first], [piece.low for piece in second])
    high = np.minimum([piece.high for piece in first], [piece.high for piece in second])
    of_first, of_second = _together(first), _together(second)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        reached = of_first(middle), of_second(middle)
        above = wanted.excess(*reached) > wanted.shortfall(*reached)
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    baseline, subject = of_first(high), of_second(high)
    table = {
        **{name: [field.place[name] for field in places] for name in PLACE},
        "baseline_series": [curve.series[piece.member] for curve, piece in zip(platforms[0], first, strict=True)],
        "subject_series": [curve.series[piece.member] for curve, piece in zip(platforms[1], second, strict=True)],
        "interactivity": high,
        "baseline_throughput": baseline,
        "subject_throughput": subject,
        "departure": wanted.departure(baseline, subject),
        "both_best": _are_best(platforms[0], first, high) & _are_best(platforms[1], second, high),
    }
    return pd.DataFrame(table)


def _are_best(curves: Sequence[PlatformCurve], pieces: Sequence[Stretch], interactivity: Floats) -> NDArray[np.bool_]:
    """Return whether each piece's series is the best of its platform at the interactivity beside it."""
    starts = [place for place in range(1, len(curves)) if curves[place] is not curves[place - 1]]
    best = [curves[part[0]].best(interactivity[part]) for part in np.split(np.arange(len(curves)), starts)]
    are_best: NDArray[np.bool_] = np.concatenate(best) == np.array([piece.member for piece in pieces])
    return are_best


def _together(stretches: Sequence[Stretch]) -> Callable[[Floats], Floats]:
    """Return what gives the throughput of each stretch's curve at the interactivity beside it, where measured.

    It asks all curves at once, as if each had as many knots as the one that has most.
    """
    curves = [stretch.curve for stretch in stretches]
    most = max(curve.interactivity.size for curve in curves)
    knots, cubics = np.full((len(curves), most), np.inf), np.zeros((4, len(curves), most))
    for place, curve in enumerate(curves):
        knots[place, : curve.interactivity.size] = curve.interactivity
        cubics[:, place, : curve.cubic.shape[1]] = curve.cubic
    last = np.array([curve.cubic.shape[1] - 1 for curve in curves])
    row = np.arange(len(curves))

    def throughputs(interactivity: Floats) -> Floats:
        piece = np.minimum((interactivity[:, None] >= knots).sum(axis=1) - 1, last)
        reached: Floats = cubic_at(interactivity - knots[row, piece], *cubics[:, row, piece])
        return reached

    return throughputs


def on_rows(wanted: Target, searched: Iterable[Field]) -> pd.DataFrame:
    """Return every pair of measured rows that a common floor of interactivity selects, the nearest pair first.

    A floor selects of each platform the row of highest throughput among those at or above it. One row a pair, with
    the columns `CANDIDATE`, of which `interactivity` is the highest floor that selects it, and the columns
    `lowest_floor`, the floor above which it does, in tok/s/user, `baseline_row` and `subject_row`, the places of the
    two in the table of rows.
    """
    return _ranked([_row_pairs(wanted, field) for field in searched])


def rows_inside(rows: pd.DataFrame, hardware: str, interval: Interval) -> pd.DataFrame:
    """Return the rows of a platform whose throughput lies in an interval, once for each kind, as `counts`."""
    own = rows[rows["hardware"] == hardware]
    inside = [
        own[throughput(own, tokens, gpus).between(*interval)].assign(counts=counts)
        for (tokens, gpus), counts in KINDS.items()
    ]
    return pd.concat(inside)


def _row_pairs(wanted: Target, field: Field) -> pd.DataFrame:
    first, second = _selected(field.baseline), _selected(field.subject)
    floor = np.minimum.outer(first.floor, second.floor)
    lowest = np.maximum.outer(first.above, second.above)
    one, other = np.nonzero(lowest < floor)
    throughputs = first.throughput[one], second.throughput[other]
    table = {
        **field.place,
        "baseline_series": first.series[one],
        "subject_series": second.series[other],
        "interactivity": floor[one, other],
        "baseline_throughput": throughputs[0],
        "subject_throughput": throughputs[1],
        "departure": wanted.departure(*throughputs),
        "both_best": True,
        "lowest_floor": lowest[one, other],
        "baseline_row": first.row[one],
        "subject_row": second.row[other],
    }
    return pd.DataFrame(table, index=range(one.size))


@dataclass(frozen=True, eq=False)
class _Selected:
    """The rows of a curve that some floor of interactivity selects, by rising floor."""

    floor: Floats  # the highest that does, the row's own interactivity, in tok/s/user
    above: Floats  # the one above which it does, in tok/s/user
    throughput: Floats  # in tok/s/GPU
    series: ExtensionArray
    row: NDArray[np.int64]  # its place in the table of rows


def _selected(curve: PlatformCurve) -> _Selected:
    speed, throughput = (curve.knots[name].to_numpy() for name in ("interactivity", "throughput"))
    rising = np.lexsort((throughput, speed))
    best_from_here = np.maximum.accumulate(throughput[rising][::-1])[::-1]
    kept = rising[throughput[rising] > np.append(best_from_here[1:], 0)]
    floor = speed[kept]
    rows = curve.knots.index.to_numpy()
    return _Selected(floor, np.append(0, floor)[:-1], throughput[kept], curve.knots["series"].array[kept], rows[kept])


def _ranked(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    table = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=CANDIDATE)
    return table.sort_values(["departure", "interactivity"], kind="stable", ignore_index=True)
