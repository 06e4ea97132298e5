"""Tables of what matches the printed levels, of both platforms on equal terms, and of how far rows can be trusted."""

from collections.abc import Iterable, Sequence

import pandas as pd

from analysis.exhibits.statements import Cell, Shown
from analysis.exhibits.tables import table
from analysis.library.quantities import Quoted
from analysis.library.values import counted
from analysis.studies.benchmark.like_for_like import Match, serving, trust_table
from analysis.studies.benchmark.point import COST, THROUGHPUT, Doubted, MeasuredPoint
from analysis.studies.benchmark.workloads import candidate, foremost


def candidates(point: MeasuredPoint) -> Shown | None:
    """Return the candidates that fit the printed levels and the nearest that do not; None without such levels."""
    if point.search is None:
        return None
    return table(
        "candidates",
        "Matches and near misses, {baseline} and {subject}.",
        [
            "Candidates",
            "Workload and tokens",
            "Series",
            "Interactivity (tok/s/user)",
            *(f"{name} (tok/s/GPU)" for name in point.pair.names.values()),
            "Departure",
            "Both best there",
        ],
        _candidates(point),
        digits=4,
        note="Both best there: at that interactivity no other series of either platform delivers more.",
        **point.pair.names,
    )


def like_for_like(matches: Iterable[Match], point: MeasuredPoint) -> Shown:
    """Return both platforms at the floor of interactivity, on equal terms in each row."""
    floor = point.pair.floor
    heads = [f"{name}, {what}" for name in point.pair.names.values() for what in ("series", "tok/s/GPU")]
    return table(
        "like-for-like",
        "Equal terms on both sides at {floor} tok/s/user and {lengths}.",
        ["Terms", *heads, "Ratio of throughput", "Ratio of cost"],
        [[match.terms, *_sides(match, floor.number), *_ratios(match, floor.number)] for match in matches],
        note="Not served: rows keep the terms, but none of their curves reaches this interactivity. No sound row: no "
        "row keeps the terms, or only rows whose accuracy is suspect.",
        floor=floor,
        lengths=point.pair.lengths,
    )


def like_for_like_levels(matches: Sequence[Match], point: MeasuredPoint) -> Shown:
    """Return the ratio of throughput on equal terms at each service level, for terms that both sides can keep."""
    kept = [match for match in matches if match.baseline and match.subject]
    rows = [[level, *(_ratio(match, THROUGHPUT, level.number) for match in kept)] for level in point.levels]
    return table(
        "like-for-like-levels",
        "Ratio of throughput on equal terms at other interactivities, {subject} over {baseline} at {lengths}.",
        ["Interactivity (tok/s/user)", *(match.terms for match in kept)],
        rows,
        note="Where the best series of one side changes along the way, a ratio tells of what was measured as much as "
        "of the hardware.",
        lengths=point.pair.lengths,
        **point.pair.names,
    )


def _candidates(point: MeasuredPoint) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    assert point.search is not None
    for kind, everything in point.search.candidates.items():
        for _, row in foremost(everything).iterrows():
            shown = candidate(point.library, row, point.pair.baseline.platform.key, point.pair.subject.platform.key)
            where = [Quoted(f"{shown.lengths}, {shown.counts}"), f"{shown.baseline_series} / {shown.subject_series}"]
            levels = [shown.interactivity, shown.baseline, shown.subject]
            fits = shown.departure if row["departure"] else "fits"
            rows.append([kind, *where, *levels, fits, "yes" if row["both_best"] else "no"])
    return rows


def _sides(match: Match, interactivity: float) -> list[Cell]:
    """Series and throughput of both sides."""
    cells: list[Cell] = []
    for side in (match.baseline, match.subject):
        metrics = side.at(interactivity) if side else {}
        cells += [serving(side, interactivity), metrics.get(THROUGHPUT, "–")]
    return cells


def _ratios(match: Match, interactivity: float) -> list[Cell]:
    return [_ratio(match, key, interactivity) for key in (THROUGHPUT, COST)]


def _ratio(match: Match, key: str, interactivity: float) -> Cell:
    return match.ratio(key, interactivity) or match.missing(interactivity)


_COUNTS = {
    "rows": "Rows",
    "conserved": "Requests accounted for",
    "adds_up": "Prefill and decode add up",
    "misleading_gpus": "GPU columns mislead",
    "no_doubt": "Without a doubt",
    "left_out": "After the cut-off",
}


def trust(point: MeasuredPoint) -> Shown:
    """Return how many rows of both platforms pass each check of the data, a platform and framework a row."""
    checked = trust_table(point.library.benchmark, point.pair.conditions.as_of)
    of_pair = checked[checked["hardware"].isin([side.platform.key for side in point.pair.sides])]
    return table(
        "trust",
        "How far the rows of {baseline} and {subject} agree with themselves.",
        ["Platform and framework", *_COUNTS.values(), "First", "Last"],
        [_checked(point, row) for _, row in of_pair.iterrows()],
        note="Requests accounted for: throughput times latency over the tokens in flight is near one. Prefill and "
        "decode add up: their throughputs give the total.",
        **point.pair.names,
    )


def accuracy(point: MeasuredPoint, doubted: Doubted) -> Shown:
    """Return the series that answered far fewer questions rightly than most, and whether the two rows are of them."""
    return table(
        "accuracy",
        "Series that answered far fewer questions rightly than most.",
        ["Series", "Accuracy", "Behind the two rows"],
        [
            [f"{point.library.platform(key).name}, {series}", share, "yes" if (key, series) in point.series else "no"]
            for (key, series), share in doubted.items()
        ],
        note="A speed that was measured with wrong answers is not that of the service asked for. Where "
        "evaluations of one stack disagree, the lowest is shown.",
    )


def _checked(point: MeasuredPoint, row: pd.Series) -> list[Cell]:
    hardware, framework = row["hardware"], row["framework"]
    return [
        f"{point.library.platform(hardware).name}, {framework}",
        *(counted(row[column], f"{words}, {framework}, {hardware}") for column, words in _COUNTS.items()),
        row["first"].strftime("%Y-%m-%d"),
        row["last"].strftime("%Y-%m-%d"),
    ]
