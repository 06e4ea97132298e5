"""Designs that are no product: scenarios listed one by one, and samples that fill a space."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from analysis.errors import InputError
from analysis.frontier.curves import Floats
from analysis.library.loading.outside import excerpt
from analysis.machinery.sweep.design import Method, Sampled, ScenarioList
from analysis.machinery.sweep.levels import GridLevels


def scenario_list(rows: Sequence[dict[str, Any]], fixed: GridLevels) -> ScenarioList:
    """Return scenarios one by one.

    Args:
        rows: Of each, the parameters that it names.
        fixed: The levels of parameters that a scenario does not name.

    Raises:
        InputError: A parameter or a level is not allowed; the message names the scenario, counted from 1.
    """
    own = [
        replace(fixed, place=f"{fixed.place}: list, scenario {number}").taking(row, single=True)
        for number, row in enumerate(rows, start=1)
    ]
    words = {name: tuple(dict.fromkeys(levels.words[name][0] for levels in own)) for name in fixed.words}
    chosen = {
        name: np.array([options.index(levels.words[name][0]) for levels in own], dtype=np.int16)
        for name, options in words.items()
    }
    numbers: dict[str, Floats | float] = {name: float(level[0]) for name, level in fixed.numbers.items()}
    for name in {name for row in rows for name in row} & fixed.numbers.keys():
        numbers[name] = np.array([levels.numbers[name][0] for levels in own])
    return ScenarioList(words, chosen, numbers)


def sampled_scenarios(vary: dict[str, Any], count: int, method: Method, seed: int, fixed: GridLevels) -> Sampled:
    """Return points that fill a space.

    Args:
        vary: The words of choices, and ranges of amounts.
        count: How many points.
        method: How the points are chosen.
        seed: Of the random numbers that this uses.
        fixed: The levels of the other parameters.

    Raises:
        InputError: A parameter or a range is not allowed, or the count is no power of 2 where the balance of the
            points needs one.
    """
    fixed.check(vary)
    if method == "sobol" and count & (count - 1):
        low = 1 << (count.bit_length() - 1)
        raise InputError(
            f"{fixed.place}: sample: count: found {count:,}, allowed with sobol is a power of 2, "
            f"such as {low:,} or {2 * low:,}"
        )
    spans = {}
    for name in vary.keys() & fixed.numbers.keys():
        if not isinstance(vary[name], dict) or "count" in vary[name]:
            raise InputError(
                f"{fixed.place}: {name}: found {excerpt(vary[name])}, allowed is a range without a count"
            )
        spans[name] = fixed.span(name, vary[name])
    chosen = fixed.taking({name: level for name, level in vary.items() if name in fixed.words})
    same = {name: float(level[0]) for name, level in fixed.numbers.items() if name not in spans}
    ordered = {name: spans[name] for name in vary if name in spans}
    return Sampled(chosen.words, ordered, same, count, method, seed)
