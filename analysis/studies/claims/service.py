"""What service stands behind the headline, in sentences: the market's own speed, and the wait for the first token."""

from typing import Any

from analysis import formulas
from analysis.comparison.head_to_head import HeadToHead
from analysis.comparison.market import at_the_market, ends, market_level
from analysis.exhibits.statements import Shown, answer, conclude
from analysis.library.sources import Library
from analysis.library.values import calculate
from analysis.scenario import Parameters

_WAITS = {
    "median": ("ttft_median", "ttft_median"),
    "tail": ("ttft_p99", "ttft_tail"),
    "whole": ("latency_median", "latency"),
}
"""What is told of a request: the column of the rows and the quantity that it holds."""


def market(library: Library, conditions: Parameters, lengths: str) -> Shown | None:
    """Say how much the baseline's tokens cost at the market's own interactivity; None where that is the floor."""
    level, cost = market_level(library), at_the_market(library, conditions)
    if round(level.number) == round(conditions.minimum_interactivity):
        return None
    contents: dict[str, Any] = {
        "level": level,
        "day": level.as_of,
        "lengths": lengths,
        "baseline": library.platform(conditions.baseline).name,
        "subject": library.platform(conditions.subject).name,
    }
    compared = "{baseline} and {subject} are not compared: one of them was not measured there at {lengths}."
    if cost is not None:
        contents["low"], contents["high"] = ends(cost)
        contents["cost"] = cost
        compared = (
            "a million tokens on {baseline} cost {cost} as much as on {subject}, read from their curves at "
            "{lengths}; the measured rows around them leave {low} to {high}."
        )
    template = "At {level:2} tok/s/user, where the middle of the market was served as of {day}, " + compared
    return conclude(template, **contents)


def waits(library: Library, pair: HeadToHead) -> Shown | None:
    """Say how long each of the two rows waits for its first token and takes for a request; None where not known."""
    columns = [column for column, _ in _WAITS.values()]
    if any(side.row[columns].isna().any() for side in pair.sides):
        return None
    before, after = (
        {name: library.measured(side.row, column, key, {}) for name, (column, key) in _WAITS.items()}
        for side in pair.sides
    )
    contents: dict[str, Any] = {**after, **{f"other_{name}": value for name, value in before.items()}, **pair.names}
    return answer(
        "To the first token {subject} takes {times} as long as {baseline} at these rows: {median} s against "
        "{other_median} s in the median, and at least {tail} s against {other_tail} s for the slowest hundredth of "
        "the requests. A request as a whole takes {whole} s against {other_whole} s in the median.",
        times=calculate(formulas.ratio, numerator=after["median"], denominator=before["median"]),
        **contents,
    )
