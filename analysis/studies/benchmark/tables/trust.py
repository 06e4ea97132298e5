"""Tables of how far the rows can be trusted: whether they agree with themselves, and which answered wrongly."""

import pandas as pd

from analysis.exhibits.statements import Cell, Shown
from analysis.exhibits.tables import table
from analysis.library.values import counted
from analysis.studies.benchmark.like_for_like import trust_table
from analysis.studies.benchmark.point import Doubted, MeasuredPoint

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
