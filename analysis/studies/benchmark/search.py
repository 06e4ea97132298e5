"""Which operating points can have produced printed figures, of all workloads, series, kinds and interactivities."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
import pandas as pd

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
    return _ranked([_nearest(wanted, field, pieces(field.baseline), pieces(field.subject)) for field in searched])


def _nearest(wanted: Target, field: Field, first: Sequence[Stretch], second: Sequence[Stretch]) -> pd.DataFrame:
    low = np.maximum.outer([piece.low for piece in first], [piece.low for piece in second])
    high = np.minimum.outer([piece.high for piece in first], [piece.high for piece in second])
    low, high = np.where(low <= high, [low, high], np.nan)
    of_first, of_second = _together(first), _together(second)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        reached = of_first(middle), of_second(middle.T).T
        above = wanted.excess(*reached) > wanted.shortfall(*reached)
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    baseline, subject = of_first(high), of_second(high.T).T
    table = {
        "baseline_series": np.array([field.baseline.series[piece.member] for piece in first])[:, None],
        "subject_series": np.array([field.subject.series[piece.member] for piece in second]),
        "interactivity": high,
        "baseline_throughput": baseline,
        "subject_throughput": subject,
        "departure": wanted.departure(baseline, subject),
        "both_best": (field.baseline.best(high) == np.array([piece.member for piece in first])[:, None])
        & (field.subject.best(high) == np.array([piece.member for piece in second])),
    }
    pairs = {name: np.broadcast_to(values, high.shape).ravel() for name, values in table.items()}
    return pd.DataFrame({**field.place, **pairs}).dropna(subset="interactivity")


def _together(stretches: Sequence[Stretch]) -> Callable[[Floats], Floats]:
    """Return what gives the throughput of each stretch's curve at the places in its row; NaN where not measured.

    It asks all curves at once, as if each had as many knots as the one that has most.
    """
    curves = [stretch.curve for stretch in stretches]
    most = max(curve.interactivity.size for curve in curves)
    knots, cubics = np.full((len(curves), most), np.inf), np.zeros((4, len(curves), most))
    for place, curve in enumerate(curves):
        knots[place, : curve.interactivity.size] = curve.interactivity
        cubics[:, place, : curve.cubic.shape[1]] = curve.cubic
    last = np.array([[curve.cubic.shape[1] - 1] for curve in curves])
    low, high = knots[:, :1], np.array([[curve.high] for curve in curves])
    row = np.arange(len(curves))[:, None]

    def throughputs(interactivity: Floats) -> Floats:
        points = np.where((interactivity >= low) & (interactivity <= high), interactivity, np.nan)
        piece = np.clip((points[:, :, None] >= knots[:, None, :]).sum(axis=-1) - 1, 0, last)
        reached: Floats = cubic_at(points - knots[row, piece], *cubics[:, row, piece])
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
    pairs = first.merge(second, how="cross", suffixes=("_of_baseline", "_of_subject"))
    floor = pairs[["interactivity_of_baseline", "interactivity_of_subject"]].min(axis=1)
    lowest = pairs[["from_of_baseline", "from_of_subject"]].max(axis=1)
    throughputs = [pairs[f"throughput_of_{side}"].to_numpy() for side in ("baseline", "subject")]
    table = pd.DataFrame(
        {
            **field.place,
            "baseline_series": pairs["series_of_baseline"],
            "subject_series": pairs["series_of_subject"],
            "interactivity": floor,
            "baseline_throughput": throughputs[0],
            "subject_throughput": throughputs[1],
            "departure": wanted.departure(*throughputs),
            "both_best": True,
            "lowest_floor": lowest,
            "baseline_row": pairs["row_of_baseline"],
            "subject_row": pairs["row_of_subject"],
        }
    )
    return table[lowest < floor]


def _selected(curve: PlatformCurve) -> pd.DataFrame:
    """The rows that some floor selects, each with the floor above which it does."""
    knots = curve.knots.sort_values(["interactivity", "throughput"])
    best_from_here = knots["throughput"][::-1].cummax()[::-1]
    kept = knots[knots["throughput"] > best_from_here.shift(-1, fill_value=0)]
    columns = kept[["interactivity", "throughput", "series"]]
    return columns.assign(**{"from": kept["interactivity"].shift(1, fill_value=0), "row": kept.index})


def _ranked(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    table = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=CANDIDATE)
    return table.sort_values(["departure", "interactivity"], kind="stable", ignore_index=True)
