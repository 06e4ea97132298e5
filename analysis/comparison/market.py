"""What two platforms compare to at the interactivity that most of the market is served at."""

from contextlib import suppress
from dataclasses import replace

from analysis.comparison.advantage import compared
from analysis.comparison.contenders import contender
from analysis.errors import InputError
from analysis.library.sources import Library
from analysis.library.values import Status, Value
from analysis.scenario import Parameters

_TABLE = "service_levels"
_MIDDLE = "middle of the market"


def market_level(library: Library) -> Value:
    """Return the interactivity at which the middle of the market is served, in tok/s/user."""
    table = library.tables[_TABLE]
    row = table[table["level"] == _MIDDLE].iloc[0]
    return library.stated(_TABLE, row, "interactivity", _MIDDLE)


def at_the_market(library: Library, conditions: Parameters, key: str = "cost_per_million_tokens") -> Value | None:
    """Return how many times better the subject is at the market's own level, under the scenario's other conditions.

    None where one of the two does not serve it, or has no price or power.
    """
    level = market_level(library).number
    with suppress(InputError):  # not measured so, or without a price
        baseline, subject = (
            contender(library, conditions, hardware).at(level)
            for hardware in (conditions.baseline, conditions.subject)
        )
        return compared(key, baseline, subject)
    return None


def ends(value: Value) -> tuple[Value, Value]:
    """Return the lowest and the highest amount that the measured rows around an interpolated value leave it.

    Both are the value itself where it was measured.
    """
    low, high = value.reach
    words = "by the measured rows around it alone, without interpolation"
    end = replace(value, status=Status.DERIVED, note=words, formula=None, inputs={"on the curve": value})
    return replace(end, number=low), replace(end, number=high)
