"""What accuracy a platform's serving stacks have shown, and which of several falls short of the best."""

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
import pandas as pd

from analysis.library.sources import Library
from analysis.library.values import Value
from analysis.studies.procurement.fleet import Fleet


def lowest_accuracy(library: Library, hardware: str, **stack: str) -> Value | None:
    """Return the lowest GSM8K accuracy of a platform's stacks; None where none of them was evaluated."""
    row = _lowest(library, hardware, **stack)
    return None if row is None else library.evaluated(row)


def falling_short(
    library: Library, fleets: Iterable[Fleet], margin: float, confidence: float
) -> list[tuple[Fleet, Fleet]]:
    """Return the fleets whose stack answers fewer questions than the best one's by more than a margin, with that one.

    All of Newcombe's interval of the difference must lie beyond the margin.
    """
    from analysis.comparison.proportions import Answers, newcombe_interval

    rows = {fleet: _lowest(library, fleet.platform.key, **fleet.stack) for fleet in fleets}
    answers = {
        fleet: Answers(int(row["correct"]), int(row["questions"])) for fleet, row in rows.items() if row is not None
    }
    if not answers:
        return []
    best = max(answers, key=lambda fleet: answers[fleet].correct / answers[fleet].questions)
    highest = answers[best]
    return [
        (fleet, best)
        for fleet, given in answers.items()
        if fleet is not best and newcombe_interval(given, highest, confidence)[1] < -margin
    ]


@lru_cache(maxsize=1000)
def _lowest(library: Library, hardware: str, **stack: str) -> pd.Series | None:
    rows = library.accuracy
    wanted = {"hardware": hardware, **stack}
    rows = rows[np.logical_and.reduce([rows[column].to_numpy() == word for column, word in wanted.items()])]
    return None if rows.empty else rows.loc[rows["accuracy"].idxmin()]
