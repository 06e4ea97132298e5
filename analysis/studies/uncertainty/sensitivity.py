"""What moves a result: the swing of each input over its range, and its share of the variance (Sobol')."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import InputError, nearest
from analysis.library.values import Status
from analysis.studies.uncertainty.sampling import Model, UncertainInputs, check


@dataclass(frozen=True)
class Reach:
    """How far an input may lie from its base."""

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


DRAWS = 2**12
_EDGE = 1e-12  # quantiles of 0 and 1 can be infinite
_SAME = 1e-12  # relative: results this near each other are the same


def sobol_indices(
    model: Model, inputs: UncertainInputs, result: str, *, seed: int, draws: int = DRAWS
) -> pd.DataFrame:
    """Return for each input the share of a result's variance that it makes alone, and with the others.

    Args:
        model: Takes arrays by name and returns results by name.
        inputs: What varies, independently.
        result: Name of the result.
        seed: The same seed gives the same indices, bit for bit.
        draws: Base draws, a power of two; the model runs on (inputs + 2) times as many.

    Returns:
        A row an input, the strongest first: input, first_order, first_order_error, total, total_error. The errors are
        half widths of 95% intervals from bootstrap.

    Raises:
        InputError: Inputs are correlated, for which these indices are not defined, or the result does not vary.

    Source of the method: A. Saltelli et al., "Variance based sensitivity analysis of model output", Computer Physics
    Communications 181 (2010), 259, in SALib (J. Herman and W. Usher, Journal of Open Source Software 2 (2017), 97).
    """
    # SALib takes a second to import, and few readers ask for these indices.
    from SALib.analyze import sobol as analyze
    from scipy.stats import qmc

    check(inputs, draws)
    if inputs.correlations:
        raise InputError("Sobol' indices: found correlated inputs, allowed are independent ones")
    names = list(inputs.varied)
    cube = {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}
    first, second = np.hsplit(qmc.Sobol(2 * len(names), seed=np.random.default_rng(seed)).random(draws), 2)
    # As SALib reads them: of each draw the first point, that with one input after another of the second, the second.
    points = np.repeat(first[:, None], len(names) + 2, axis=1)
    for place in range(len(names)):
        points[:, place + 1, place] = second[:, place]
    points[:, -1] = second
    points = points.reshape(-1, len(names))
    amounts = inputs.at(np.clip(points, _EDGE, 1 - _EDGE))
    results = np.broadcast_to(np.asarray(model(amounts)[result], dtype=float), len(points))
    if np.ptp(results) <= _SAME * np.abs(results).max():
        raise InputError(f"Sobol' indices: {result} does not vary with {', '.join(names)}")
    # SALib leaves its bootstrap unseeded where the seed is 0.
    indices = analyze.analyze(cube, results, calc_second_order=False, seed=seed + 1)
    table = pd.DataFrame(
        {
            "input": names,
            "first_order": indices["S1"],
            "first_order_error": indices["S1_conf"],
            "total": indices["ST"],
            "total_error": indices["ST_conf"],
        }
    )
    return table.sort_values("total", ascending=False, kind="stable", ignore_index=True)
