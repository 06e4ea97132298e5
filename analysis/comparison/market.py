"""What two platforms compare to at the interactivity that most of the market is served at."""

from contextlib import suppress
from dataclasses import replace

import pandas as pd

from analysis.comparison.advantage import compared
from analysis.comparison.contenders import contender
from analysis.errors import InputError
from analysis.library.quantities import Quoted
from analysis.library.sources import Library
from analysis.library.values import Status, Value, given
from analysis.scenario import Parameters

_TABLE = "service_levels"
_MIDDLE = "middle of the market"


def market_level(library: Library) -> Value:
    """Return the interactivity at which the middle of the market is served, in tok/s/user."""
    return library.stated(_TABLE, _row(library), "interactivity", _MIDDLE)


def whose_market(library: Library) -> str:
    """Return which market that is, in words: of the model whose providers were asked, where the data name one."""
    model = _row(library).get("model", "")
    return Quoted(f"the market for {model}") if model else "the market"


def _row(library: Library) -> pd.Series:
    table = library.tables[_TABLE]
    row: pd.Series = table[table["level"] == _MIDDLE].iloc[0]
    return row


def at_the_market(library: Library, conditions: Parameters) -> Value | None:
    """Return how many times cheaper the subject is at the market's own level, all else as in the scenario.

    None where one of the two does not serve it, or has no price or power.
    """
    level = market_level(library).number
    with suppress(InputError):  # not measured so, or without a price
        baseline, subject = (
            contender(library, conditions, hardware).at(level)
            for hardware in (conditions.baseline, conditions.subject)
        )
        return compared("cost_per_million_tokens", baseline, subject)
    return None


def ends(value: Value) -> tuple[Value, Value]:
    """Return the lowest and the highest amount that the measured rows around an interpolated value leave it.

    Both rest on the rows and on what else is given, not on the curve; where it was measured they are the value.
    """
    if value.bracket is None:
        return value, value
    words = "by the measured rows around it alone, without interpolation"
    inputs = {f"row or figure {number}": origin for number, origin in enumerate(given([value]), 1)}
    end = replace(value, status=Status.DERIVED, note=words, formula=None, inputs=inputs, bracket=None)
    low, high = value.bracket
    return replace(end, number=low), replace(end, number=high)
