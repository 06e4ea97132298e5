"""What moves a result: exact elasticities, and the swing of each input over its range."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import InputError, nearest
from analysis.library.values import Status


@dataclass(frozen=True)
class Reach:
    """How far an input may lie from its base.

    Attributes:
        low: The lowest amount.
        high: The highest amount.
        status: How far that can be trusted.
    """

    low: float
    high: float
    status: Status


def tornado(
    function: Callable[[Mapping[str, Any]], Any], base: Mapping[str, float], reaches: Mapping[str, Reach]
) -> pd.DataFrame:
    """Return how far each input alone moves a result between the ends of its range, the widest swing first.

    Only the ends are looked at: a result that turns between them swings further than this says.

    Args:
        function: Returns the result of inputs by name; it is called once, with an array for each input.
        base: The inputs where they are while another one varies; all that have a range, and any other.
        reaches: The ranges, by input.

    Returns:
        A row an input: input, low, base, high, status, result_at_low, result, result_at_high, swing.

    Raises:
        InputError: A range is of an input that has no base, or is out of order.
    """
    names = list(reaches)
    for name, reach in reaches.items():
        if name not in base:
            raise InputError(f"range of {name!r}: no such input; {nearest(name, base)}")
        if not reach.low <= reach.high:
            raise InputError(f"range of {name}: found {reach.low:g} to {reach.high:g}, allowed is low to high")
    results = np.broadcast_to(function(_one_at_a_time(base, reaches)), 2 * len(names) + 1)
    table = pd.DataFrame(
        {
            "input": names,
            "low": [reaches[name].low for name in names],
            "base": [base[name] for name in names],
            "high": [reaches[name].high for name in names],
            "status": [str(reaches[name].status) for name in names],
            "result_at_low": results[1::2],
            "result": results[0],
            "result_at_high": results[2::2],
        }
    )
    table["swing"] = (table["result_at_high"] - table["result_at_low"]).abs()
    return table.sort_values("swing", ascending=False, kind="stable", ignore_index=True)


def _one_at_a_time(base: Mapping[str, float], reaches: Mapping[str, Reach]) -> dict[str, Any]:
    """The base first, then for each input its low and its high end."""
    amounts: dict[str, Any] = dict(base)
    for index, (name, reach) in enumerate(reaches.items()):
        amounts[name] = np.full(2 * len(reaches) + 1, float(base[name]))
        amounts[name][2 * index + 1 : 2 * index + 3] = reach.low, reach.high
    return amounts
